import { App, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { NfsPersistentVolumes, VolumeClaim } from '../../lib';
import { addVolumes, addWeb, claim, objectOfKind, objectsOfKind, synth, testChart } from '../util';

/** For each volume the namespace and name of the claim that it is reserved for. */
function reserved(volumes: NfsPersistentVolumes): (string | undefined)[] {
  return objectsOfKind(synth(Chart.of(volumes)), 'PersistentVolume')
    .map(({ spec }) => spec?.claimRef && `${spec.claimRef.namespace}/${spec.claimRef.name}`);
}

function classesOf(chart: Chart): (string | undefined)[] {
  return (objectOfKind(synth(chart), 'StatefulSet').spec?.volumeClaimTemplates ?? []).map((template) => template.spec?.storageClassName);
}

const { READ_WRITE_ONCE, READ_WRITE_MANY } = PersistentVolumeAccessMode;
const LOGS = claim({ name: 'logs', mountPath: '/var/log' });

describe('a volume', () => {
  test('refers to its claim completely, but for what the cluster adds', () => {
    const chart = testChart('shop');
    addVolumes(chart).reserveFor(addWeb(chart, { claims: [claim()] }));
    expect(objectsOfKind(synth(chart), 'PersistentVolume')[0].spec?.claimRef)
      .toEqual({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'www-web-0' });
  });

  test('for each claim is reserved in the order of the ordinals', () => {
    const chart = testChart('shop');
    const volumes = addVolumes(chart, { paths: ['/a', '/b', '/c', '/d', '/e'] });
    volumes.reserveFor(addWeb(chart, { replicas: 2, claims: [claim(), LOGS] }));
    expect(reserved(volumes)).toEqual(['shop/www-web-0', 'shop/logs-web-0', 'shop/www-web-1', 'shop/logs-web-1', undefined]);
  });

  test('keeps its claim when a replica is added', () => {
    const [before, after] = [2, 3].map((replicas) => {
      const chart = testChart('shop');
      const volumes = addVolumes(chart);
      volumes.reserveFor(addWeb(chart, { replicas, claims: [claim()] }));
      return reserved(volumes);
    });
    expect(before).toEqual(['shop/www-web-0', 'shop/www-web-1', undefined]);
    expect(after).toEqual(['shop/www-web-0', 'shop/www-web-1', 'shop/www-web-2']);
  });

  test('is reserved for a claim in another namespace than that of its chart', () => {
    const app = new App();
    const volumes = addVolumes(new Chart(app, 'volumes', { namespace: 'storage' }));
    volumes.reserveFor(addWeb(new Chart(app, 'web', { namespace: 'shop' }), { claims: [claim()] }));
    expect(reserved(volumes)).toEqual(['shop/www-web-0', undefined, undefined]);
  });

  test('may be larger than its claim, and know more modes', () => {
    const chart = testChart('shop');
    const volumes = addVolumes(chart, { accessModes: [READ_WRITE_ONCE, READ_WRITE_MANY] });
    volumes.reserveFor(addWeb(chart, { claims: [claim({ size: Size.mebibytes(1023), accessModes: [READ_WRITE_MANY] })] }));
    expect(reserved(volumes)[0]).toBe('shop/www-web-0');
  });
});

describe('reserveFor', () => {
  test('of some templates leaves the others to their class', () => {
    const chart = testChart('shop');
    const volumes = addVolumes(chart);
    volumes.reserveFor(addWeb(chart, { replicas: 2, claims: [claim(), LOGS] }), { templates: ['logs'] });
    expect(reserved(volumes)).toEqual(['shop/logs-web-0', 'shop/logs-web-1', undefined]);
    expect(classesOf(chart)).toEqual([undefined, '']);
  });

  test('of explicitly undefined templates is that of all', () => {
    const chart = testChart('shop');
    const volumes = addVolumes(chart);
    volumes.reserveFor(addWeb(chart, { claims: [claim(), LOGS] }), { templates: undefined });
    expect(reserved(volumes)).toEqual(['shop/www-web-0', 'shop/logs-web-0', undefined]);
  });

  test('goes on with the next free volumes', () => {
    const chart = testChart('shop');
    const volumes = addVolumes(chart);
    volumes.reserveFor(addWeb(chart, { claims: [claim()] }, 'a'));
    volumes.reserveFor(addWeb(chart, { claims: [claim()] }, 'b'));
    expect(reserved(volumes)).toEqual(['shop/www-a-0', 'shop/www-b-0', undefined]);
  });

  test('takes every owner of claims', () => {
    const volumes = addVolumes(testChart());
    volumes.reserveFor({ claims: [new VolumeClaim({ name: 'data', namespace: 'shop', size: Size.gibibytes(1), storageClassName: '' })] });
    expect(reserved(volumes)).toEqual(['shop/data', undefined, undefined]);
  });
});

describe('the class of a claim template', () => {
  test('that names none becomes the empty one of volumes without a class', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { claims: [claim()] });
    addVolumes(chart).reserveFor(web);
    expect(classesOf(chart)).toEqual(['']);
    expect(web.claims.map((one) => one.storageClassName)).toEqual(['']);
  });

  test('that names none becomes that of the volumes', () => {
    const chart = testChart('shop');
    addVolumes(chart, { storageClassName: 'nfs' }).reserveFor(addWeb(chart, { claims: [claim()] }));
    expect(classesOf(chart)).toEqual(['nfs']);
  });

  test('that names none becomes that of volumes in another app', () => {
    const [workload, storage] = [testChart('shop'), testChart()];
    const volumes = addVolumes(storage);
    volumes.reserveFor(addWeb(workload, { claims: [claim()] }));
    expect(classesOf(workload)).toEqual(['']);
    expect(reserved(volumes)).toEqual(['shop/www-web-0', undefined, undefined]);
  });

  test.each(['', 'nfs'])('that is %p is accepted by volumes of the same', (storageClassName) => {
    const chart = testChart('shop');
    addVolumes(chart, { storageClassName }).reserveFor(addWeb(chart, { claims: [claim({ storageClassName })] }));
    expect(classesOf(chart)).toEqual([storageClassName]);
  });

  test('may be agreed on twice, for two sets of volumes of one class', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { replicas: 2, claims: [claim()] });
    const [first, second] = web.claims;
    addVolumes(chart).reserveClaims(first);
    addVolumes(chart, { namePrefix: 'more', paths: ['/more'] }, 'more').reserveClaims(second);
    expect(classesOf(chart)).toEqual(['']);
  });
});

describe('reserveClaims', () => {
  test('takes claims that something else renders', () => {
    const volumes = addVolumes(testChart(), { storageClassName: 'nfs' });
    const one = (name: string, namespace: string) => new VolumeClaim({ name, namespace, size: Size.gibibytes(1), storageClassName: 'nfs' });
    volumes.reserveClaims(one('data-mysql-0', 'shop'), one('data-mysql-0', 'bank'));
    expect(reserved(volumes)).toEqual(['shop/data-mysql-0', 'bank/data-mysql-0', undefined]);
  });
});
