import { JsonPatch, Size } from 'cdk8s';
import { NfsPaths, NfsPersistentVolumes, NfsPersistentVolumesProps, PrunePolicy, VolumeClaim } from '../../lib';
import { addVolumes, objectsOfKind, synth, synthYaml, testChart } from '../util';
import { EVERYTHING } from './everything';

describe('YAML', () => {
  test('of the minimum is that of the snapshot', () => {
    const chart = testChart();
    new NfsPersistentVolumes(chart, 'nfs', { server: '192.168.199.128', paths: ['/k8s/nfs0'], capacity: Size.gibibytes(1) });
    expect(synthYaml(chart)).toMatchSnapshot();
  });

  test('of everything on is that of the snapshot', () => {
    const chart = testChart('shop');
    const volumes = new NfsPersistentVolumes(chart, 'nfs', EVERYTHING);
    volumes.reserveClaims(new VolumeClaim({ name: 'data', namespace: 'shop', size: Size.gibibytes(1), storageClassName: 'nfs' }));
    expect(synthYaml(chart)).toMatchSnapshot();
    expect(synthYaml(chart)).toBe(synthYaml(chart));
  });

  test('of properties that are explicitly undefined is that of properties left out', () => {
    const required = ['server', 'paths', 'capacity'];
    const optional = Object.keys(EVERYTHING).filter((name) => !required.includes(name));
    const [explicit, leftOut] = [testChart(), testChart()];
    const { server, paths, capacity } = EVERYTHING;
    new NfsPersistentVolumes(explicit, 'nfs', {
      server, paths, capacity, ...Object.fromEntries(optional.map((name) => [name, undefined])) as Partial<NfsPersistentVolumesProps>,
    });
    new NfsPersistentVolumes(leftOut, 'nfs', { server, paths, capacity });
    expect(synthYaml(explicit)).toBe(synthYaml(leftOut));
  });
});

describe('names', () => {
  test('are the prefix and a number of three digits', () => {
    const volumes = addVolumes(testChart(), { namePrefix: 'pv' });
    expect(volumes.volumeNames).toEqual(['pv000', 'pv001', 'pv002']);
    expect(volumes.volumes.map((volume) => volume.name)).toEqual(['pv000', 'pv001', 'pv002']);
  });

  test('begin with the id', () => {
    expect(addVolumes(testChart(), { namePrefix: undefined }, 'files').volumeNames).toEqual(['files-000', 'files-001', 'files-002']);
  });

  test('have more digits from a thousand on', () => {
    const { volumeNames } = addVolumes(testChart(), { paths: NfsPaths.numbered('/nfs', { count: 1001 }) });
    expect([volumeNames[9], volumeNames[99], volumeNames[999], volumeNames[1000]]).toEqual(['pv009', 'pv099', 'pv999', 'pv1000']);
  });
});

describe('volumes', () => {
  test.each([undefined, 'shop'])('have no namespace in a chart of namespace %p', (namespace) => {
    const chart = testChart(namespace);
    addVolumes(chart);
    expect(synth(chart).map((object) => Object.keys(object.metadata ?? {}))).toEqual(Array(3).fill(['annotations', 'labels', 'name']));
  });

  test('are on the paths of the server, in order', () => {
    const chart = testChart();
    addVolumes(chart, { server: 'nfs.example.com', paths: ['/b', '/a'] });
    expect(objectsOfKind(synth(chart), 'PersistentVolume').map((volume) => [volume.metadata?.name, volume.spec?.nfs])).toEqual([
      ['pv000', { server: 'nfs.example.com', path: '/b' }], ['pv001', { server: 'nfs.example.com', path: '/a' }],
    ]);
  });

  test('are retained, of no class, reserved for nobody', () => {
    const chart = testChart();
    addVolumes(chart, { paths: ['/a'] });
    expect(objectsOfKind(synth(chart), 'PersistentVolume')[0].spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      mountOptions: ['nfsvers=4.1', 'hard', 'noatime'],
      nfs: { server: 'nfs.example.com', path: '/a' },
      persistentVolumeReclaimPolicy: 'Retain',
    });
  });

  test('of the empty class are of no class', () => {
    const [named, unnamed] = [testChart(), testChart()];
    addVolumes(named, { storageClassName: '' });
    addVolumes(unnamed);
    expect(synthYaml(named)).toBe(synthYaml(unnamed));
  });

  test.each(['nfs', 'nfs.example.com', '192.168.199.128', '::1', 'fd00::10'])('may be on the server %s', (server) => {
    const chart = testChart();
    addVolumes(chart, { server });
    expect(objectsOfKind(synth(chart), 'PersistentVolume')[0].spec?.nfs?.server).toBe(server);
  });

  test('are a copy that changes nothing', () => {
    const volumes = addVolumes(testChart());
    volumes.volumes.pop();
    expect(volumes.volumes).toHaveLength(3);
  });

  test('can be patched with what no property says, however young the field', () => {
    const chart = testChart();
    const { volumes } = addVolumes(chart, { paths: ['/a'] });
    volumes[0].addJsonPatch(
      JsonPatch.replace('/spec/capacity/storage', '2Gi'), JsonPatch.add('/spec/volumeAttributesClassName', 'gold'),
    );
    expect(synth(chart)[0]).toMatchObject({ spec: { capacity: { storage: '2Gi' }, volumeAttributesClassName: 'gold' } });
  });
});

describe('mount options', () => {
  const optionsOf = (props: Partial<NfsPersistentVolumesProps>) => {
    const chart = testChart();
    addVolumes(chart, { paths: ['/a'], ...props });
    return objectsOfKind(synth(chart), 'PersistentVolume')[0].spec?.mountOptions;
  };

  test('that are given replace the default', () => {
    expect(optionsOf({ mountOptions: ['nfsvers=3'] })).toEqual(['nfsvers=3']);
  });

  test('of an empty list are those of the node', () => {
    expect(optionsOf({ mountOptions: [] })).toBeUndefined();
  });

  test('that are unchecked come after the others', () => {
    expect(optionsOf({ uncheckedMountOptions: ['frobs=3'] })).toEqual(['nfsvers=4.1', 'hard', 'noatime', 'frobs=3']);
    expect(optionsOf({ mountOptions: [], uncheckedMountOptions: ['ro'] })).toEqual(['ro']);
  });

  test('are copied', () => {
    const chart = testChart();
    const mountOptions = ['hard'];
    addVolumes(chart, { paths: ['/a'], mountOptions });
    mountOptions.push('soft');
    expect(objectsOfKind(synth(chart), 'PersistentVolume')[0].spec?.mountOptions).toEqual(['hard']);
  });
});

describe('volumes that are read-only', () => {
  test('are mounted by the nodes read-only, by many', () => {
    const chart = testChart();
    addVolumes(chart, { paths: ['/a'], readOnly: true });
    expect(objectsOfKind(synth(chart), 'PersistentVolume')[0].spec).toMatchObject({
      accessModes: ['ReadOnlyMany'],
      mountOptions: ['ro', 'nfsvers=4.1', 'hard', 'noatime'], // the source's readOnly alone does not do it: test/e2e/shared-claim.test.ts
      nfs: { server: 'nfs.example.com', path: '/a', readOnly: true },
    });
  });

  test('of explicitly false are not', () => {
    const [no, leftOut] = [testChart(), testChart()];
    addVolumes(no, { readOnly: false });
    addVolumes(leftOut);
    expect(synthYaml(no)).toBe(synthYaml(leftOut));
  });
});

describe('annotations', () => {
  const annotationsOf = (props: Partial<NfsPersistentVolumesProps>) => {
    const chart = testChart();
    addVolumes(chart, { paths: ['/a'], ...props });
    return synth(chart)[0].metadata?.annotations;
  };
  const GUARDS = { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

  test('keep GitOps tools from deleting volumes', () => {
    expect(annotationsOf({})).toEqual(GUARDS);
  });

  test('that are given come on top', () => {
    expect(annotationsOf({ annotations: { 'example.com/runbook': 'Ask Ann!' } })).toEqual({ ...GUARDS, 'example.com/runbook': 'Ask Ann!' });
  });

  test('are none where tools may delete volumes', () => {
    expect(annotationsOf({ prune: PrunePolicy.ALLOW })).toBeUndefined();
  });

  test('may be others than ours where tools may delete volumes', () => {
    const annotations = { 'argocd.argoproj.io/sync-options': 'Prune=confirm' };
    expect(annotationsOf({ prune: PrunePolicy.ALLOW, annotations })).toEqual(annotations);
  });
});

describe('labels', () => {
  const labelsOf = (props: Partial<NfsPersistentVolumesProps>, id = 'nfs') => {
    const chart = testChart();
    addVolumes(chart, { paths: ['/a'], ...props }, id);
    return synth(chart)[0].metadata?.labels;
  };

  test('are the recommended ones', () => {
    expect(labelsOf({ namePrefix: 'pv' })).toEqual({
      'app.kubernetes.io/component': 'storage', 'app.kubernetes.io/managed-by': 'cdk8s', 'app.kubernetes.io/name': 'pv',
    });
  });

  test('that are given come on top', () => {
    expect(labelsOf({ labels: { 'example.com/team': 'shop', 'app.kubernetes.io/component': 'files' } }))
      .toMatchObject({ 'example.com/team': 'shop', 'app.kubernetes.io/component': 'files' });
  });

  test.each<[what: string, namePrefix: string | undefined, id: string, name: string]>([
    ['the id', undefined, 'nfs', 'nfs'],
    ['the prefix, whatever the id', 'pv', 'My files', 'pv'],
    ['a prefix without what no label may end in', 'files.shop-', 'nfs', 'files.shop'],
    ['a prefix cut to what a label may have', `${'p'.repeat(62)}.pv`, 'nfs', 'p'.repeat(62)],
    ['no prefix', '', 'nfs', 'volumes'],
  ])('name the volumes after %s', (_, namePrefix, id, name) => {
    expect(labelsOf({ namePrefix }, id)).toMatchObject({ 'app.kubernetes.io/name': name });
  });
});
