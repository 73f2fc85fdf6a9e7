import { at, Fields, fieldsAt, isFields, kubectlFor, Manifest, without } from '../../manifests/manifest';
import { Claims } from '../manifests/claims';
import { Difference, differences } from '../manifests/differences';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { Advice, change, Pair } from '../manifests/rule';

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/; `revisionHistoryLimit` only since 2025 */
const MUTABLE = [
  'minReadySeconds', 'ordinals', 'persistentVolumeClaimRetentionPolicy', 'replicas', 'revisionHistoryLimit', 'template', 'updateStrategy',
];
const { REFUSED, DATA, NOTE } = ManifestChangeLevel;

export function statefulSetRule(pair: Pair): ManifestChange[] {
  return [...immutable(pair), ...templates(pair), ...retention(pair), ...ordinals(pair), ...strategy(pair), ...historyLimit(pair)];
}

function immutable({ oldObject, newObject }: Pair): ManifestChange[] {
  return differences(fixedSpec(oldObject), fixedSpec(newObject), 'spec')
    .map((difference) => change(REFUSED, oldObject, difference, adviceFor(difference, oldObject, newObject)));
}

function adviceFor({ field }: Difference, oldObject: Manifest, newObject: Manifest): Advice {
  const name = oldObject.metadata.name;
  const kubectl = kubectlFor(oldObject);
  const orphan = `run \`${kubectl} delete statefulset ${name} --cascade=orphan\`, then apply: pods and claims stay and are taken over`;
  const reason = 'Kubernetes lets nobody change it on an existing StatefulSet';
  const restart = `\`${kubectl} rollout restart statefulset ${name}\``;
  if (field === 'spec.serviceName') {
    const [before, after] = [oldObject, newObject].map((object) => new Claims(object).domain);
    return {
      reason: `${reason}; its pods' DNS names change from *.${before} to *.${after}`,
      remedy: `${orphan}; then ${restart}, since the pods keep their old names until they start again`,
    };
  }
  if (field.startsWith('spec.selector')) {
    return {
      reason: `${reason}; pods with the old labels would belong to nobody`,
      remedy: `${orphan.split(':')[0]}; delete the old pods, which block the names of the new ones: claims stay and are used again`,
    };
  }
  if (field.endsWith('.requests.storage')) {
    const claims = new Claims(oldObject).names([/\[(.*?)\]/.exec(field)?.[1] ?? '']);
    return {
      reason: `${reason}; the claims that exist would keep their size`,
      remedy: `enlarge the claims ${claims} with \`${kubectl} patch pvc\`, where their class allows it; ${orphan}`,
    };
  }
  return field.startsWith('spec.volumeClaimTemplates')
    ? { reason: `${reason}; the claims that exist stay as they are`, remedy: `${orphan}; what the template says is for new claims` }
    : { reason, remedy: orphan };
}

/** Claims of templates that are gone. */
function templates({ oldObject, newObject }: Pair): ManifestChange[] {
  const [before, after] = [new Claims(oldObject), new Claims(newObject)];
  const removed = before.templates.filter((template) => !after.templates.includes(template));
  const added = after.templates.filter((template) => !before.templates.includes(template));
  return removed.length === 0 ? [] : [change(DATA, oldObject, {
    field: 'spec.volumeClaimTemplates', oldValue: before.templates, newValue: after.templates,
  }, {
    reason: added.length > 0
      ? `renamed ${removed.join(', ')} -> ${added.join(', ')}: the claims ${before.names(removed)} stay behind, the pods start with empty claims`
      : `the claims ${before.names(removed)} stay behind, and no pod mounts them`,
    remedy: added.length > 0 ? 'keep the template\'s name: only the mounts need to be changed'
      : 'copy what is needed before applying; delete the claims by hand when nobody needs them',
  })];
}

function retention({ oldObject, newObject }: Pair): ManifestChange[] {
  const [before, after] = [new Claims(oldObject), new Claims(newObject)];
  return (['whenDeleted', 'whenScaled'] as const).filter((when) => after.deletes(when) && !before.deletes(when)).map((when) => {
    const field = `spec.persistentVolumeClaimRetentionPolicy.${when}`;
    return change(DATA, oldObject, { field, oldValue: at(oldObject, field) ?? 'Retain', newValue: 'Delete' }, {
      reason: when === 'whenDeleted' ? `whoever deletes the StatefulSet from now on deletes the claims ${before.names()} with it`
        : 'whoever scales the StatefulSet down from now on deletes the claims of the pods that go',
      remedy: 'keep Retain, and delete claims by hand',
    });
  });
}

/** Scaling down, and another first ordinal. That plain scaling leaves claims behind is what StatefulSets are for. */
function ordinals({ oldObject, newObject }: Pair): ManifestChange[] {
  const [before, after] = [new Claims(oldObject), new Claims(newObject)];
  const gone = before.namesNotIn(after);
  const shifted = before.first !== after.first;
  if (gone === '' || !shifted && !after.deletes('whenScaled')) {
    return [];
  }
  const difference = shifted ? { field: 'spec.ordinals.start', oldValue: before.first, newValue: after.first }
    : { field: 'spec.replicas', oldValue: before.end - before.first, newValue: after.end - after.first };
  return [change(DATA, oldObject, difference, after.deletes('whenScaled') ? {
    reason: `whenScaled is Delete: the claims ${gone} are deleted with their pods`,
    remedy: 'apply whenScaled Retain first, and this after that',
  } : {
    reason: `the pods become ${after.podNames}: the claims ${gone} stay behind, and pods of other numbers start with empty claims`,
    remedy: 'keep the first ordinal, or have volumes with the data reserved for the claims of the new pods before applying',
  })];
}

/** The server fills in `rollingUpdate`; applying merges, and does not take away what was not in the old object. */
function strategy({ oldObject, newObject }: Pair): ManifestChange[] {
  const [before, after] = [oldObject, newObject].map((object) => fieldsAt(object, 'spec.updateStrategy'));
  if (after.type !== 'OnDelete' || before.type === 'OnDelete' || before.rollingUpdate !== undefined) {
    return [];
  }
  const patch = '[{"op": "replace", "path": "/spec/updateStrategy", "value": {"type": "OnDelete"}}]';
  return [change(REFUSED, oldObject, { field: 'spec.updateStrategy', oldValue: at(oldObject, 'spec.updateStrategy'), newValue: after }, {
    reason: 'applying leaves the `rollingUpdate` that the API server has filled in, which it refuses beside OnDelete',
    remedy: `run \`${kubectlFor(oldObject)} patch statefulset ${oldObject.metadata.name} --type json --patch '${patch}'\` before applying`,
  })];
}

function historyLimit({ oldObject, newObject }: Pair): ManifestChange[] {
  const field = 'spec.revisionHistoryLimit';
  const [oldValue, newValue] = [at(oldObject, field) ?? 10, at(newObject, field) ?? 10];
  return oldValue === newValue ? [] : [change(NOTE, oldObject, { field, oldValue, newValue }, {
    reason: 'Kubernetes 1.34 accepts it, versions up to 1.32 refuse it',
    remedy: `there, run \`${kubectlFor(oldObject)} delete statefulset ${oldObject.metadata.name} --cascade=orphan\`, then apply`,
  })];
}

/** With what the API server fills in, or leaves out. */
function fixedSpec(statefulSet: Manifest): Fields {
  const spec = { podManagementPolicy: 'OrderedReady', ...without(fieldsAt(statefulSet, 'spec'), MUTABLE) } as Fields;
  const claimTemplates = Array.isArray(spec.volumeClaimTemplates) ? spec.volumeClaimTemplates.filter(isFields) : [];
  return {
    ...spec,
    volumeClaimTemplates: claimTemplates.map((template) => ({
      ...without(template, ['apiVersion', 'kind', 'status']),
      spec: { volumeMode: 'Filesystem', ...fieldsAt(template, 'spec') },
    })),
  };
}
