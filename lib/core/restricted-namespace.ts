import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { errorMessage, Origin } from './errors';

/** The sources of volumes of the level "restricted": https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
const ALLOWED = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/**
 * Refuses, at synthesis, a volume that the namespace of the pod does not admit, as far as the app says so. Kubernetes refuses only the
 * pods, which is a line among the events of their owner.
 */
export function requireAdmitted({ scope, property }: Origin, source: string): void {
  if (ALLOWED.includes(source)) {
    return;
  }
  scope.node.addValidation({
    validate: () => isRestricted(scope) ? [errorMessage({
      property, rule: `be a volume that the Pod Security level of the namespace admits: one of ${ALLOWED.join(', ')}`, value: source,
      fix: `the Namespace has the label ${ENFORCE}: restricted; mount a PersistentVolumeClaim, e.g. that of a SharedClaim`,
    })] : [],
  });
}

function isRestricted(scope: IConstruct): boolean {
  const { namespace } = Chart.of(scope);
  return scope.node.root.node.findAll().some((other) => ApiObject.isApiObject(other)
    && other.kind === 'Namespace' && other.name === namespace && other.metadata.getLabel(ENFORCE) === 'restricted');
}
