import { PodVolume, Warnings } from '../../lib';
import { addVolumes, addWeb, testChart } from '../util';

const NAME = 'be a host name or an IP address';
const LETTERS = 'a host name has parts of at most 63 letters, digits, "-" and "_", a hyphen neither first nor last, with dots between them';

describe('an NFS server', () => {
  test.each([
    'nfs', 'NAS01.example.com', 'nas_01.example.com', 'nas01.example.com.', '_nas',
    '3com.example.com', '10.0.0.1', 'fd00::1', '::ffff:10.0.0.1',
    `${'a'.repeat(63)}.example.com`,
  ])('may be %s', (server) => {
    expect(addVolumes(testChart(), { server }).volumes[0].toJson()).toMatchObject({ spec: { nfs: { server } } });
    expect(() => addWeb(testChart(), { mounts: [{ volume: PodVolume.nfs('nfs', server, '/a'), mountPath: '/a' }] })).not.toThrow();
  });

  test.each([
    ['fe80::1%eth0', 'be an address without a zone',
      'the kubelet puts no brackets around it: name a host name or an address of a wider scope'],
    ['[fd00::1]', 'be an address without brackets', 'write "fd00::1"'],
    ['nfs.example.com:2049', NAME, 'name the server without a port, which is the mount option "port=..."'],
    ['nfs.example.com:/a', NAME, 'name the NFS server without a path'],
    ['10.0.0.256', NAME, 'an IPv4 address has four numbers from 0 to 255, without zeros in front'],
    ['10.0.0', NAME, 'an IPv4 address has four numbers from 0 to 255, without zeros in front'],
    ['nas 01', NAME, LETTERS],
    ['-nas', NAME, LETTERS],
    ['nas..example.com', NAME, LETTERS],
    ['nas.example.com..', NAME, LETTERS],
    [`${'a'.repeat(64)}.example.com`, NAME, LETTERS],
    ['nás', NAME, LETTERS],
    ['', NAME, LETTERS],
    ['.', NAME, LETTERS],
    [Array(5).fill('a'.repeat(60)).join('.'), 'have at most 253 characters', 'name a shorter alias, or the address'],
  ])('may not be %s', (server, rule, fix) => {
    expect(() => addVolumes(testChart(), { server })).toThrow(new Error(
      `[test/nfs] 'server' must ${rule}, got ${JSON.stringify(server)}: ${fix}`,
    ));
    expect(() => addWeb(testChart(), { mounts: [{ volume: PodVolume.nfs('nfs', server, '/a'), mountPath: '/a' }] })).toThrow(new Error(
      `[test/web] 'mounts[0].volume.server' must ${rule}, got ${JSON.stringify(server)}: ${fix}`,
    ));
  });

  test.each([['NAS01.example.com', 'nas01.example.com.'], ['fd00::1', 'fd00:0:0::1']])('is one, written %s or %s', (server, again) => {
    const chart = testChart();
    addVolumes(chart, { server, paths: ['/a'] });
    expect(() => addVolumes(chart, { server: again, paths: ['/a'], namePrefix: 'b' }, 'again')).toThrow(new Error(
      '[test/again] \'paths[0]\' must be a folder of its own, unless it is for many pods everywhere, got "/a": '
      + 'it is a volume of \'test/nfs\' already; name another, or give both only ReadOnlyMany or ReadWriteMany',
    ));
  });

  test('exports folders with a colon, which a mount path may not have', () => {
    expect(addVolumes(testChart(), { paths: ['/vol:1'] }).volumes[0].toJson()).toMatchObject({ spec: { nfs: { path: '/vol:1' } } });
    expect(() => addWeb(testChart(), { mounts: [{ volume: PodVolume.nfs('nfs', 'a', '/b:c'), mountPath: '/a' }] })).not.toThrow();
  });

  test('may be named with an underscore in mount options, too', () => {
    expect(() => addVolumes(testChart(), { mountOptions: ['mounthost=NAS_01'] })).not.toThrow();
  });
});

describe('a server that only the DNS of the cluster knows', () => {
  const warning = (property: string, server: string) => `'${property}' is "${server}", a name of the cluster's DNS, which nodes do not ask, `
    + 'and nodes mount: name the clusterIP of the Service, unless the resolvers of the nodes forward names of the cluster';

  test.each(['nfs.storage.svc.cluster.local', 'nfs.storage.svc', 'NFS.storage.SVC.cluster.local.'])('%s is warned of', (server) => {
    const chart = testChart();
    addVolumes(chart, { server });
    addWeb(chart, { mounts: [{ volume: PodVolume.nfs('nfs', server, '/a'), mountPath: '/a' }] });
    expect(Warnings.below(chart)).toEqual([
      `[test/nfs] ${warning('server', server)}`, `[test/web] ${warning('mounts[0].volume.server', server)}`,
    ]);
  });

  test.each(['nfs.svc-1.example.com', 'svcnfs.example.com', '10.0.0.1'])('is none: %s', (server) => {
    const chart = testChart();
    addVolumes(chart, { server });
    expect(Warnings.below(chart)).toEqual([]);
  });
});
