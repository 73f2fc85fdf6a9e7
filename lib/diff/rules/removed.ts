import { at, kindOf, Manifest, nameOf, namespaceOf } from '../../manifests/manifest';
import { Claims } from '../manifests/claims';
import { Inventory } from '../manifests/inventory';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { Advice, change } from '../manifests/rule';
import { renamedPairs } from '../manifests/similarity';

type Loss = Advice & { readonly level: ManifestChangeLevel };

const { DATA, NOTE } = ManifestChangeLevel;
const BY_HAND = 'leave it in until nobody needs it, or keep it from pruning (Argo CD: Prune=false, Flux: prune: disabled)';

/** Kinds whose removal is worth a word: what happens, and whether data is concerned. */
const LOSSES: Record<string, (object: Manifest) => Loss> = {
  '/Namespace': () => ({ level: DATA, reason: 'everything in the namespace is deleted with it, claims included', remedy: BY_HAND }),
  '/PersistentVolume': () => ({
    level: DATA, reason: 'the volume goes with its claim: the data stays where it is, and nothing leads to it any more', remedy: BY_HAND,
  }),
  '/PersistentVolumeClaim': () => ({
    level: DATA, reason: 'the claim lets go of its volume, whose data is deleted when its reclaim policy is Delete', remedy: BY_HAND,
  }),
  '/Service': () => ({ level: NOTE, reason: 'its DNS name goes', remedy: 'tell its clients' }),
  'apiextensions.k8s.io/CustomResourceDefinition': () => ({
    level: DATA, reason: 'all objects of its kind are deleted with it, whoever made them', remedy: BY_HAND,
  }),
  'apps/StatefulSet': lostStatefulSet,
  'storage.k8s.io/StorageClass': () => ({
    level: NOTE, reason: 'volumes that exist stay; claims of the class cannot grow, and new ones stay Pending', remedy: BY_HAND,
  }),
};

/** Objects that only the old folder has, and those that are there under another name or in another namespace. */
export function removedObjects(oldInventory: Inventory, newInventory: Inventory): ManifestChange[] {
  const gone = oldInventory.objects.filter((object) => newInventory.counterpart(object) === undefined && kindOf(object) in LOSSES);
  const come = newInventory.objects.filter((object) => oldInventory.counterpart(object) === undefined);
  const moved = new Map(gone.flatMap((object) => {
    const elsewhere = come.find((other) => kindOf(other) === kindOf(object) && other.metadata.name === object.metadata.name);
    return elsewhere === undefined ? [] : [[object, elsewhere] as const];
  }));
  const renamed = new Map(Object.keys(LOSSES).flatMap((kind) => [...renamedPairs(
    gone.filter((object) => kindOf(object) === kind && !moved.has(object)),
    come.filter((object) => kindOf(object) === kind && ![...moved.values()].includes(object)),
  )]));
  return gone.flatMap((object) => {
    const successor = moved.get(object) ?? renamed.get(object);
    return successor === undefined ? removed(object) : [replaced(object, successor)];
  });
}

/** The removal of a Service deletes no data, and is intended. */
function removed(object: Manifest): ManifestChange[] {
  const { level, ...advice } = LOSSES[kindOf(object)](object);
  if (kindOf(object) === '/Service') {
    return [];
  }
  const kept = {
    level: NOTE, reason: 'an annotation keeps it from pruning: it stays in the cluster', remedy: 'delete it by hand, or put it back',
  };
  return [{ object: nameOf(object), ...isKept(object) ? kept : { level, ...advice } }];
}

function replaced(object: Manifest, successor: Manifest): ManifestChange {
  const field = namespaceOf(object) === namespaceOf(successor) ? 'metadata.name' : 'metadata.namespace';
  const [oldValue, newValue] = [at(object, field), at(successor, field)];
  const { level, reason } = LOSSES[kindOf(object)](object);
  const what = field === 'metadata.name' ? `renamed ${oldValue as string} -> ${newValue as string}`
    : `moved to ${nameOf(successor)}`;
  const advice = kindOf(object) === 'apps/StatefulSet' ? replacedStatefulSet(object, successor, what) : {
    reason: `${what}, which makes another object: ${reason}`,
    remedy: 'keep the name, or apply the new one beside it and move what uses it before the old one goes',
  };
  return change(level, object, { field, oldValue, newValue }, unlessApplied(advice, object, successor));
}

/** Where only one side names a namespace it is the same object, if the other side is applied with that one. */
function unlessApplied({ reason, remedy }: Advice, object: Manifest, successor: Manifest): Advice {
  const [before, after] = [namespaceOf(object), namespaceOf(successor)];
  const named = before || after;
  return before === after || before !== '' && after !== '' ? { reason, remedy } : {
    reason: `${reason}; no change at all where the ${before === '' ? 'old' : 'new'} manifests are applied with \`kubectl -n ${named}\``,
    remedy: `compare with --namespace ${named} if they are; otherwise ${remedy}`,
  };
}

function replacedStatefulSet(object: Manifest, successor: Manifest, what: string): Advice {
  const [before, after] = [new Claims(object), new Claims(successor)];
  if (before.templates.length === 0) {
    return {
      reason: `${what}: the pods ${before.podNames} become ${after.podNames}, with other DNS names`,
      remedy: 'tell their clients',
    };
  }
  const fate = before.deletes('whenDeleted') ? 'are deleted with it' : 'stay behind';
  return {
    reason: `${what}: its claims ${before.names()} ${fate}, the new pods start with empty claims`,
    remedy: `keep the name, or have volumes with the data reserved for ${after.names()} before applying`,
  };
}

function lostStatefulSet(object: Manifest): Loss {
  const claims = new Claims(object);
  if (claims.templates.length === 0) {
    return { level: NOTE, reason: `the pods ${claims.podNames} go`, remedy: 'nothing: they have no claims' };
  }
  if (claims.deletes('whenDeleted')) {
    return {
      level: DATA,
      reason: `whenDeleted is Delete: its claims ${claims.names()} are deleted with it`,
      remedy: 'apply whenDeleted Retain first',
    };
  }
  return {
    level: DATA,
    reason: `its pods go, its claims ${claims.names()} stay behind`,
    remedy: 'applying it again brings the pods back with their data; delete the claims by hand when nobody needs them',
  };
}

/** By an annotation of Argo CD or Flux. */
function isKept({ metadata: { annotations = {} } }: Manifest): boolean {
  return /\bPrune=false\b/.test(annotations['argocd.argoproj.io/sync-options'] ?? '')
    || annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled';
}
