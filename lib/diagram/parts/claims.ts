import { at, Fields, fieldsAt, listAt, Manifest, textAt } from '../../manifests/manifest';
import { Graph } from '../graph/graph';
import { Objects } from '../graph/objects';
import { Workload } from './workload';

/** A node of one or more claims that are alike. */
export interface ClaimNode {
  readonly id: string;
  readonly namespace: string;
  readonly storageClass?: string;
  /** The volume that the claim asks for by name. */
  readonly volume?: string;
  /** Whether a claim of this name belongs to the node. */
  has(name: string): boolean;
}

/** Draws the claims of templates and those that pods name. */
export function drawClaims(objects: Objects, graph: Graph, workloads: Workload[]): ClaimNode[] {
  const named = objects.ofKind('/PersistentVolumeClaim').map((claim): ClaimNode => {
    const { name, namespace = '' } = claim.metadata;
    const id = graph.node({
      key: ['PersistentVolumeClaim', namespace, name], shape: 'storage', namespace,
      lines: [`Claim ${name}`, ...termsOf(fieldsAt(claim, 'spec'))],
    });
    const [storageClass, volume] = ['spec.storageClassName', 'spec.volumeName'].map((path) => textAt(claim, path));
    return { id, namespace, storageClass, volume, has: (other) => other === name };
  });
  const ofTemplates = workloads.flatMap((workload) => workload.objects.flatMap((object) => (
    listAt(object, 'spec.volumeClaimTemplates').map((template) => drawTemplate(graph, workload, object, template))
  )));
  for (const { id, namespace, pods } of workloads) {
    for (const volume of pods.flatMap((pod) => listAt(pod, 'volumes'))) {
      const name = textAt(volume, 'persistentVolumeClaim.claimName');
      if (name !== undefined) {
        const to = [...named, ...ofTemplates].find((claim) => claim.namespace === namespace && claim.has(name))?.id ?? graph.node({
          key: ['PersistentVolumeClaim', namespace, name], shape: 'peer', namespace, lines: [`Claim ${name}`, 'not in these objects'],
        });
        graph.edge({ from: id, to, style: 'plain', label: isReadOnly(volume) ? 'read only' : undefined });
      }
    }
  }
  return [...named, ...ofTemplates];
}

function drawTemplate(graph: Graph, { id, namespace }: Workload, set: Manifest, template: unknown): ClaimNode {
  const name = textAt(template, 'metadata.name') ?? '';
  const prefix = `${name}-${set.metadata.name}-`;
  const node = graph.node({
    key: ['Claims', namespace, set.metadata.name, name], shape: 'storage', namespace,
    lines: [`Claim ${name} of each pod`, ...termsOf(fieldsAt(template, 'spec')), ...retentionOf(set)],
  });
  graph.edge({ from: id, to: node, style: 'plain' });
  return {
    id: node, namespace, storageClass: textAt(template, 'spec.storageClassName'),
    has: (other) => other.startsWith(prefix) && /^\d+$/.test(other.slice(prefix.length)),
  };
}

/** `10Gi ReadWriteOnce`, and whether the cluster chooses the class. */
function termsOf(spec: Fields): string[] {
  const size = textAt(spec, 'resources.requests.storage');
  return [
    [...size === undefined ? [] : [size], ...listAt(spec, 'accessModes').map(String)].join(' '),
    at(spec, 'storageClassName') === undefined ? 'default StorageClass' : '',
  ].filter((line) => line !== '');
}

function retentionOf(set: Manifest): string[] {
  const [deleted, scaled] = ['whenDeleted', 'whenScaled'].map((when) => at(set, `spec.persistentVolumeClaimRetentionPolicy.${when}`));
  return [
    ...deleted === 'Delete' ? ['deleted with the StatefulSet'] : [], ...scaled === 'Delete' ? ['deleted when scaled down'] : [],
  ];
}

function isReadOnly(volume: unknown): boolean {
  return at(volume, 'persistentVolumeClaim.readOnly') === true;
}
