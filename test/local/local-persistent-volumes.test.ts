import { App, Chart, JsonPatch, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import {
  ClaimUse, LocalPersistentVolumes, LocalPersistentVolumesProps, LocalStorageClass, LocalVolume, VolumeClaim, Warnings,
} from '../../lib';
import { addLocalVolumes, addWeb, claim, objectOfKind, objectsOfKind, synth, synthYaml, testChart } from '../util';
import { EVERYTHING } from './everything';

describe('YAML', () => {
  test('of the minimum is that of the snapshot', () => {
    const chart = testChart();
    new LocalPersistentVolumes(chart, 'local', { volumes: [LocalVolume.onHost('node-1', '/mnt/data')], capacity: Size.gibibytes(1) });
    expect(synthYaml(chart)).toMatchSnapshot();
  });

  test('of everything on is that of the snapshot', () => {
    const chart = testChart('shop');
    const volumes = new LocalPersistentVolumes(chart, 'local', EVERYTHING);
    volumes.reserveClaims(new VolumeClaim({
      name: 'data', namespace: 'shop', size: Size.gibibytes(1), storageClassName: 'mysql-local-storage',
      accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE_POD],
    }));
    expect(synthYaml(chart)).toMatchSnapshot();
    expect(synthYaml(chart)).toBe(synthYaml(chart));
  });

  test('of properties that are explicitly undefined is that of properties left out', () => {
    const { volumes, capacity } = EVERYTHING;
    const optional = Object.keys(EVERYTHING).filter((name) => !['volumes', 'capacity'].includes(name));
    const [explicit, leftOut] = [testChart(), testChart()];
    new LocalPersistentVolumes(explicit, 'local', {
      volumes, capacity, ...Object.fromEntries(optional.map((name) => [name, undefined])) as Partial<LocalPersistentVolumesProps>,
    });
    new LocalPersistentVolumes(leftOut, 'local', { volumes, capacity });
    expect(synthYaml(explicit)).toBe(synthYaml(leftOut));
  });
});

describe('volumes', () => {
  const affinityOf = (volume: LocalVolume) => {
    const chart = testChart();
    addLocalVolumes(chart, { volumes: [volume] });
    return objectOfKind(synth(chart), 'PersistentVolume').spec?.nodeAffinity;
  };

  test('on a host are for its pods only', () => {
    expect(affinityOf(LocalVolume.onHost('node-1', '/mnt/data'))).toEqual({
      required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }] }] },
    });
  });

  test('on a labelled node ask for every label', () => {
    expect(affinityOf(LocalVolume.onLabelledNode({ mysql: 'master', disk: 'nvme' }, '/mnt/data'))).toEqual({
      required: {
        nodeSelectorTerms: [{
          matchExpressions: [{ key: 'disk', operator: 'In', values: ['nvme'] }, { key: 'mysql', operator: 'In', values: ['master'] }],
        }],
      },
    });
  });

  test('are retained, of the class, in no namespace', () => {
    const chart = testChart('shop');
    const { storageClassName, volumeNames } = addLocalVolumes(chart);
    const volumes = objectsOfKind(synth(chart), 'PersistentVolume');
    expect(volumes.map(({ metadata }) => [metadata?.name, metadata?.namespace]))
      .toEqual([['local-000', undefined], ['local-001', undefined]]);
    expect(volumeNames).toEqual(['local-000', 'local-001']);
    expect(volumes.map(({ spec }) => [spec?.persistentVolumeReclaimPolicy, spec?.storageClassName, spec?.local?.path]))
      .toEqual(Array(2).fill(['Retain', storageClassName, '/mnt/data']));
  });

  test('can be patched', () => {
    const chart = testChart();
    const { volumes, storageClass } = addLocalVolumes(chart);
    volumes[0].addJsonPatch(JsonPatch.add('/spec/local/fsType', 'xfs'));
    storageClass?.addJsonPatch(JsonPatch.add('/allowVolumeExpansion', false));
    expect(objectsOfKind(synth(chart), 'PersistentVolume')[0].spec?.local).toEqual({ path: '/mnt/data', fsType: 'xfs' });
    expect(objectOfKind(synth(chart), 'StorageClass')).toMatchObject({ allowVolumeExpansion: false });
  });

  test('of one path may be on several nodes, and of one node on several paths', () => {
    const places = [
      LocalVolume.onHost('a', '/mnt/x'), LocalVolume.onHost('b', '/mnt/x'), LocalVolume.onHost('a', '/mnt/y'),
      LocalVolume.onLabelledNode({ mysql: 'master' }, '/mnt/x'), LocalVolume.onLabelledNode({ mysql: 'slave' }, '/mnt/x'),
    ];
    expect(addLocalVolumes(testChart(), { volumes: places }).volumeNames).toHaveLength(5);
  });

  test('have a copy of the labels', () => {
    const labels = { mysql: 'master' };
    const volume = LocalVolume.onLabelledNode(labels, '/mnt/data');
    labels.mysql = 'slave';
    volume.nodeLabels.mysql = 'slave';
    expect(volume.nodeLabels).toEqual({ mysql: 'master' });
  });

  test('have no warning for a database: it is where databases belong', () => {
    const chart = testChart();
    addLocalVolumes(chart).reserveClaims(new VolumeClaim({
      name: 'data', namespace: 'shop', size: Size.gibibytes(1), storageClassName: 'local', use: ClaimUse.DATABASE,
    }));
    expect(Warnings.below(chart)).toEqual([]);
  });
});

describe('the StorageClass', () => {
  test('makes claims wait for a pod, and lives outside of namespaces', () => {
    const chart = testChart('shop');
    addLocalVolumes(chart);
    expect(objectOfKind(synth(chart), 'StorageClass')).toMatchObject({
      metadata: { name: 'local' }, provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer',
    });
    expect(objectOfKind(synth(chart), 'StorageClass').metadata).not.toHaveProperty('namespace');
  });

  test('that exists is named, not rendered', () => {
    const chart = testChart();
    const volumes = addLocalVolumes(chart, { storageClass: LocalStorageClass.existing('disks') });
    expect(objectsOfKind(synth(chart), 'StorageClass')).toEqual([]);
    expect(volumes.storageClass).toBeUndefined();
    expect(objectsOfKind(synth(chart), 'PersistentVolume')[0].spec?.storageClassName).toBe('disks');
  });

  test('may have a name of 253 characters', () => {
    const name = `${'c'.repeat(62)}.`.repeat(4) + 'c';
    expect(addLocalVolumes(testChart(), { storageClass: LocalStorageClass.create(name) }).storageClassName).toBe(name);
  });
});

describe('reserving', () => {
  test('gives each pod its volume, and so its node, and the claims the class', () => {
    const app = new App();
    const storage = new Chart(app, 'storage');
    const workload = new Chart(app, 'web', { namespace: 'shop' });
    addLocalVolumes(storage).reserveFor(addWeb(workload, { replicas: 2, claims: [claim()] }));
    expect(objectsOfKind(synth(storage), 'PersistentVolume').map(({ spec }) => spec?.claimRef)).toEqual([
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'www-web-0' },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'www-web-1' },
    ]);
    expect(objectOfKind(synth(workload), 'StatefulSet').spec?.volumeClaimTemplates?.[0].spec?.storageClassName).toBe('local');
  });

  test('of some templates leaves the others to their class', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { replicas: 2, claims: [claim(), claim({ name: 'logs', mountPath: '/logs' })] });
    addLocalVolumes(chart).reserveFor(web, { templates: ['logs'] });
    expect(objectsOfKind(synth(chart), 'PersistentVolume').map(({ spec }) => spec?.claimRef?.name)).toEqual(['logs-web-0', 'logs-web-1']);
  });
});
