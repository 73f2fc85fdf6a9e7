import { GITOPS_TOOLS, inOrderOf } from './e2e/support/gitops-tool';
import { changed } from './support/changed';
import { additionFolders, baseOf, workloadFolders, workloadOf } from './support/dist-folders';
import {
  AnyObject, AppliedFolder, beforeTheirNamespace, beforeWhatTheyName, outlivingAmongWorkloads, takingClaimsAlong,
} from './support/folder-rules';
import { distApps, distObjects } from './util';

const BASES = workloadFolders().map(baseOf);

/** In the order of `kubectl apply -f`: file by file as their names sort, and each file from its top. */
const objectsOf = (folder: string) => distObjects(folder) as unknown as AnyObject[];

/** What is applied before a folder: its base, and before one that is about workloads these, too. */
function before(folder: string): string[] {
  const workload = workloadOf(folder);
  return BASES.includes(folder) ? [] : [baseOf(workload), ...workload === folder ? [] : [workload]];
}

const DIST: AppliedFolder[] = distApps().map((name) => ({ name, base: before(name).flatMap(objectsOf), objects: objectsOf(name) }));

/** A workload that names everything that it can. The mistakes below are made in it. */
const GOOD: AppliedFolder = {
  name: 'shop',
  base: [object('Namespace', 'shop'), object('StorageClass', 'fast'), inShop('PersistentVolumeClaim', 'uploads')],
  objects: [
    inShop('ServiceAccount', 'db'),
    inShop('Role', 'db'),
    inShop('RoleBinding', 'db', { roleRef: { kind: 'Role', name: 'db' }, subjects: [{ kind: 'ServiceAccount', name: 'db' }] }),
    inShop('ConfigMap', 'conf'),
    inShop('Secret', 'keys'),
    inShop('Service', 'db'),
    inShop('StatefulSet', 'db', {
      spec: {
        serviceName: 'db',
        volumeClaimTemplates: [{ spec: { storageClassName: 'fast' } }],
        template: {
          spec: {
            serviceAccountName: 'db',
            containers: [{ envFrom: [{ configMapRef: { name: 'conf' } }], env: [{ valueFrom: { secretKeyRef: { name: 'keys' } } }] }],
            volumes: [
              { configMap: { name: 'conf' } },
              { secret: { secretName: 'keys' } },
              { secret: { secretName: 'perhaps', optional: true } },
              { projected: { sources: [{ secret: { name: 'keys' } }] } },
              { persistentVolumeClaim: { claimName: 'uploads' } },
            ],
          },
        },
      },
    }),
    inShop('CronJob', 'tidy', { spec: { jobTemplate: { spec: { template: { spec: { volumes: [{ configMap: { name: 'conf' } }] } } } } } }),
  ],
};

function object(kind: string, name: string, fields: object = {}): AnyObject {
  return { apiVersion: 'v1', kind, metadata: { name }, ...fields };
}

function inShop(kind: string, name: string, fields: object = {}): AnyObject {
  return { ...object(kind, name, fields), metadata: { name, namespace: 'shop' } };
}

/** With the objects of one kind after all others. */
function late(kind: string, part: 'base' | 'objects' = 'objects'): AppliedFolder[] {
  const [first, last] = [false, true].map((wanted) => GOOD[part].filter((of) => (of.kind === kind) === wanted));
  return [{ ...GOOD, [part]: [...first, ...last] }];
}

function without(kind: string): AppliedFolder[] {
  return [{ ...GOOD, base: GOOD.base.filter((of) => of.kind !== kind), objects: GOOD.objects.filter((of) => of.kind !== kind) }];
}

/** With a field of the StatefulSet changed. */
function withSet(path: string, value: unknown): AppliedFolder[] {
  return [{ ...GOOD, objects: GOOD.objects.map((of) => of.kind === 'StatefulSet' ? changed(of, path, value) : of) }];
}

function withObject(kind: string): AppliedFolder[] {
  return [{ ...GOOD, objects: [object(kind, 'other'), ...GOOD.objects] }];
}

const POD = 'spec.template.spec';
const ORDER_RULES: [rule: string, check: (folders: AppliedFolder[]) => string[], mistakes: AppliedFolder[][]][] = [
  ['the namespace of every object is there before it', beforeTheirNamespace, [
    late('Namespace', 'base'), without('Namespace'), [{ ...GOOD, base: [], objects: [...GOOD.objects, ...GOOD.base] }],
  ]],
  ['what an object names is there before it', beforeWhatTheyName, [
    ...['ServiceAccount', 'Role', 'ConfigMap', 'Secret', 'Service'].flatMap((kind) => [late(kind), without(kind)]),
    without('StorageClass'), without('PersistentVolumeClaim'),
    withSet(`${POD}.serviceAccountName`, 'other'), withSet('spec.serviceName', 'other'),
    withSet('spec.volumeClaimTemplates.0.spec.storageClassName', 'slow'),
    withSet(`${POD}.containers.0.envFrom.0.configMapRef.name`, 'other'),
    withSet(`${POD}.containers.0.env.0.valueFrom.secretKeyRef.name`, 'other'),
    withSet(`${POD}.volumes.0.configMap.name`, 'other'), withSet(`${POD}.volumes.1.secret.secretName`, 'other'),
    withSet(`${POD}.volumes.2.secret.optional`, false), withSet(`${POD}.volumes.3.projected.sources.0.secret.name`, 'other'),
    withSet(`${POD}.volumes.4.persistentVolumeClaim.claimName`, 'other'),
  ]],
];
const RULES: typeof ORDER_RULES = [
  ...ORDER_RULES,
  ['no folder of workloads holds a namespace, a claim, a volume, a class or a definition', outlivingAmongWorkloads, [
    ...['Namespace', 'PersistentVolume', 'PersistentVolumeClaim', 'StorageClass', 'CustomResourceDefinition'].map(withObject),
  ]],
  ['no StatefulSet takes its claims along', takingClaimsAlong, [
    withSet('spec.persistentVolumeClaimRetentionPolicy', { whenDeleted: 'Delete' }),
  ]],
];

describe('in dist, applied and deleted folder by folder with kubectl', () => {
  test.each(RULES)('%s', (_, check) => {
    expect(check(DIST)).toEqual([]);
  });

  test('each folder of workloads has a base, and beside both are only folders about workloads', () => {
    expect([...workloadFolders(), ...BASES, ...additionFolders()].sort()).toEqual(distApps());
    expect(workloadFolders().length).toBeGreaterThan(1);
  });

  test('a base holds what outlives workloads, and nothing else', () => {
    const kinds = new Set(BASES.flatMap((base) => objectsOf(base).map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['Namespace', 'PersistentVolume', 'StorageClass']);
  });

  test('there are objects of every kind that a rule is about', () => {
    const named = JSON.stringify(DIST);
    expect(['"serviceAccountName"', '"configMap"', '"secretName"', '"roleRef"', '"jobTemplate"', '"mysql-local-storage"']
      .filter((part) => !named.includes(part))).toEqual([]);
  });
});

describe.each(GITOPS_TOOLS)('in dist, each folder and its base applied as one by $name', (tool) => {
  test.each(ORDER_RULES)('%s', (_, check) => {
    expect(check(DIST.map(({ name, base, objects }) => ({ name, base: [], objects: inOrderOf(tool, [...base, ...objects]) })))).toEqual([]);
  });
});

describe('without a mistake it is true, and with one it is not, that', () => {
  test.each(RULES)('%s', (_, check, mistakes) => {
    expect(check([GOOD])).toEqual([]);
    expect(mistakes.map((folders) => check(folders).length > 0)).toEqual(mistakes.map(() => true));
  });
});
