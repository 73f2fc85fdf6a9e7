import { Duration, Size } from 'cdk8s';
import { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { DisruptionBudget, GroupConsistency, MySqlAccounts, MySqlClusterProps, MySqlTls, MySqlTopology } from '../../../lib';
import { Manifest, objectOfKind, objectsOfKind, podOf, synth, testChart } from '../../util';
import { addCluster, fileIn, renderMySql, withoutScripts } from '../cluster';
import { group, ofKind, podsOf, SIZES } from './group';

/** A group that says everything that a group can say beside what any cluster can. */
const EVERYTHING: Partial<MySqlClusterProps> = {
  name: 'shop-db',
  topology: MySqlTopology.innoDbCluster({
    members: 5,
    placement: { nodeSelector: { disk: 'fast' }, priorityClassName: 'critical' },
    maxLag: Duration.seconds(5),
    memberExpelTimeout: Duration.seconds(15),
    unreachableMajorityTimeout: Duration.minutes(1),
    consistency: GroupConsistency.BEFORE_AND_AFTER,
    messageCacheSize: Size.mebibytes(256),
  }),
  accounts: MySqlAccounts.generated('shop-passwords'),
  resources: { memory: { request: Size.gibibytes(4), limit: Size.gibibytes(4) } },
  users: [{ name: 'shop' }],
  tls: MySqlTls.fromCertManager({ name: 'internal' }),
  disruptionBudget: DisruptionBudget.minAvailable(3),
  labels: { team: 'shop' },
};

describe('a group', () => {
  test('of little more than it must have is that of the snapshot', () => {
    expect(withoutScripts(group())).toMatchSnapshot();
  });

  test('that says everything is that of the snapshot', () => {
    expect(withoutScripts(renderMySql(EVERYTHING))).toMatchSnapshot();
  });

  test('renders the same twice, and in another app', () => {
    const chart = testChart('data');
    addCluster(chart, EVERYTHING);
    expect(synth(chart)).toEqual(synth(chart));
    expect(renderMySql(EVERYTHING)).toEqual(synth(chart));
  });

  test.each(SIZES)('of %i is one StatefulSet whose pods start at the same time, with server ids from 1000 and no role yet', (members) => {
    const set = objectOfKind(group({ members }), 'StatefulSet');
    expect(set.metadata!.name).toBe('mysql');
    expect(set.spec).toMatchObject({ replicas: members, podManagementPolicy: 'Parallel', serviceName: 'mysql-members' });
    expect(set.spec!.template.metadata!.labels).toMatchObject({ 'app.kubernetes.io/component': 'member', 'mysql.role': 'none' });
    expect(Object.keys(set.spec!.selector.matchLabels!)).not.toContain('mysql.role');
    expect(podOf(set).containers.map(({ env }) => env!.find(({ name }) => name === 'SERVER_ID_BASE')?.value)).toEqual(['1000', undefined]);
  });

  test.each(SIZES)('of %i lists its pods, and bears less than half of them to be away', (members) => {
    const objects = group({ members });
    expect(fileIn(objects, 'mysql-topology', 'members')).toBe(podsOf(members).map((name) => `${name}\n`).join(''));
    expect(objectOfKind(objects, 'PodDisruptionBudget').spec).toMatchObject({
      maxUnavailable: (members - 1) / 2, selector: { matchLabels: { 'app.kubernetes.io/name': 'mysql' } },
    });
  });

  test('tells where clients connect, and what its pods and claims are called', () => {
    const cluster = addCluster(testChart('data'), { topology: MySqlTopology.innoDbCluster({ members: 3 }) });
    expect(cluster.readWrite.host).toBe('mysql.data.svc.cluster.local');
    expect(cluster.readOnly.host).toBe('mysql-read.data.svc.cluster.local');
    expect(cluster.podNames).toEqual(podsOf(3));
    expect(cluster.podDnsNames[2]).toBe('mysql-2.mysql-members.data.svc.cluster.local');
    expect(cluster.claims.map(({ name }) => name)).toEqual(['data-mysql-0', 'data-mysql-1', 'data-mysql-2']);
  });

  test('has Services that go by what the pods are', () => {
    const services = objectsOfKind(group(), 'Service').map(({ metadata, spec }) => [metadata!.name, spec!.selector]);
    expect(services).toEqual([
      ['mysql-members', { 'app.kubernetes.io/name': 'mysql' }],
      ['mysql', { 'app.kubernetes.io/name': 'mysql', 'mysql.role': 'primary' }],
      ['mysql-read', { 'app.kubernetes.io/name': 'mysql', 'mysql.role': 'secondary' }],
    ]);
  });

  test('has in its pods the scripts of groups, and none of the other topology', () => {
    const scripts = Object.keys(ofKind<{ metadata: { name: string }; data: Record<string, string> }>(group(), 'ConfigMap')
      .find(({ metadata }) => metadata.name === 'mysql-scripts')!.data);
    expect(scripts).toEqual(expect.arrayContaining([
      'act.sh', 'agent.sh', 'await-hand-over.sh', 'bootstrap-group.sh', 'decide.sh', 'fence.sh', 'group-accounts.sql', 'guard.sh',
      'hand-over.sh', 'joining.sh', 'labels.sh', 'lib.sh', 'member-row.sh', 'member-state.sql', 'observe.sh', 'operate.sh', 'provision.sh',
      'renew-view.sql', 'server.sh', 'session.sh', 'successor.sql', 'survey.sql', 'view.sh',
    ]));
    const others = ['promote.sh', 'decide-replica.sh', 'open-for-writes.sh', 'open-source.sql'];
    expect(scripts.filter((name) => others.includes(name))).toEqual([]);
  });
});

describe('a member', () => {
  test('that is told to stop waits until its agent has handed over, for less than the pod is given', () => {
    const pod = podOf(objectOfKind(group(), 'StatefulSet'));
    expect(pod.containers.map(({ lifecycle }) => lifecycle?.preStop?.exec?.command)).toEqual([['/scripts/await-hand-over.sh'], undefined]);
    expect(pod.terminationGracePeriodSeconds).toBe(300);
  });

  test('keeps away from the others, seen over all of them', () => {
    const pod = podOf(objectOfKind(group(), 'StatefulSet'));
    expect(pod.affinity!.podAntiAffinity!.preferredDuringSchedulingIgnoredDuringExecution![0].podAffinityTerm).toMatchObject({
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql' } }, topologyKey: 'kubernetes.io/hostname',
    });
    expect(pod.topologySpreadConstraints).toHaveLength(1);
  });

  test('runs where its placement says', () => {
    const pod = podOf(objectOfKind(group({ placement: { nodeSelector: { disk: 'fast' }, priorityClassName: 'critical' } }), 'StatefulSet'));
    expect(pod).toMatchObject({ nodeSelector: { disk: 'fast' }, priorityClassName: 'critical' });
  });

  test('is made anew when a script or an option changes, and not when another member is added', () => {
    const checksum = (objects: Manifest[]) => (
      objectOfKind(objects, 'StatefulSet').spec!.template.metadata!.annotations!['checksum/config']
    );
    expect(checksum(group({ members: 5 }))).toBe(checksum(group()));
    expect(checksum(group({ memberExpelTimeout: Duration.seconds(1) }))).not.toBe(checksum(group()));
  });
});

describe('what a person does', () => {
  const jobs = (objects: Manifest[]) => ofKind<{
    metadata: { name: string };
    spec: { suspend: boolean; jobTemplate: { spec: { backoffLimit: number; template: { spec: IPodSpec } } } };
  }>(objects, 'CronJob');

  test('are suspended CronJobs, which try once', () => {
    expect(jobs(group()).map(({ metadata, spec }) => [
      metadata.name, spec.suspend, spec.jobTemplate.spec.backoffLimit, spec.jobTemplate.spec.template.spec.containers[0].command,
    ])).toEqual([
      ['mysql-switchover', true, 0, ['/scripts/operate.sh', 'switchover']],
      ['mysql-recover', true, 0, ['/scripts/operate.sh', 'recover']],
    ]);
  });

  test('needs three of the passwords', () => {
    const accounts = jobs(group()).map(({ spec }) => spec.jobTemplate.spec.template.spec.volumes!.find(({ name }) => name === 'accounts')!);
    for (const { secret } of accounts) {
      expect(secret!.items!.map(({ key }) => key)).toEqual(['admin-password', 'monitor-password', 'replication-password']);
    }
  });
});
