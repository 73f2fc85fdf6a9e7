import { Fields, fieldsAt, isFields, Manifest, textAt } from '../../manifests/manifest';
import { Graph } from '../graph/graph';
import { Objects } from '../graph/objects';
import { ClaimNode } from './claims';

/** More volumes than these are counted. */
const LISTED = 6;

/** PersistentVolumes that are drawn as one node. */
interface VolumeGroup {
  readonly claim?: ClaimNode;
  readonly storageClass: string;
  readonly volumes: Manifest[];
}

/** Draws what is behind the claims: volumes that are reserved for them, and StorageClasses. */
export function drawVolumes(objects: Objects, graph: Graph, claims: ClaimNode[]): void {
  const groups = groupsOf(objects, claims);
  for (const { claim, storageClass, volumes } of groups) {
    const id = graph.node({
      key: ['PersistentVolume', volumes[0].metadata.name], shape: 'storage',
      lines: volumes.length === 1 ? [`PersistentVolume ${volumes[0].metadata.name}`, ...termsOf(volumes[0]), ...detailsOf(volumes[0])] : [
        'PersistentVolumes', ...termsOf(volumes[0]), ...volumes.slice(0, LISTED).map((volume) => `${volume.metadata.name}: ${detailsOf(volume).join(' ')}`),
        ...volumes.length > LISTED ? [`and ${volumes.length - LISTED} more`] : [],
      ],
    });
    if (claim !== undefined) {
      graph.edge({ from: claim.id, to: id, style: 'plain' });
    }
    edgeToClass(id, storageClass, objects.find('storage.k8s.io/StorageClass', '', storageClass) !== undefined);
  }
  claims.filter((claim) => !groups.some((group) => group.claim === claim))
    .forEach((claim) => edgeToClass(claim.id, claim.storageClass ?? '', true));

  function edgeToClass(from: string, name: string, drawn: boolean): void {
    if (drawn && name !== '') {
      graph.edge({ from, to: drawClass(objects, graph, name), style: 'plain' });
    }
  }
}

/** Volumes of one claim, of one class and of one size together. */
function groupsOf(objects: Objects, claims: ClaimNode[]): VolumeGroup[] {
  const groups = new Map<string, VolumeGroup>();
  for (const volume of objects.ofKind('/PersistentVolume')) {
    const storageClass = textAt(volume, 'spec.storageClassName') ?? '';
    const claim = claimOf(volume, claims) ?? candidate(volume, claims.filter((one) => one.storageClass === storageClass));
    const key = JSON.stringify([claim?.id ?? '', storageClass, termsOf(volume)]);
    groups.set(key, { claim, storageClass, volumes: [...groups.get(key)?.volumes ?? [], volume] });
  }
  return [...groups.values()];
}

/** The claim that a volume is reserved for, or that asks for it. */
function claimOf(volume: Manifest, claims: ClaimNode[]): ClaimNode | undefined {
  return claims.find((one) => one.volume === volume.metadata.name
    || one.namespace === textAt(volume, 'spec.claimRef.namespace') && one.has(textAt(volume, 'spec.claimRef.name') ?? ''));
}

/** The only claim of its class may take a volume that is reserved for none. */
function candidate(volume: Manifest, claims: ClaimNode[]): ClaimNode | undefined {
  return textAt(volume, 'spec.claimRef.name') === undefined && claims.length === 1 ? claims[0] : undefined;
}

function drawClass(objects: Objects, graph: Graph, name: string): string {
  const known = objects.find('storage.k8s.io/StorageClass', '', name);
  return graph.node({
    key: ['StorageClass', name], shape: known === undefined ? 'peer' : 'storage',
    lines: [`StorageClass ${name}`, known === undefined ? 'not in these objects' : textAt(known, 'provisioner') ?? ''],
  });
}

function termsOf(volume: Manifest): string[] {
  const policy = textAt(volume, 'spec.persistentVolumeReclaimPolicy');
  return [[textAt(volume, 'spec.capacity.storage'), policy].filter((part) => part !== undefined).join(', ')].filter((line) => line !== '');
}

/** Where the data is, and for which claim. */
function detailsOf(volume: Manifest): string[] {
  const reserved = textAt(volume, 'spec.claimRef.name');
  return [sourceOf(fieldsAt(volume, 'spec')), reserved === undefined ? '(not reserved)' : `for ${reserved}`];
}

function sourceOf(spec: Fields): string {
  const { nfs, csi, local, hostPath } = Object.fromEntries(['nfs', 'csi', 'local', 'hostPath'].map((key) => [key, fieldsAt(spec, key)]));
  if (isFields(spec.nfs)) {
    return `${textAt(nfs, 'server')}:${textAt(nfs, 'path')}`;
  }
  if (isFields(spec.csi)) {
    return `${textAt(csi, 'driver')} ${textAt(csi, 'volumeHandle')}`;
  }
  const path = textAt(local, 'path') ?? textAt(hostPath, 'path');
  return path === undefined ? 'another source' : `${path}${nodeOf(spec)}`;
}

function nodeOf(spec: Fields): string {
  const names = /"kubernetes\.io\/hostname"[^\]]*"values":\[([^\]]*)\]/.exec(JSON.stringify(spec.nodeAffinity ?? ''))?.[1];
  return names === undefined ? '' : ` on ${names.replaceAll('"', '').replaceAll(',', ', ')}`;
}
