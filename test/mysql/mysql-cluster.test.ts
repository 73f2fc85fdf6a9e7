import { Chart } from 'cdk8s';
import { Pods } from 'cdk8s-plus-27';
import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { DisruptionBudget, MySqlTls, NetworkIsolation, StatefulWeb } from '../../lib';
import { objectOfKind, objectsOfKind, podOf, synth, testChart } from '../util';
import { addCluster, EVERYTHING, fileIn, renderMySql, withoutScripts } from './cluster';

type Objects = ReturnType<typeof renderMySql>;

const names = (objects: Objects) => objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`);

describe('a cluster', () => {
  test('of little more than it must have is that of the snapshot', () => {
    expect(withoutScripts(renderMySql())).toMatchSnapshot();
  });

  test('that says everything is that of the snapshot', () => {
    expect(withoutScripts(renderMySql(EVERYTHING))).toMatchSnapshot();
  });

  test('renders the same twice', () => {
    const chart = testChart('data');
    addCluster(chart, EVERYTHING);
    expect(synth(chart)).toEqual(synth(chart));
  });

  test('tells where clients connect, and what its pods and claims are called', () => {
    const cluster = addCluster(testChart('data'));
    expect(cluster.readWrite).toEqual({ serviceName: 'mysql', host: 'mysql.data.svc.cluster.local', port: 3306 });
    expect(cluster.readOnly).toEqual({ serviceName: 'mysql-read', host: 'mysql-read.data.svc.cluster.local', port: 3306 });
    expect(cluster.podNames).toEqual(['mysql-source-0', 'mysql-replica-0', 'mysql-replica-1']);
    expect(cluster.podDnsNames[0]).toBe('mysql-source-0.mysql-members.data.svc.cluster.local');
    expect(cluster.claims.map(({ name, use }) => [name, use])).toEqual([
      ['data-mysql-source-0', 'DATABASE'], ['data-mysql-replica-0', 'DATABASE'], ['data-mysql-replica-1', 'DATABASE'],
    ]);
  });

  test('has short names in DNS in a chart without a namespace', () => {
    expect(addCluster(testChart()).readWrite.host).toBe('mysql');
  });
});

describe('of the faults of the original manifests', () => {
  const objects = renderMySql();
  const sets = objectsOfKind(objects, 'StatefulSet');
  const containers = sets.flatMap((set) => [...podOf(set).containers, ...podOf(set).initContainers ?? []]);

  test('1: each StatefulSet selects its own pods only', () => {
    for (const set of sets) {
      const others = sets.filter((other) => other !== set).map((other) => other.spec!.template.metadata!.labels!);
      const selector = Object.entries(set.spec!.selector.matchLabels!);
      expect(others.some((labels) => selector.every(([key, value]) => labels[key] === value))).toBe(false);
    }
  });

  test('3: no password is in a manifest, an argument or the environment', () => {
    expect(objectsOfKind(renderMySql(EVERYTHING), 'Secret' as never)).toEqual([]);
    expect(containers.flatMap(({ env }) => env ?? []).map(({ name }) => name).sort().filter((name, index, all) => all[index - 1] !== name))
      .toEqual([
        'CLUSTER_DOMAIN', 'DEFAULT_SOURCE', 'MAX_LAG', 'MEMBERS_SERVICE', 'POD_NAME', 'POD_NAMESPACE', 'SEMI_SYNCHRONOUS', 'SERVER_ID_BASE',
      ]);
    expect(containers.flatMap(({ args }) => args ?? [])).toEqual([]);
  });

  test('5: members are called by names in DNS, ready or not', () => {
    const members = objectsOfKind(objects, 'Service').find(({ metadata }) => metadata?.name === 'mysql-members')!;
    expect(members.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(sets.map((set) => set.spec!.serviceName)).toEqual(['mysql-members', 'mysql-members']);
  });

  test('6: there is one image', () => {
    expect([...new Set(containers.map(({ image }) => image))]).toEqual(['mysql:9.7']);
  });

  test('8: the read Service selects replicas only', () => {
    const selector = (name: string) => objectsOfKind(objects, 'Service').find(({ metadata }) => metadata?.name === name)!.spec!.selector;
    expect(selector('mysql')).toEqual({ 'app.kubernetes.io/name': 'mysql', 'mysql.role': 'source' });
    expect(selector('mysql-read')).toEqual({ 'app.kubernetes.io/name': 'mysql', 'mysql.role': 'replica' });
    expect(sets.map((set) => set.spec!.template.metadata!.labels!['mysql.role'])).toEqual(['source', 'replica']);
  });

  test('10: no script has a variable in the form of Kubernetes', () => {
    const scripts = (objects as unknown as IConfigMap[]).find(({ metadata }) => metadata?.name === 'mysql-scripts')!.data!;
    expect(Object.entries(scripts).filter(([, text]) => /\$\([A-Z_]+\)/.test(text)).map(([name]) => name)).toEqual([]);
  });

  test('11: pods are limited, restricted, budgeted and alone', () => {
    for (const container of containers) {
      expect(container.resources).toMatchObject({ limits: { memory: expect.any(String) as string, cpu: expect.any(String) as string } });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true,
      });
    }
    expect(objectOfKind(objects, 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1 });
    const policy = objectsOfKind(objects, 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'mysql')!;
    expect(policy.spec!.ingress!.map(({ from }) => from)).toEqual([
      ['mysql', 'mysql-operation'].map((name) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } })),
    ]);
    expect(fileIn(objects, 'mysql-config', 'my.cnf')).toContain('require_secure_transport = ON');
  });

  test('12: liveness asks a script that lets the server start, recover and be cloned', () => {
    const [mysqld] = podOf(sets[0]).containers;
    expect(mysqld.livenessProbe!.exec!.command).toEqual(['/scripts/probe.sh', 'liveness']);
    expect(mysqld.startupProbe).toMatchObject({ failureThreshold: 720, periodSeconds: 5 });
  });

  test('server ids count from 100 and 200', () => {
    expect(sets.map((set) => podOf(set).containers[0].env!.find(({ name }) => name === 'SERVER_ID_BASE')!.value)).toEqual(['100', '200']);
  });
});

describe('files', () => {
  test('list members and declare databases and users, without changing the pods', () => {
    const checksum = (objects: Objects) => (
      objectsOfKind(objects, 'StatefulSet')[0].spec!.template.metadata!.annotations!['checksum/config']
    );
    const [few, many] = [renderMySql(), renderMySql({ databases: [{ name: 'shop' }] })];
    expect(checksum(many)).toBe(checksum(few));
    expect(fileIn(many, 'mysql-topology', 'members')).toBe('mysql-source-0\nmysql-replica-0\nmysql-replica-1\n');
    expect(fileIn(renderMySql(EVERYTHING), 'shop-db-topology', 'declaration')).toBe([
      'database\tshop\tutf8mb4\tutf8mb4_0900_ai_ci',
      'database\tarchive\tlatin1\tlatin1_swedish_ci',
      'user\tshop\tshop-db-user-shop/password',
      'grant\tshop\tALL PRIVILEGES\tshop',
      'grant\tshop\tSELECT, SHOW VIEW\tarchive',
      'user\treport\treport/password',
      '',
    ].join('\n'));
    expect(checksum(renderMySql({ configuration: { max_connections: '50' } }))).not.toBe(checksum(few));
  });
});

describe('who may connect', () => {
  test('a web that is named, on the port of MySQL', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart);
    cluster.allowFrom(new StatefulWeb(chart, 'web', { image: 'nginx:1.29' }));
    const policy = objectsOfKind(synth(chart), 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'mysql')!;
    expect(policy.spec!.ingress![1]).toMatchObject({
      from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }], ports: [{ port: 3306, protocol: 'TCP' }],
    });
  });

  test('anybody without a policy, and then nobody can be named', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, { isolation: NetworkIsolation.NONE });
    expect(names(synth(chart)).filter((name) => name.startsWith('NetworkPolicy'))).toEqual([]);
    expect(() => cluster.allowFrom(Pods.all(chart, 'all')))
      .toThrow('[test/mysql] \'isolation\' must be NetworkIsolation.POLICY where allowFrom names a peer, got');
  });

  test('the cluster is a peer of other workloads', () => {
    const chart = testChart('data');
    const web = new StatefulWeb(chart, 'web', { image: 'nginx:1.29' });
    web.allowTo(addCluster(chart));
    const policy = objectsOfKind(synth(chart), 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'web')!;
    expect(policy.spec!.egress![1]).toMatchObject({
      to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql' } } }], ports: [{ port: 3306 }],
    });
  });
});

test('a certificate names all pods and Services', () => {
  const cluster = addCluster(testChart('data'), { tls: MySqlTls.fromSecretName('mysql-tls') });
  expect(cluster.certificateDnsNames).toEqual([
    '*.mysql-members.data.svc.cluster.local', '*.mysql-members.data.svc', '*.mysql-members.data',
    'mysql.data.svc.cluster.local', 'mysql.data.svc', 'mysql.data', 'mysql',
    'mysql-read.data.svc.cluster.local', 'mysql-read.data.svc', 'mysql-read.data', 'mysql-read',
  ]);
});

test('no budget is rendered where none is wanted', () => {
  expect(names(renderMySql({ disruptionBudget: DisruptionBudget.none() }))).not.toContain('PodDisruptionBudget mysql');
});

test('two clusters live in one namespace under two names', () => {
  const chart: Chart = testChart('data');
  addCluster(chart);
  addCluster(chart, {}, 'other');
  expect(names(synth(chart)).filter((name) => name.startsWith('StatefulSet'))).toEqual([
    'StatefulSet mysql-source', 'StatefulSet mysql-replica', 'StatefulSet other-source', 'StatefulSet other-replica',
  ]);
});
