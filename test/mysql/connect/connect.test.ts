import { Chart, Cron, Yaml } from 'cdk8s';
import { CronJob, DaemonSet, Deployment, EnvValue, Job, Pod, Service, StatefulSet, Workload } from 'cdk8s-plus-27';
import { MySqlAccess, MySqlBinding, MySqlTls, MySqlTopology, MySqlUserTls, NetworkIsolation } from '../../../lib';
import { addWeb, objectsOfKind, synth, testChart } from '../../util';
import { fileIn } from '../cluster';
import { addDeployment, addShop, Container, podOf, variablesOf } from './clients';

const SHOP = {
  MYSQL_HOST: 'mysql-user-shop/host', MYSQL_PORT: 'mysql-user-shop/port', MYSQL_USER: 'mysql-user-shop/username',
  MYSQL_PASSWORD: 'mysql-user-shop/password', MYSQL_DATABASE: 'mysql-user-shop/database', MYSQL_URI: 'mysql-user-shop/uri',
  MYSQL_SSL_MODE: 'mysql-user-shop/ssl-mode',
};
const CONTAINERS = [{ name: 'app', image: 'app:1' }];

/** The container `app` of a connected Deployment. */
function connected(options: Parameters<ReturnType<typeof addShop>['connect']>[1], tls?: MySqlTls): Container & { volume?: unknown } {
  const chart = testChart('data');
  addShop(chart, { tls }).connect(addDeployment(chart), options);
  const { containers, volumes = [] } = podOf(synth(chart), 'Deployment');
  return { ...containers[0], volume: volumes[0] };
}

describe('a StatefulWeb that is connected', () => {
  const chart = testChart('data');
  const db = addShop(chart);
  const web = addWeb(chart, { envVariables: { TZ: EnvValue.fromValue('UTC') } });
  const connection = db.connect(web, { user: 'shop', database: 'shop' });
  const objects = synth(chart);

  test('has what it needs in its environment, all of it from the Secret of the user', () => {
    expect(variablesOf(podOf(objects, 'StatefulSet').containers[0])).toEqual({ ...SHOP, TZ: 'UTC' });
  });

  test('is let in, and let out', () => {
    const policies = objectsOfKind(objects, 'NetworkPolicy');
    const of = (name: string) => policies.find(({ metadata }) => metadata?.name === name)!.spec!;
    const ports = [{ port: 3306, protocol: 'TCP' }];
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'data' } };
    expect(of('mysql').ingress!.at(-1)).toEqual({
      from: [{ namespaceSelector, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }], ports,
    });
    expect(of('web').egress!.at(-1)).toEqual({
      to: [{ namespaceSelector, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql' } } }], ports,
    });
  });

  test('is told what it got', () => {
    expect(connection).toEqual({
      endpoint: db.readWrite, user: 'shop', database: 'shop', secretName: 'mysql-user-shop', passwordKey: 'password', folder: undefined,
      caFile: undefined,
      variables: {
        host: 'MYSQL_HOST', port: 'MYSQL_PORT', username: 'MYSQL_USER', password: 'MYSQL_PASSWORD', database: 'MYSQL_DATABASE',
        uri: 'MYSQL_URI', 'ssl-mode': 'MYSQL_SSL_MODE',
      },
    });
  });

  test('may have the connection in an init container and in a sidecar, by name', () => {
    const other = testChart('data');
    const cluster = addShop(other);
    const more = addWeb(other, { initContainers: [{ name: 'migrate', image: 'm:1' }], sidecars: [{ name: 'worker', image: 'w:1' }] });
    cluster.connect(more, { user: 'shop', container: 'migrate' });
    cluster.connect(more, { user: 'report', container: 'worker', binding: MySqlBinding.folder() });
    const { containers, initContainers } = podOf(synth(other), 'StatefulSet');
    expect(variablesOf(initContainers![0])).toEqual(SHOP);
    expect(containers.map(variablesOf)).toEqual([{}, { SERVICE_BINDING_ROOT: '/bindings' }]);
    const ingress = objectsOfKind(synth(other), 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'mysql')!.spec!.ingress!;
    expect(ingress.filter((rule) => JSON.stringify(rule).includes('"web"'))).toHaveLength(1);
  });

  test('may have no policy, as the cluster may have none', () => {
    const other = testChart('data');
    addShop(other, { isolation: NetworkIsolation.NONE }).connect(addWeb(other, { isolation: NetworkIsolation.NONE }), { user: 'shop' });
    expect(objectsOfKind(synth(other), 'NetworkPolicy')).toEqual([]);
  });
});

test('what connected workloads render is that of the snapshot', () => {
  const [chart, clients] = [testChart('data'), testChart('data')];
  const db = addShop(chart, { tls: MySqlTls.fromCertManager({ name: 'ca' }) });
  db.connect(addWeb(clients), { user: 'shop' });
  db.connect(addDeployment(clients, { isolate: true }), { user: 'report', access: MySqlAccess.READ_ONLY, binding: MySqlBinding.folder() });
  expect(Yaml.stringify(...synth(clients))).toMatchSnapshot();
});

describe('a workload of cdk8s-plus that is connected', () => {
  test.each<[kind: string, add: (chart: Chart) => Workload | Pod]>([
    ['Deployment', (chart) => addDeployment(chart)],
    ['StatefulSet', (chart) => {
      return new StatefulSet(chart, 'app', { containers: CONTAINERS, service: new Service(chart, 's', { ports: [{ port: 80 }] }) });
    }],
    ['DaemonSet', (chart) => new DaemonSet(chart, 'app', { containers: CONTAINERS })],
    ['Job', (chart) => new Job(chart, 'app', { containers: CONTAINERS })],
    ['CronJob', (chart) => new CronJob(chart, 'app', { containers: CONTAINERS, schedule: Cron.daily() })],
    ['Pod', (chart) => new Pod(chart, 'app', { containers: CONTAINERS })],
  ])('has what it needs as a %s, and is let in', (kind, add) => {
    const [chart, apart] = [testChart('data'), testChart('data')];
    const db = addShop(chart);
    db.connect(add(apart), { user: 'shop' });
    expect(variablesOf(podOf(synth(apart), kind).containers[0])).toEqual(SHOP);
    const { ingress } = objectsOfKind(synth(chart), 'NetworkPolicy')[0].spec!;
    expect(JSON.stringify(ingress!.at(-1))).toContain('"cdk8s.io/metadata.addr":"test-app-');
    expect(objectsOfKind(synth(apart), 'NetworkPolicy')).toEqual([]); // with one, it would reach nothing else
  });

  test('reaches the cluster and DNS where its policies restrict its egress', () => {
    const chart = testChart('data');
    const db = addShop(testChart('data'));
    const app = addDeployment(chart, { isolate: true });
    db.connect(app, { user: 'shop' });
    db.connect(app, { user: 'report', binding: MySqlBinding.folder() });
    const policies = objectsOfKind(synth(chart), 'NetworkPolicy');
    expect(policies).toHaveLength(2); // the one of `isolate` and this one
    expect(policies[1].spec).toMatchObject({ podSelector: policies[0].spec!.podSelector, policyTypes: ['Egress'] });
    expect(policies[1].spec!.egress!.map(({ ports }) => ports!.map(({ port }) => port))).toEqual([[53, 53], [3306]]);
  });
});

describe('a connection', () => {
  test('for reads only leads to the other Service', () => {
    const chart = testChart('data');
    const db = addShop(chart);
    expect(db.connect(addDeployment(chart), { user: 'shop', access: MySqlAccess.READ_ONLY }).endpoint).toEqual(db.readOnly);
    expect(variablesOf(podOf(synth(chart), 'Deployment').containers[0])).toMatchObject({
      MYSQL_HOST: 'mysql-user-shop/read-only-host', MYSQL_URI: 'mysql-user-shop/read-only-uri', MYSQL_PORT: 'mysql-user-shop/port',
    });
  });

  test('to another database of the user has its name', () => {
    expect(variablesOf(connected({ user: 'shop', database: 'archive', access: MySqlAccess.READ_ONLY }))).toMatchObject({
      MYSQL_DATABASE: 'mysql-user-shop/archive.database', MYSQL_URI: 'mysql-user-shop/archive.read-only-uri',
    });
  });

  test('of a user without grants names no database', () => {
    expect(Object.keys(variablesOf(connected({ user: 'exporter' })))).not.toContain('MYSQL_DATABASE');
  });

  test('has the names that the application knows', () => {
    const binding = MySqlBinding.variables({ prefix: 'DB_', names: { host: 'WORDPRESS_DB_HOST', password: 'WORDPRESS_DB_PASSWORD' } });
    expect(Object.keys(variablesOf(connected({ user: 'shop', binding })))).toEqual([
      'WORDPRESS_DB_HOST', 'DB_PORT', 'DB_USER', 'WORDPRESS_DB_PASSWORD', 'DB_DATABASE', 'DB_URI', 'DB_SSL_MODE',
    ]);
  });

  test('has texts that are made of its variables, behind them', () => {
    const templates = { JDBC_URL: 'jdbc:mysql://$(MYSQL_HOST):$(MYSQL_PORT)/$(MYSQL_DATABASE)', DSN: '$(MYSQL_USER):$(MYSQL_PASSWORD)@$$(x)' };
    const { env } = connected({ user: 'shop', binding: MySqlBinding.variables({ templates }) });
    expect(env!.slice(7)).toEqual([{ name: 'DSN', value: templates.DSN }, { name: 'JDBC_URL', value: templates.JDBC_URL }]);
    const binding = MySqlBinding.variables({ templates });
    const withAuthority = connected({ user: 'shop', binding }, MySqlTls.fromSecretName('certificate'));
    expect(withAuthority.env!.map(({ name }) => name).slice(7)).toEqual(['MYSQL_SSL_CA', 'DSN', 'JDBC_URL']);
  });

  test('has the authority of the servers as a file, where they have a certificate', () => {
    const { env, volumeMounts, volume } = connected({ user: 'shop' }, MySqlTls.fromSecretName('certificate'));
    expect(env!.at(-1)).toEqual({ name: 'MYSQL_SSL_CA', value: '/etc/mysql-ca/mysql/ca.crt' });
    expect(volumeMounts).toEqual([{ name: 'ca-mysql', mountPath: '/etc/mysql-ca/mysql', readOnly: true }]);
    // Not the key of the servers, which is in the same Secret.
    expect(volume).toEqual({ name: 'ca-mysql', secret: { secretName: 'certificate', items: [{ key: 'ca.crt', path: 'ca.crt' }] } });
  });

  test('is a folder in the form of the Service Binding specification', () => {
    const tls = MySqlTls.fromCertManager({ name: 'ca' });
    const { env, volumeMounts, volume } = connected({ user: 'shop', binding: MySqlBinding.folder() }, tls);
    expect(env).toEqual([{ name: 'SERVICE_BINDING_ROOT', value: '/bindings' }]);
    expect(volumeMounts).toEqual([{ name: 'binding-mysql', mountPath: '/bindings/mysql', readOnly: true }]);
    const items = ['type', 'provider', 'host', 'port', 'username', 'password', 'database', 'uri', 'ssl-mode']
      .map((key) => ({ key, path: key }));
    expect(volume).toEqual({
      name: 'binding-mysql',
      projected: {
        sources: [
          { secret: { name: 'mysql-user-shop', items } },
          { secret: { name: 'mysql-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        ],
      },
    });
  });

  test('with a Secret of another tool takes the password from there, and what is no secret from a ConfigMap', () => {
    const { env } = connected({ user: 'report' });
    expect(Object.fromEntries(env!.map(({ name, valueFrom }) => [name, valueFrom]))).toMatchObject({
      MYSQL_PASSWORD: { secretKeyRef: { name: 'report', key: 'word' } },
      MYSQL_HOST: { configMapKeyRef: { name: 'mysql-user-report', key: 'host' } },
      MYSQL_DATABASE: { configMapKeyRef: { name: 'mysql-user-report', key: 'database' } },
    });
    expect(env!.map(({ name }) => name)).not.toContain('MYSQL_URI'); // it has the password in it
    const { volume } = connected({ user: 'report', binding: MySqlBinding.folder({ root: '/var/bindings', name: 'db' }) });
    expect(volume).toMatchObject({ name: 'binding-db', projected: { sources: [
      { configMap: { name: 'mysql-user-report' } }, { secret: { name: 'report', items: [{ key: 'word', path: 'password' }] } },
    ] } });
  });

  test('with a Secret of another tool has one ConfigMap for all clients of a namespace', () => {
    const chart = testChart('data');
    const db = addShop(chart);
    db.connect(addDeployment(chart), { user: 'report' });
    db.connect(addWeb(chart), { user: 'report', access: MySqlAccess.READ_ONLY });
    const found = synth(chart).filter(({ metadata }) => metadata?.name === 'mysql-user-report');
    expect(found.map((object) => (object as unknown as { data: unknown }).data)).toEqual([{
      type: 'mysql', provider: 'cdk8s-stateful', host: 'mysql.data.svc.cluster.local',
      'read-only-host': 'mysql-read.data.svc.cluster.local', port: '3306', username: 'report', database: 'shop', 'ssl-mode': 'REQUIRED',
    }]);
  });

  test('from another namespace takes a copy of the Secret, and is let in and out by namespace', () => {
    const [chart, apart] = [testChart('data'), testChart('front')];
    const db = addShop(chart, { tls: MySqlTls.fromSecretName('certificate') });
    db.connect(addWeb(apart), { user: 'shop', secretName: 'shop-database', caSecretName: 'shop-database' });
    const { containers, volumes } = podOf(synth(apart), 'StatefulSet');
    expect(variablesOf(containers[0])).toMatchObject({ MYSQL_PASSWORD: 'shop-database/password', MYSQL_HOST: 'shop-database/host' });
    expect(volumes!.at(-1)).toMatchObject({ secret: { secretName: 'shop-database' } });
    const [ofCluster, ofWeb] = [chart, apart].map((each) => objectsOfKind(synth(each), 'NetworkPolicy')[0].spec!);
    expect(JSON.stringify(ofCluster.ingress!.at(-1))).toContain('"kubernetes.io/metadata.name":"front"');
    expect(JSON.stringify(ofWeb.egress!.at(-1))).toContain('"kubernetes.io/metadata.name":"data"');
  });

  test('is one of two of a container, in folders side by side or under other names', () => {
    const chart = testChart('data');
    const db = addShop(chart);
    const app = addDeployment(chart);
    db.connect(app, { user: 'shop', binding: MySqlBinding.folder({ name: 'shop' }) });
    db.connect(app, { user: 'report', binding: MySqlBinding.folder({ name: 'report' }) });
    db.connect(app, { user: 'shop' });
    db.connect(app, { user: 'shop', access: MySqlAccess.READ_ONLY, binding: MySqlBinding.variables({ prefix: 'READ_' }) });
    const { containers: [{ env, volumeMounts }] } = podOf(synth(chart), 'Deployment');
    expect(volumeMounts!.map(({ mountPath }) => mountPath)).toEqual(['/bindings/shop', '/bindings/report']);
    expect(env!.filter(({ name }) => name === 'SERVICE_BINDING_ROOT')).toHaveLength(1);
  });

  test.each([['a StatefulWeb', addWeb], ['a Deployment', addDeployment]] as const)('is one of two of %s with one authority', (_, add) => {
    const chart = testChart('data');
    const db = addShop(testChart('data'), { tls: MySqlTls.fromSecretName('certificate') });
    const client = add(chart);
    db.connect(client, { user: 'shop' });
    db.connect(client, { user: 'shop', access: MySqlAccess.READ_ONLY, binding: MySqlBinding.variables({ prefix: 'READ_' }) });
    const { containers: [{ env, volumeMounts }] } = podOf(synth(chart), client instanceof Deployment ? 'Deployment' : 'StatefulSet');
    expect(env!.filter(({ name }) => name.endsWith('SSL_CA')).map(({ value }) => value))
      .toEqual(Array(2).fill('/etc/mysql-ca/mysql/ca.crt'));
    expect(volumeMounts!.filter(({ name }) => name === 'ca-mysql')).toHaveLength(1);
  });

  test('in two containers of a pod is one volume, and another one under another name', () => {
    const chart = testChart('data');
    const db = addShop(chart);
    const app = addDeployment(chart, { containers: ['a', 'b', 'c'].map((name) => ({ name, image: 'app:1' })) });
    const binding = MySqlBinding.folder();
    [['a', 'shop'], ['b', 'shop'], ['c', 'report']].forEach(([container, user]) => db.connect(app, { user, container, binding }));
    const { containers, volumes } = podOf(synth(chart), 'Deployment');
    expect(containers.map(({ volumeMounts }) => volumeMounts![0].name)).toEqual(['binding-mysql', 'binding-mysql', 'binding-mysql-2']);
    expect(volumes!.map(({ name }) => name)).toEqual(['binding-mysql', 'binding-mysql-2']);
  });

  test.each<[string, string, Parameters<typeof addShop>[1]]>([
    ['asks for TLS', 'REQUIRED', {}],
    ['verifies the servers where they have a certificate', 'VERIFY_IDENTITY', { tls: MySqlTls.fromSecretName('certificate') }],
    ['may do without TLS where the user says so', 'PREFERRED', { users: [{ name: 'shop', tls: MySqlUserTls.OPTIONAL }] }],
  ])('%s', (_, mode, props) => {
    const chart = testChart('data');
    addShop(chart, props);
    expect(fileIn(synth(chart), 'mysql-topology', 'user-secrets')).toContain(`key ssl-mode ${mode}\n`);
  });

  test('is let in by MySQL Routers, too', () => {
    const chart = testChart('data');
    const topology = MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 1 } });
    addShop(chart, { topology }).connect(addWeb(chart), { user: 'shop' });
    const router = objectsOfKind(synth(chart), 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'mysql-router-clients');
    expect(JSON.stringify(router!.spec!.ingress)).toContain('"app.kubernetes.io/name":"web"');
  });
});
