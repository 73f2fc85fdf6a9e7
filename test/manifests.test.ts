import { changed } from './support/changed';
import {
  adoptions, comingTwice, Folder, inWrongNamespace, withForeignFields, withIncompleteClaimRef, withIncompleteTemplate, withoutService,
} from './support/manifest-rules';
import { addVolumes, addWeb, claim, distApps, distObjects, Manifest, synth, testChart } from './util';

const DIST: Folder[] = distApps().map((name) => ({ name, objects: distObjects(name) }));

/** Two webs, and volumes for the first one. The mistakes below are made in them. */
const GOOD: Folder[] = goodFolders();

function goodFolders(): Folder[] {
  const [workload, storage] = [testChart('shop'), testChart('shop')];
  addVolumes(storage).reserveFor(addWeb(workload, { claims: [claim()] }, 'a'));
  addWeb(workload, { claims: [claim()] }, 'b');
  return [{ name: 'workload', objects: synth(workload) }, { name: 'storage', objects: synth(storage) }];
}

/** The good folders with a field changed in the first object of a kind. */
function bad(kind: Manifest['kind'], path: string, value?: unknown): Folder[] {
  return GOOD.map(({ name, objects }) => {
    const first = objects.find((object) => object.kind === kind);
    return { name, objects: objects.map((object) => object === first ? changed(object, path, value) : object) };
  });
}

const RULES: [rule: string, check: (folders: Folder[]) => string[], mistakes: Folder[][]][] = [
  ['objects of the cluster have no namespace, all others have one', inWrongNamespace, [
    bad('PersistentVolume', 'metadata.namespace', 'shop'),
    bad('StatefulSet', 'metadata.namespace'),
  ]],
  ['references to claims are complete', withIncompleteClaimRef, [
    bad('PersistentVolume', 'spec.claimRef.namespace'),
    bad('PersistentVolume', 'spec.claimRef.uid', '0'),
  ]],
  ['claim templates are as the API server returns them', withIncompleteTemplate, [
    bad('StatefulSet', 'spec.volumeClaimTemplates.0.apiVersion'),
    bad('StatefulSet', 'spec.volumeClaimTemplates.0.kind'),
    bad('StatefulSet', 'spec.volumeClaimTemplates.0.metadata.labels', { app: 'nginx' }),
    bad('StatefulSet', 'spec.volumeClaimTemplates.0.spec.volumeMode'),
  ]],
  ['no object has fields of the cluster, or null', withForeignFields, [
    bad('StatefulSet', 'status', {}),
    bad('StatefulSet', 'spec.template.metadata.creationTimestamp', null),
    bad('StatefulSet', 'metadata.creationTimestamp', '2026-01-01T00:00:00Z'),
    bad('Service', 'spec.ports', null),
    bad('Service', 'spec.ports', [null]),
  ]],
  ['no two objects of a folder have one name', comingTwice, [
    bad('StatefulSet', 'metadata.name', 'b'),
  ]],
  // Fault 1 of the original manifests.
  ['no StatefulSet adopts the pods of another one of its namespace, in all of dist', adoptions, [
    bad('StatefulSet', 'spec.selector.matchLabels', { 'app.kubernetes.io/component': 'web' }),
    bad('StatefulSet', 'spec.selector.matchLabels', {}),
    bad('StatefulSet', 'spec.template.metadata.labels', { 'app.kubernetes.io/name': 'b' }),
  ]],
  ['every StatefulSet has its headless Service', withoutService, [
    bad('Service', 'metadata.name', 'other'),
    bad('Service', 'metadata.namespace', 'other'),
    bad('Service', 'spec.clusterIP'),
    bad('Service', 'spec.selector', { app: 'other' }),
    bad('StatefulSet', 'spec.serviceName', 'other'),
  ]],
];

describe('in dist', () => {
  test.each(RULES)('%s', (_, check) => {
    expect(check(DIST)).toEqual([]);
  });

  test('there are objects of every kind that a rule is about', () => {
    const objects = DIST.flatMap((folder) => folder.objects);
    expect(objects.map((object) => object.kind))
      .toEqual(expect.arrayContaining(['Namespace', 'PersistentVolume', 'Service', 'StatefulSet']));
    expect(JSON.stringify(objects)).toMatch(/"claimRef":.*"volumeClaimTemplates":/);
  });
});

describe('without a mistake it is true, and with one it is not, that', () => {
  test.each(RULES)('%s', (_, check, mistakes) => {
    expect(check(GOOD)).toEqual([]);
    expect(mistakes.map((folders) => check(folders).length > 0)).toEqual(mistakes.map(() => true));
  });
});
