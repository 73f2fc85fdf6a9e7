import { NetworkPolicyPort, Pods } from 'cdk8s-plus-27';
import { AuxiliaryContainer, MySqlClusterProps, PodVolume } from '../../../lib';
import { objectsOfKind, podOf, synth, testChart } from '../../util';
import { addCluster, renderMySql } from '../cluster';

const EXPORTER: AuxiliaryContainer = {
  name: 'exporter', image: 'exporter:1', ports: [{ port: 9104, name: 'metrics' }],
  mounts: [{ volume: PodVolume.secret('exporter', 'exporter'), mountPath: '/etc/exporter', readOnly: true }],
};
const BIG = PodVolume.emptyDir('big');

/** The pod of the source. */
function podWith(props: Partial<MySqlClusterProps>) {
  return podOf(objectsOfKind(renderMySql(props), 'StatefulSet')[0]);
}

describe('the pods of members', () => {
  const without = podWith({});
  const pod = podWith({
    sidecars: [EXPORTER],
    mounts: [{ volume: BIG, mountPath: '/big' }, { volume: PodVolume.claimTemplate('data'), mountPath: '/again', subPath: 'x' }],
  });

  test('have sidecars behind the server and the agent, with their volumes and as restricted as these', () => {
    expect(pod.containers.map(({ name }) => name)).toEqual(['mysqld', 'agent', 'exporter']);
    const [mysqld, , exporter] = pod.containers;
    expect(exporter.securityContext).toEqual(mysqld.securityContext);
    expect(exporter.volumeMounts).toEqual([
      { name: 'exporter', mountPath: '/etc/exporter', readOnly: true }, { name: 'scratch-exporter', mountPath: '/tmp', subPath: 'tmp' },
    ]);
    expect(pod.volumes!.slice(without.volumes!.length)).toEqual([
      { name: 'big', emptyDir: {} }, { name: 'exporter', secret: { secretName: 'exporter' } }, { name: 'scratch-exporter', emptyDir: {} },
    ]);
  });

  test('have further volumes in the container of the server alone', () => {
    expect(pod.containers[0].volumeMounts!.slice(without.containers[0].volumeMounts!.length)).toEqual([
      { name: 'big', mountPath: '/big' }, { name: 'data', mountPath: '/again', subPath: 'x' },
    ]);
    expect(pod.containers[1]).toEqual(without.containers[1]);
    expect(pod.initContainers).toEqual(without.initContainers);
  });

  test('are as before without any', () => {
    expect(podWith({ sidecars: [], mounts: [] })).toEqual(without);
  });
});

describe('a PodMonitor of a cluster', () => {
  test('reads a port of a sidecar of the members', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, { sidecars: [EXPORTER] });
    cluster.allowFrom(Pods.select(chart, 'prometheus', { labels: { app: 'prometheus' } }), { ports: [NetworkPolicyPort.tcp(9104)] });
    expect(cluster.addPodMonitor({ labels: { release: 'prometheus' } }).toJson()).toMatchObject({
      kind: 'PodMonitor',
      metadata: { name: 'mysql', labels: { release: 'prometheus' } },
      spec: {
        podMetricsEndpoints: [{ path: '/metrics', port: 'metrics' }], selector: { matchLabels: { 'app.kubernetes.io/name': 'mysql' } },
      },
    });
    expect(objectsOfKind(synth(chart), 'NetworkPolicy')[0].spec!.ingress!.at(-1)!.ports).toEqual([{ port: 9104, protocol: 'TCP' }]);
  });

  test('needs one', () => {
    expect(() => addCluster(testChart('data')).addPodMonitor()).toThrow(new Error(
      `[test/mysql] 'sidecars' must have a port of TCP where a PodMonitor reads metrics, got []: add an exporter with a port, or monitor one that runs in a Deployment of its own`,
    ));
  });
});

test('the Service of the members can be patched and named', () => {
  const { membersServiceName, membersService: { kind, name } } = addCluster(testChart('data'));
  expect([membersServiceName, kind, name]).toEqual(['mysql-members', 'Service', 'mysql-members']);
});

describe('fails with', () => {
  const own = 'provision, mysqld, agent';
  test.each<[string, Partial<MySqlClusterProps>, string]>([
    ['a sidecar of the name of a container of the cluster', { sidecars: [{ ...EXPORTER, name: 'agent' }] },
      `'sidecars[0].name' must be a container name that the cluster does not use, got "agent": choose another one; the cluster uses ${own}`],
    ['a sidecar of the name of the server', { sidecars: [{ ...EXPORTER, name: 'mysqld' }] },
      '\'sidecars[0].name\' must be a container name of its own, got "mysqld": \'mysqld\' has it already'],
    ['the port of the server', { sidecars: [{ ...EXPORTER, ports: [{ port: 3306, name: 'sql' }] }] },
      '\'sidecars[0].ports[0].port\' must be a port number of its own, got 3306: \'ports[0].port\' has it already'],
    ['a folder of the server', { mounts: [{ volume: BIG, mountPath: '/var/lib/mysql' }] },
      `'mounts[0].mountPath' must be a mount path that the cluster does not use, got "/var/lib/mysql": choose another one; the cluster uses /var/lib/mysql, /run/mysqld, /scripts, /topology, /secrets, /config, /tmp, /podinfo`],
    ['a volume of the name of one of the cluster', { mounts: [{ volume: PodVolume.emptyDir('accounts'), mountPath: '/a' }] },
      `'mounts[0].volume.name' must be a volume name that the cluster does not use, got "accounts": choose another one; the cluster uses data, run, tmp, scripts, config, topology, accounts, podinfo`],
    ['a volume of a sidecar of such a name', {
      sidecars: [{ ...EXPORTER, mounts: [{ volume: PodVolume.emptyDir('run'), mountPath: '/a' }] }],
    },
    `'sidecars[0].mounts[0].volume.name' must be a volume name that the cluster does not use, got "run": choose another one; the cluster uses data, run, tmp, scripts, config, topology, accounts, podinfo`],
    ['a claim that there is not', { mounts: [{ volume: PodVolume.claimTemplate('other'), mountPath: '/a' }] },
      '\'mounts[0].volume.name\' must be the name of a claim template, got "other": the claims are data'],
  ])('%s', (_, props, message) => {
    expect(() => renderMySql(props)).toThrow(new Error(`[test/mysql] ${message}`));
  });
});
