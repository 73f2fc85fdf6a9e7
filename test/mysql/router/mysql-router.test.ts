import { App, Chart, Yaml } from 'cdk8s';
import { Pods } from 'cdk8s-plus-27';
import { MySqlInnoDbCluster } from '../../../apps/mysql-innodb-cluster';
import {
  InnoDbClusterOptions, MySqlAccounts, MySqlClusterProps, MySqlRouterOptions, MySqlTopology, NetworkIsolation, StatefulWeb,
} from '../../../lib';
import { scriptBundle } from '../../../lib/mysql/files/script-bundle';
import { Manifest, synth, testChart } from '../../util';
import { addCluster, renderMySql } from '../cluster';

const OFFICIAL = 'container-registry.oracle.com/mysql/community-router';
const DIGEST = `sha256:${'0'.repeat(64)}`;

interface ReadContainer {
  readonly image: string;
  readonly env: { readonly name: string; readonly value?: string }[];
}

/** What is read of a policy, a Deployment or a Job. */
interface Read {
  readonly spec: {
    readonly ingress?: unknown[];
    readonly replicas?: number;
    readonly template: { readonly spec: { readonly containers: ReadContainer[] } };
  };
}

function group(options: Partial<InnoDbClusterOptions> = {}, props: Partial<MySqlClusterProps> = {}): Manifest[] {
  return renderMySql({ topology: MySqlTopology.innoDbCluster({ members: 3, ...options }), ...props });
}

function named(objects: Manifest[], kind: string, name: string): Read {
  const found = objects.find((object) => (object.kind as string) === kind && object.metadata?.name === name);
  return found as unknown as Read;
}

function ofRouter(objects: Manifest[]): Manifest[] {
  return objects.filter(({ metadata }) => /^mysql-(router)/.test(metadata!.name!));
}

/** What a reviewer reads but for the scripts, which are files of their own. */
function shown(objects: Manifest[]): string {
  return Yaml.stringify(...objects.filter(({ metadata }) => !metadata!.name!.endsWith('-scripts')))
    .replace(/checksum\/config: [0-9a-f]{64}/g, 'checksum/config: <sha256>');
}

describe('Routers before a group', () => {
  const objects = group({ router: { replicas: 2 } });

  test('are these objects', () => {
    expect(shown(ofRouter(objects))).toMatchSnapshot();
  });

  test('change what members let in, and nothing else of a group', () => {
    const without = group();
    const rest = objects.filter((object) => !ofRouter(objects).includes(object));
    const changed = rest.filter((object, index) => JSON.stringify(object) !== JSON.stringify(without[index]));
    expect(rest).toHaveLength(without.length);
    expect(changed.map(({ kind, metadata }) => `${kind} ${metadata!.name}`)).toEqual(['NetworkPolicy mysql']);
    expect(named(objects, 'NetworkPolicy', 'mysql').spec.ingress!.at(-1)).toEqual({
      from: ['mysql-router', 'mysql-router-metadata'].map((name) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } })),
      ports: [{ port: 3306 }],
    });
  });

  test('are two unless another number is asked for', () => {
    expect(group({ router: {} })).toEqual(group({ router: { replicas: 2 } }));
    expect(named(group({ router: { replicas: 3 } }), 'Deployment', 'mysql-router').spec.replicas).toBe(3);
  });

  test('are none unless they are asked for', () => {
    expect(ofRouter(group())).toEqual([]);
    expect(addCluster(testChart('data'), { topology: MySqlTopology.innoDbCluster({ members: 3 }) }).router).toBeUndefined();
  });

  test('have the ports of the original manifests in the app', () => {
    const app = new App();
    const { router } = new MySqlInnoDbCluster(app, 'mysql-innodb-cluster', {
      metrics: new Chart(app, 'metrics', { namespace: 'mysql-innodb-cluster' }),
    }).cluster;
    const host = 'mysql-router.mysql-innodb-cluster.svc.cluster.local';
    expect([router!.readWrite, router!.readOnly, router!.readWriteSplit]).toEqual([
      { serviceName: 'mysql-router', host, port: 6446 },
      { serviceName: 'mysql-router', host, port: 6447 },
      { serviceName: 'mysql-router', host, port: 6450 },
    ]);
  });

  test('keep the password of admin, and MySQL Shell, away from clients: another pod has them', () => {
    const text = (name: string) => JSON.stringify(named(objects, 'Deployment', name));
    expect(text('mysql-router')).not.toContain('admin-password');
    expect(text('mysql-router-metadata')).toContain('admin-password');
    expect(text('mysql-router')).toContain('"automountServiceAccountToken":false');
    expect(text('mysql-router-metadata')).toContain('"automountServiceAccountToken":false');
  });

  test('run in images of the servers\' series, or those that are named', () => {
    const images = (all: Manifest[]) => ['mysql-router', 'mysql-router-metadata']
      .map((name) => named(all, 'Deployment', name).spec.template.spec.containers[0].image);
    expect(images(objects)).toEqual([`${OFFICIAL}:9.7`, 'mysql:9.7']);
    expect(images(group({ router: {} }, { image: 'mysql:8.4' }))).toEqual([`${OFFICIAL}:8.4`, 'mysql:8.4']);
    expect(images(group({ router: { image: 'router:10.1', shellImage: `shell@${DIGEST}` } })))
      .toEqual(['router:10.1', `shell@${DIGEST}`]);
  });

  test('are named in the certificate', () => {
    const names = (router?: MySqlRouterOptions) => (
      addCluster(testChart('data'), { topology: MySqlTopology.innoDbCluster({ members: 3, router }) }).certificateDnsNames
    );
    expect(names({}).filter((name) => !names().includes(name))).toEqual([
      'mysql-router.data.svc.cluster.local', 'mysql-router.data.svc', 'mysql-router.data', 'mysql-router',
    ]);
  });

  test('have a key in a Secret that a Job makes', () => {
    const keys = (router?: MySqlRouterOptions) => named(group({ router }, { accounts: MySqlAccounts.generated() }), 'Job', 'mysql-accounts')
      .spec.template.spec.containers[0].env.find(({ name }) => name === 'SECRET_KEYS')!.value!.split(' ');
    expect(keys({}).filter((key) => !keys().includes(key))).toEqual(['router-password']);
  });

  test('let in whom the cluster lets in, each to its own ports', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, { topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 2 } }) });
    const web = new StatefulWeb(chart, 'web', { image: 'nginx:1.29', replicas: 1 });
    cluster.allowFrom(Pods.select(chart, 'shop', { labels: { app: 'shop' } }));
    web.allowTo(cluster.router!);
    const all = synth(chart);
    const ports = (rule: unknown) => (rule as { ports: { port: number }[] }).ports.map(({ port }) => port);
    expect(named(all, 'NetworkPolicy', 'mysql-router').spec.ingress).toEqual([]);
    expect(named(all, 'NetworkPolicy', 'mysql-router-clients').spec.ingress!.map(ports)).toEqual([[6446, 6447, 6450]]);
    expect(ports(named(all, 'NetworkPolicy', 'mysql').spec.ingress!.at(-1))).toEqual([3306]);
    const egress = (named(all, 'NetworkPolicy', 'web').spec as unknown as { egress: unknown[] }).egress.at(-1);
    expect(egress).toMatchObject({ to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql-router' } } }] });
    expect(ports(egress)).toEqual([6446, 6447, 6450]);
  });

  test('share a policy with the adoption, which lets both reach the members and DNS, and nobody reach them', () => {
    const policy = named(objects, 'NetworkPolicy', 'mysql-router');
    const { spec } = policy as unknown as { spec: { readonly egress: unknown[]; readonly [field: string]: unknown } };
    expect(spec).toMatchObject({
      podSelector: {
        matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: ['mysql-router', 'mysql-router-metadata'] }],
      },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
    });
    expect(spec.egress.slice(1)).toEqual([
      { to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql' } } }], ports: [{ port: 3306 }] },
    ]);
  });

  test('have clients that the adoption does not have', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, { topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 2 } }) });
    cluster.allowFrom(Pods.select(chart, 'shop', { labels: { app: 'shop' } }));
    expect(named(synth(chart), 'NetworkPolicy', 'mysql-router-clients').spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql-router' } },
      policyTypes: ['Ingress'],
      ingress: [{
        from: [{ podSelector: { matchLabels: { app: 'shop' } } }], ports: [6446, 6447, 6450].map((port) => ({ port, protocol: 'TCP' })),
      }],
    });
  });

  test('have no policy when the cluster wants none', () => {
    const all = group({ router: { replicas: 2 } }, { isolation: NetworkIsolation.NONE });
    expect(ofRouter(all).filter(({ kind }) => (kind as string) === 'NetworkPolicy')).toEqual([]);
  });
});

describe('fails with', () => {
  type Case = [what: string, options: Partial<InnoDbClusterOptions>, props: Partial<MySqlClusterProps>, message: string];
  const of = (router: MySqlRouterOptions): Partial<InnoDbClusterOptions> => ({ router });

  test.each<Case>([
    ['no Router', of({ replicas: 0 }), {},
      `'topology.router.replicas' must be a whole number from 1 to 99, got 0: leave it out for 2, so that one may fail`],
    ['half a Router', of({ replicas: 1.5 }), {},
      `'topology.router.replicas' must be a whole number from 1 to 99, got 1.5: leave it out for 2, so that one may fail`],
    ['an image of Router without a tag', of({ image: 'router' }), {},
      `'topology.router.image' must have a tag or a digest, got "router": add the version that you tested, as in "nginx:1.29"; without one the image changes under you`],
    ['an image of Router that is older than the servers', of({ image: 'router:8.4.5' }), {},
      `'topology.router.image' must be of the series 9.7, which is that of the servers, or a later one, got "router:8.4.5": choose another image; it knows no servers that are newer than itself`],
    ['an image of Shell that is older than the servers', of({ shellImage: 'mysql:9.6' }), {},
      `'topology.router.shellImage' must be of the series 9.7, which is that of the servers, or a later one, got "mysql:9.6": choose another image; it knows no servers that are newer than itself`],
    ['a user of the name of Router\'s account', { router: { replicas: 1 } }, { users: [{ name: 'router' }] },
      `'users[0].name' must not be one of admin, clone, monitor, mysql.infoschema, mysql.session, mysql.sys, replication, root, router, got "router": the cluster has an account of this name; choose another one`],
    ['a database of the name of the metadata', { router: { replicas: 1 } }, { databases: [{ name: 'mysql_innodb_cluster_metadata' }] },
      `'databases[0].name' must not be one of cdk8s_stateful, information_schema, mysql, performance_schema, sys, mysql_innodb_cluster_metadata, got "mysql_innodb_cluster_metadata": it belongs to the server; choose another one`],
  ])('%s', (_, options, props, message) => {
    expect(() => group(options, props)).toThrow(new Error(`[test/mysql] ${message}`));
  });

  test('another cluster whose name is that of the Routers', () => {
    const chart = testChart('data');
    addCluster(chart, { topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 1 } }) });
    expect(() => addCluster(chart, {}, 'mysql-router')).toThrow(new Error(
      `[test/mysql-router] 'name' must be a ConfigMap name that no other construct of namespace data renders, got "mysql-router-scripts": 'test/mysql/router' renders it already; give each cluster its own name`,
    ));
  });

  test('nothing, when a user is called router and there are no Routers', () => {
    expect(() => group({}, { users: [{ name: 'router' }] })).not.toThrow();
  });
});

describe('the files of Router', () => {
  test('are none of those of the members, which stay as they are with and without Routers', () => {
    expect(Object.keys(scriptBundle('group')).filter((name) => /router|adopt/.test(name))).toEqual([]);
  });
});
