import { at, Fields, fieldsAt, kubectlFor, Manifest } from '../../manifests/manifest';
import { amount } from '../manifests/amount';
import { Difference, differences } from '../manifests/differences';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { Advice, change, Pair } from '../manifests/rule';

const SIZE = 'spec.resources.requests.storage';

/** Claims may grow, where their class allows it; nothing else about them may change. */
export function claimRule(pair: Pair): ManifestChange[] {
  return differences(spec(pair.oldObject), spec(pair.newObject), 'spec').flatMap((difference) => {
    if (difference.field === SIZE) {
      return size(pair, difference);
    }
    if (difference.field === 'spec.volumeName' && difference.oldValue === undefined) {
      return [change(ManifestChangeLevel.NOTE, pair.oldObject, difference, {
        reason: 'refused when the claim is bound to another volume by now',
        remedy: `see \`${kubectlFor(pair.oldObject)} get pvc ${pair.oldObject.metadata.name}\` before applying`,
      })];
    }
    return [change(ManifestChangeLevel.REFUSED, pair.oldObject, difference, {
      reason: 'Kubernetes lets nobody change a claim but for its size', remedy: newClaim(pair.oldObject),
    })];
  });
}

function size(pair: Pair, difference: Difference): ManifestChange[] {
  const object = pair.oldObject;
  if ((amount(difference.newValue) ?? 0) < (amount(difference.oldValue) ?? 0)) {
    return [change(ManifestChangeLevel.REFUSED, object, difference, { reason: 'a claim cannot shrink', remedy: newClaim(object) })];
  }
  const [level, advice] = growth(pair);
  return level === undefined ? [] : [change(level, object, difference, advice)];
}

/** Whether the class lets claims grow is known when one of the folders holds it. */
function growth({ newObject, oldInventory, newInventory }: Pair): [ManifestChangeLevel | undefined, Advice] {
  const className = at(newObject, 'spec.storageClassName');
  const unclear = { reason: 'refused unless the class says `allowVolumeExpansion: true`', remedy: newClaim(newObject) };
  if (className === undefined) {
    return [ManifestChangeLevel.NOTE, { ...unclear, reason: `${unclear.reason}; which one it is only the cluster knows` }];
  }
  if (className === '') {
    return [ManifestChangeLevel.REFUSED, { reason: 'claims without a class cannot grow', remedy: newClaim(newObject) }];
  }
  const storageClass = [newInventory, oldInventory].flatMap(({ objects }) => objects)
    .find(({ kind, metadata }) => kind === 'StorageClass' && metadata.name === className);
  if (storageClass === undefined) {
    return [ManifestChangeLevel.NOTE, { ...unclear, remedy: `see \`kubectl get storageclass ${className as string}\` before applying` }];
  }
  return [storageClass.allowVolumeExpansion === true ? undefined : ManifestChangeLevel.REFUSED, unclear];
}

function newClaim(claim: Manifest): string {
  return `make a new claim beside ${claim.metadata.name}, copy the data, and point the pods to it`;
}

/** With what the API server fills in. */
function spec(claim: Manifest): Fields {
  return { volumeMode: 'Filesystem', ...fieldsAt(claim, 'spec'), volumeAttributesClassName: undefined };
}
