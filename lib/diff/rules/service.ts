import { at, kubectlFor, Manifest } from '../../manifests/manifest';
import { Difference } from '../manifests/differences';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { Advice, change, Pair } from '../manifests/rule';

/** Services keep the address that they have: none stays none, and an address stays the same one. */
export function serviceRule({ oldObject, newObject }: Pair): ManifestChange[] {
  const types = [typeOf(oldObject), typeOf(newObject)];
  if (types.includes('ExternalName')) {
    return []; // which has no address to keep
  }
  return [
    ...address(oldObject, newObject),
    ...firstFamily(oldObject, newObject),
    ...types.every((type) => type === 'LoadBalancer') ? loadBalancerClass(oldObject, newObject) : [],
  ];
}

function address(oldObject: Manifest, newObject: Manifest): ManifestChange[] {
  const [oldValue, newValue] = [at(oldObject, 'spec.clusterIP') || undefined, at(newObject, 'spec.clusterIP') || undefined];
  const difference = { field: 'spec.clusterIP', oldValue, newValue };
  if (oldValue === newValue) {
    return [];
  }
  if (newValue === undefined && typeOf(newObject) === 'ClusterIP') {
    return [change(ManifestChangeLevel.NOTE, oldObject, difference, {
      reason: 'the Service keeps the address that it has, or none when it is headless: applying this changes nothing',
      remedy: `to change it after all: ${recreate(oldObject)}`,
    })];
  }
  return newValue === undefined && oldValue !== 'None' ? [] : [refused(oldObject, difference)];
}

function firstFamily(oldObject: Manifest, newObject: Manifest): ManifestChange[] {
  const [oldValue, newValue] = [oldObject, newObject].map((object) => (at(object, 'spec.ipFamilies') as unknown[] | undefined)?.[0]);
  const changed = oldValue !== undefined && newValue !== undefined && oldValue !== newValue;
  return changed ? [refused(oldObject, { field: 'spec.ipFamilies[0]', oldValue, newValue })] : [];
}

function loadBalancerClass(oldObject: Manifest, newObject: Manifest): ManifestChange[] {
  const field = 'spec.loadBalancerClass';
  const difference = { field, oldValue: at(oldObject, field), newValue: at(newObject, field) };
  return difference.oldValue === difference.newValue ? [] : [refused(oldObject, difference)];
}

function refused(object: Manifest, difference: Difference): ManifestChange {
  const advice: Advice = {
    reason: 'Kubernetes lets nobody change it on an existing Service',
    remedy: recreate(object),
  };
  return change(ManifestChangeLevel.REFUSED, object, difference, advice);
}

function recreate(object: Manifest): string {
  return `run \`${kubectlFor(object)} delete service ${object.metadata.name}\` before applying: its name is not resolved meanwhile, `
    + 'and clients must look it up again';
}

function typeOf(object: Manifest): unknown {
  return at(object, 'spec.type') ?? 'ClusterIP';
}
