import { Chart, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

/** Of a namespace that is not the chart's own. */
export interface NamespaceOptions {
  /** Its name; left out it is the chart's namespace. */
  readonly name?: string;
  /** Whether it holds claims, which are deleted with it: GitOps tools must not prune it. */
  readonly holdsData?: boolean;
}

const GUARDS = {
  'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/**
 * A namespace, so that the folder is complete in itself. Admission refuses pods above the Pod Security level.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function ownNamespace(chart: Chart, enforce: 'baseline' | 'restricted', options: NamespaceOptions = {}): void {
  const namespace = new k8s.KubeNamespace(chart, 'Namespace', {
    metadata: {
      name: options.name ?? chart.namespace,
      labels: { 'pod-security.kubernetes.io/enforce': enforce },
      annotations: options.holdsData ? GUARDS : undefined,
    },
  });
  if (chart.namespace !== undefined) {
    namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace')); // cdk8s stamps the chart's on it
  }
}
