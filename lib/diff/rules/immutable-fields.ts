import { at, kindOf, kubectlFor, Manifest } from '../../manifests/manifest';
import { differences } from '../manifests/differences';
import { ManifestChangeLevel } from '../manifests/manifest-change';
import { Advice, change, Pair } from '../manifests/rule';

/** Fields that may never change, by kind, with what the API server fills in. */
const IMMUTABLE: Record<string, Record<string, string | undefined>> = {
  'apps/DaemonSet': { 'spec.selector': undefined },
  'apps/Deployment': { 'spec.selector': undefined },
  'apps/ReplicaSet': { 'spec.selector': undefined },
  'networking.k8s.io/IngressClass': { 'spec.controller': undefined },
  'node.k8s.io/RuntimeClass': { handler: undefined },
  'rbac.authorization.k8s.io/ClusterRoleBinding': { roleRef: undefined },
  'rbac.authorization.k8s.io/RoleBinding': { roleRef: undefined },
  'scheduling.k8s.io/PriorityClass': { value: undefined, preemptionPolicy: 'PreemptLowerPriority' },
  'storage.k8s.io/StorageClass': { parameters: undefined, provisioner: undefined, reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
};

/** The rule for kinds without other rules. */
export function immutableFieldsRule({ oldObject, newObject }: Pair): ReturnType<typeof change>[] {
  return Object.entries(IMMUTABLE[kindOf(oldObject)] ?? {})
    .flatMap(([field, value]) => differences(at(oldObject, field) ?? value, at(newObject, field) ?? value, field))
    .map((difference) => change(ManifestChangeLevel.REFUSED, oldObject, difference, adviceFor(oldObject)));
}

function adviceFor(object: Manifest): Advice {
  const command = `${kubectlFor(object)} delete ${object.kind.toLowerCase()} ${object.metadata.name}`;
  const reason = `Kubernetes lets nobody change it on an existing ${object.kind}`;
  switch (object.kind) {
    case 'StorageClass':
      return { reason, remedy: `give the new class a name of its own, or run \`${command}\` before applying: volumes that exist keep what they have` };
    case 'DaemonSet':
    case 'Deployment':
    case 'ReplicaSet':
      return { reason, remedy: `give it a new name, or run \`${command}\` before applying: its pods stop until the new ones are ready` };
    default:
      return { reason, remedy: `give it a new name, or run \`${command}\` before applying` };
  }
}
