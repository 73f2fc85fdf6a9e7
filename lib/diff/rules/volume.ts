import { at, Fields, fieldsAt, isFields, Manifest, without } from '../../manifests/manifest';
import { differences } from '../manifests/differences';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { change, Pair } from '../manifests/rule';
import { volumeSource } from '../manifests/volume-source';

const { REFUSED, DATA, NOTE } = ManifestChangeLevel;

/** The location of a volume is immutable. Its claim and its reclaim policy can be changed, but should not be changed by accident. */
export function volumeRule(pair: Pair): ManifestChange[] {
  return [...fixed(pair), ...reclaimPolicy(pair), ...reservation(pair)];
}

function fixed({ oldObject, newObject }: Pair): ManifestChange[] {
  const affinity = [oldObject, newObject].map((object) => at(object, 'spec.nodeAffinity'));
  const found = [
    ...differences(volumeSource(oldObject), expandable(oldObject, newObject), 'spec'),
    ...differences(at(oldObject, 'spec.volumeMode') ?? 'Filesystem', at(newObject, 'spec.volumeMode') ?? 'Filesystem', 'spec.volumeMode'),
    ...affinity[0] === undefined ? [] : differences(affinity[0], affinity[1], 'spec.nodeAffinity'),
  ];
  return found.map((difference) => change(REFUSED, oldObject, difference, {
    reason: 'Kubernetes lets nobody change where an existing volume is',
    remedy: `add a volume of another name for the new place, copy the data, and claim it anew; ${oldObject.metadata.name} can go after that`,
  }));
}

function reclaimPolicy({ oldObject, newObject }: Pair): ManifestChange[] {
  const field = 'spec.persistentVolumeReclaimPolicy';
  const [oldValue, newValue] = [at(oldObject, field) ?? 'Retain', at(newObject, field) ?? 'Retain'];
  return oldValue === newValue || newValue === 'Retain' ? [] : [change(DATA, oldObject, { field, oldValue, newValue }, {
    reason: 'from now on whoever deletes the claim deletes the data with it', remedy: 'keep Retain, and delete data by hand',
  })];
}

/** What the cluster does with a changed claimRef was tried out: it has kept the uid of the claim, and that decides. */
function reservation({ oldObject, newObject }: Pair): ManifestChange[] {
  const [oldClaim, newClaim] = [claim(oldObject), claim(newObject)];
  const difference = { field: 'spec.claimRef', oldValue: oldClaim, newValue: newClaim };
  if (oldClaim === newClaim) {
    return [];
  }
  if (oldClaim === undefined) {
    return [change(NOTE, oldObject, difference, {
      reason: `as long as another claim is bound to the volume nothing happens, and ${newClaim} waits`,
      remedy: `see \`kubectl get pv ${oldObject.metadata.name}\` before applying`,
    })];
  }
  return [change(DATA, oldObject, difference, {
    reason: `as long as ${oldClaim} is bound to the volume nothing happens${newClaim ? `, and ${newClaim} waits` : ''}; `
      + `otherwise ${newClaim ?? 'any claim that fits'} gets the volume with its data, and ${oldClaim} another one or none`,
    remedy: 'keep the claimRef; to pass the volume on, delete its claim, apply, and remove uid and resourceVersion from the claimRef',
  })];
}

/** `namespace/name` of the claim that a volume is for. */
function claim(volume: Manifest): string | undefined {
  const { namespace, name } = fieldsAt(volume, 'spec.claimRef');
  return typeof name === 'string' ? `${typeof namespace === 'string' ? namespace : ''}/${name}` : undefined;
}

/** The new source, but for the one field that may be set later. */
function expandable(oldObject: Manifest, newObject: Manifest): Fields {
  const fields = volumeSource(newObject);
  const isNew = at(oldObject, 'spec.csi.controllerExpandSecretRef') === undefined;
  return isNew && isFields(fields.csi) ? { ...fields, csi: without(fields.csi, ['controllerExpandSecretRef']) } : fields;
}
