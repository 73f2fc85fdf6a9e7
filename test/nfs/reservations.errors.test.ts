import { Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { ClaimTemplate, NfsPersistentVolumesProps, VolumeClaim, VolumeClaimProps } from '../../lib';
import { addVolumes, addWeb, claim, testChart } from '../util';

const { READ_WRITE_MANY, READ_WRITE_ONCE } = PersistentVolumeAccessMode;
const NO_CLAIMS = `[test/nfs] 'claims' must name at least one claim, got []: give what you reserve for a claim template and at least one replica`;
const CLASS_CURE =
  'give volumes and claim the same class, or leave it out of the claim template; a claim of another class never binds to the volume';

function fails(act: (chart: Chart) => void, message: string): void {
  const chart = testChart('shop');
  expect(() => act(chart)).toThrow(new Error(message));
}

describe('reserveFor fails for', () => {
  test('a workload without claims', () => {
    fails((chart) => addVolumes(chart).reserveFor(addWeb(chart)), NO_CLAIMS);
  });

  test('a workload without replicas', () => {
    fails((chart) => addVolumes(chart).reserveFor(addWeb(chart, { replicas: 0, claims: [claim()] })), NO_CLAIMS);
  });

  test('no template', () => {
    fails((chart) => addVolumes(chart).reserveFor(addWeb(chart, { claims: [claim()] }), { templates: [] }), NO_CLAIMS);
  });

  test('a template that the workload does not have', () => {
    fails(
      (chart) => addVolumes(chart).reserveFor(addWeb(chart, { claims: [claim(), claim({ name: 'logs', mountPath: '/logs' })] }), {
        templates: ['www', 'data'],
      }),
      `[test/nfs] 'templates[1]' must be one of www, logs, got "data": name claim templates of the workload`,
    );
  });

  test('a template of a workload that has none', () => {
    fails((chart) => addVolumes(chart).reserveFor(addWeb(chart), { templates: ['www'] }), NO_CLAIMS);
  });

  test('more claims than volumes', () => {
    fails(
      (chart) => addVolumes(chart).reserveFor(addWeb(chart, { replicas: 5, claims: [claim()] })),
      `[test/nfs] 'paths' must make a volume for each of the 5 claims that are reserved, got 3: add 2 more, or reserve for fewer claims`,
    );
  });

  test('more claims than volumes that are left', () => {
    fails((chart) => {
      const volumes = addVolumes(chart);
      volumes.reserveFor(addWeb(chart, { replicas: 2, claims: [claim()] }, 'a'));
      volumes.reserveFor(addWeb(chart, { replicas: 2, claims: [claim()] }, 'b'));
    }, `[test/nfs] 'paths' must make a volume for each of the 4 claims that are reserved, got 3: add 1 more, or reserve for fewer claims`);
  });

  test('a claim that has a volume already', () => {
    fails((chart) => {
      const web = addWeb(chart, { claims: [claim()] });
      addVolumes(chart).reserveFor(web);
      addVolumes(chart, { namePrefix: 'more', paths: ['/more'] }, 'more').reserveFor(web);
    }, `[test/more] 'claim www-web-0' must have one volume reserved for it, got "shop/www-web-0": ` +
    `'test/nfs' has reserved one already; leave this one out`);
  });

  test('a claim that has a volume of another app already', () => {
    const web = addWeb(testChart('shop'), { claims: [claim()] });
    addVolumes(testChart()).reserveFor(web);
    expect(() => addVolumes(testChart(), { namePrefix: 'more' }, 'more').reserveFor(web)).toThrow(new Error(
      `[test/more] 'claim www-web-0' must have one volume reserved for it, got "shop/www-web-0": ` +
      `'test/nfs' has reserved one already; leave this one out`,
    ));
  });

  const NAMESPACE = `be known, since a claimRef without one never binds`;
  const NAMESPACE_CURE = 'set the namespace of the chart that renders the claim';

  test('a claim whose chart names no namespace', () => {
    const chart = testChart();
    expect(() => addVolumes(chart).reserveFor(addWeb(chart, { claims: [claim()] }))).toThrow(new Error(
      `[test/nfs] 'namespace of claim www-web-0' must ${NAMESPACE}, got nothing: ${NAMESPACE_CURE}`,
    ));
  });

  test('a claim whose namespace is empty', () => {
    const chart = testChart('');
    expect(() => addVolumes(chart).reserveFor(addWeb(chart, { claims: [claim()] }))).toThrow(new Error(
      `[test/nfs] 'namespace of claim www-web-0' must ${NAMESPACE}, got "": ${NAMESPACE_CURE}`,
    ));
  });

  test.each<[what: string, volumes: Partial<NfsPersistentVolumesProps>, template: Partial<ClaimTemplate>, message: string]>([
    ['that is larger than its volume', {}, { size: Size.mebibytes(1025) },
      `'size of claim www-web-0' must be at most the 1Gi of volume pv000, got 1025Mi: ` +
      'raise the capacity of the volumes or lower the size of the claim'],
    ['of a mode that its volume does not have', {}, { accessModes: [READ_WRITE_MANY] },
      `'accessModes of claim www-web-0' must be among those of volume pv000 (ReadWriteOnce), got ["ReadWriteMany"]: ` +
      'give volumes and claim the same access modes'],
    ['of two modes of which its volume has one', {}, { accessModes: [READ_WRITE_ONCE, READ_WRITE_MANY] },
      `'accessModes of claim www-web-0' must be among those of volume pv000 (ReadWriteOnce), got ["ReadWriteOnce","ReadWriteMany"]: ` +
      'give volumes and claim the same access modes'],
    ['of a class where volumes have none', {}, { storageClassName: 'fast' },
      `'storageClassName of claim www-web-0' must be "" as that of volume pv000, got "fast": ${CLASS_CURE}`],
    ['of no class where volumes have one', { storageClassName: 'nfs' }, { storageClassName: '' },
      `'storageClassName of claim www-web-0' must be "nfs" as that of volume pv000, got "": ${CLASS_CURE}`],
  ])('a claim %s', (_, volumes, template, message) => {
    fails((chart) => addVolumes(chart, volumes).reserveFor(addWeb(chart, { claims: [claim(template)] })), `[test/nfs] ${message}`);
  });

  test('a claim whose template has agreed on the class of other volumes', () => {
    fails((chart) => {
      const [first, second] = addWeb(chart, { replicas: 2, claims: [claim()] }).claims;
      addVolumes(chart).reserveClaims(first);
      addVolumes(chart, { namePrefix: 'more', paths: ['/more'], storageClassName: 'nfs' }, 'more').reserveClaims(second);
    }, `[test/more] 'storageClassName of claim www-web-1' must be "nfs" as that of volume more000, got "": ${CLASS_CURE}`);
  });
});

describe('reserveClaims fails for', () => {
  const reserve = (chart: Chart, ...claims: Partial<VolumeClaimProps>[]) => addVolumes(chart).reserveClaims(
    ...claims.map((props) => new VolumeClaim({ name: 'data', namespace: 'shop', size: Size.gibibytes(1), storageClassName: '', ...props })),
  );

  test('no claim', () => {
    fails((chart) => reserve(chart), NO_CLAIMS);
  });

  test('a claim that leaves its class to the cluster', () => {
    fails((chart) => reserve(chart, { storageClassName: undefined }),
      `[test/nfs] 'storageClassName of claim data' must be "" as that of volume pv000, got nothing: ${CLASS_CURE}`);
  });

  test('a claim without namespace', () => {
    fails((chart) => reserve(chart, {}, { name: 'more', namespace: undefined }),
      `[test/nfs] 'namespace of claim more' must be known, since a claimRef without one never binds, got nothing: ` +
      'set the namespace of the chart that renders the claim');
  });

  test.each<[Partial<VolumeClaimProps>, string]>([
    [{ name: 'Data' }, `'name of claim Data' must be a DNS name of at most 253 characters, got "Data": ` +
    'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part'],
    [{ namespace: 'my shop' }, `'namespace of claim data' must be a DNS label of at most 63 characters, got "my shop": ` +
    'use lower-case letters, digits and hyphens, with a letter or digit at both ends'],
    [{ size: Size.gibibytes(0) }, `'size of claim data' must be a size above zero, got 0Ki: write it as in Size.gibibytes(1)`],
  ])('a claim with %j', (props, message) => {
    fails((chart) => reserve(chart, props), `[test/nfs] ${message}`);
  });

  test('a claim that comes twice', () => {
    fails((chart) => reserve(chart, {}, {}),
      `[test/nfs] 'claim data' must have one volume reserved for it, got "shop/data": ` +
      `'test/nfs' has reserved one already; leave this one out`);
  });
});
