import { Chart, Yaml } from 'cdk8s';
import { Pods, Namespaces } from 'cdk8s-plus-27';
import { MySqlAccounts, MySqlBackups, MySqlClusterProps, MySqlMetrics, MySqlMetricsOptions, MySqlTls, MySqlTopology } from '../../../lib';
import { Manifest, synth, testChart } from '../../util';
import { bucket } from '../backup/shop';
import { addCluster, fileIn, renderMySql } from '../cluster';

const group = MySqlTopology.innoDbCluster({ members: 3 });

/** What is read of a Deployment, a policy or a Job. */
interface Read {
  readonly spec: {
    readonly ingress: unknown[];
    readonly template: {
      readonly spec: {
        readonly containers: { readonly name: string; readonly args?: string[]; readonly env: { name: string; value: string }[] }[];
      };
    };
  };
}

function render(options: MySqlMetricsOptions = {}, props: Partial<MySqlClusterProps> = {}): Manifest[] {
  return renderMySql({ topology: group, metrics: MySqlMetrics.exporter(options), ...props });
}

function named(objects: Manifest[], kind: string, name: string): Read {
  return objects.find((object) => (object.kind as string) === kind && object.metadata?.name === name) as unknown as Read;
}

function ofMetrics(objects: Manifest[]): Manifest[] {
  return objects.filter(({ metadata }) => metadata!.name!.startsWith('mysql-metrics'));
}

function exporterArguments(objects: Manifest[]): string[] {
  return named(objects, 'Deployment', 'mysql-metrics').spec.template.spec.containers.find(({ name }) => name === 'exporter')!.args!;
}

describe('the metrics of a cluster in a chart of their own', () => {
  test('are the same objects there, and none of them is in that of the cluster', () => {
    const chart = testChart('data');
    const own = new Chart(chart.node.root, 'metrics', { namespace: 'data' });
    addCluster(chart, { topology: group, metrics: MySqlMetrics.exporter({ chart: own }) });
    expect(synth(own)).toEqual(ofMetrics(render()));
    expect(ofMetrics(synth(chart))).toEqual([]);
  });

  test('are refused in another namespace than that of the cluster', () => {
    const chart = testChart('data');
    const own = new Chart(chart.node.root, 'metrics', { namespace: 'monitoring' });
    expect(() => addCluster(chart, { topology: group, metrics: MySqlMetrics.exporter({ chart: own }) })).toThrow(
      new Error('[test/mysql] \'metrics.chart\' must have the namespace of the cluster, data, got "monitoring": give it that namespace:'
        + ' its pod reads the Secret of the accounts'));
  });
});

describe('the metrics of a cluster', () => {
  test('are these objects', () => {
    const shown = ofMetrics(render()).filter(({ metadata }) => !metadata!.name!.endsWith('-scripts'));
    expect(Yaml.stringify(...shown).replace(/checksum\/config: [0-9a-f]{64}/g, 'checksum/config: <sha256>')).toMatchSnapshot();
  });

  test.each<[string, Partial<MySqlClusterProps>]>([
    ['a group with Routers', { topology: MySqlTopology.innoDbCluster({ members: 3, router: {} }) }],
    ['a source and its replicas', { topology: MySqlTopology.sourceReplica({ replicas: 2 }) }],
    ['a group with backups and a certificate', { backups: MySqlBackups.of(bucket()), tls: MySqlTls.fromSecretName('tls') }],
  ])('change of %s what is mounted while it runs, and who may connect, and no pod', (_, props) => {
    const objects = render({}, props);
    const without = renderMySql({ topology: group, ...props });
    const rest = objects.filter((object) => !ofMetrics(objects).includes(object));
    const changed = rest.filter((object, index) => JSON.stringify(object) !== JSON.stringify(without[index]));
    expect(rest).toHaveLength(without.length);
    const policies = changed.filter(({ kind }) => (kind as string) === 'NetworkPolicy').map(({ metadata }) => metadata!.name);
    expect(changed.filter(({ kind }) => (kind as string) !== 'NetworkPolicy').map(({ kind, metadata }) => `${kind} ${metadata!.name}`))
      .toEqual(['ConfigMap mysql-topology']);
    expect(policies).toContain('mysql');
    expect(fileIn(objects, 'mysql-topology', 'declaration')).toBe(`account\tmetrics\n${fileIn(without, 'mysql-topology', 'declaration')}`);
  });

  test('have a key in a Secret that a Job makes', () => {
    const keys = (objects: Manifest[]) => named(objects, 'Job', 'mysql-accounts').spec.template.spec.containers[0].env
      .find(({ name }) => name === 'SECRET_KEYS')!.value.split(' ');
    const accounts = MySqlAccounts.generated();
    const without = keys(renderMySql({ topology: group, accounts }));
    expect(keys(render({}, { accounts })).filter((key) => !without.includes(key))).toEqual(['metrics-password']);
  });

  test('reserve the name of their account, and only where they are asked for', () => {
    const users = [{ name: 'metrics', secretName: 'metrics' }];
    expect(() => render({}, { users })).toThrow(/'users\[0\]\.name' must not be one of .*, metrics, got "metrics"/);
    expect(() => renderMySql({ topology: group, users })).not.toThrow();
  });

  test('are of the collectors that are asked for, and of no other', () => {
    expect(exporterArguments(render()).filter((one) => one.includes('collect'))).toEqual([
      '--collect.binlog_size', '--collect.global_status', '--collect.global_variables', '--collect.slave_status',
      '--collect.perf_schema.replication_group_member_stats',
      '--no-collect.info_schema.innodb_cmp', '--no-collect.info_schema.innodb_cmpmem', '--no-collect.info_schema.query_response_time',
    ]);
    expect(exporterArguments(render({}, { topology: MySqlTopology.sourceReplica({ replicas: 1 }) })))
      .not.toContain('--collect.perf_schema.replication_group_member_stats');
    expect(exporterArguments(render({ collectors: ['global_status', 'info_schema.innodb_metrics'] }))).toEqual(expect.arrayContaining([
      '--collect.global_status', '--collect.info_schema.innodb_metrics', '--no-collect.global_variables', '--no-collect.slave_status',
    ]));
  });

  test('are read from verified servers where an authority signed their certificates', () => {
    expect(exporterArguments(render())).toContain('--tls.insecure-skip-verify');
    expect(exporterArguments(render({}, { tls: MySqlTls.fromSecretName('tls') }))).not.toContain('--tls.insecure-skip-verify');
  });

  test('are read by all pods until some are named', () => {
    const ports = [{ port: 9104 }, { port: 9105 }];
    const ingress = (options?: MySqlMetricsOptions) => named(render(options), 'NetworkPolicy', 'mysql-metrics').spec.ingress;
    expect(ingress()).toEqual([{ from: [{ namespaceSelector: {} }], ports: ports.map(({ port }) => ({ port, protocol: 'TCP' })) }]);
    const chart = testChart('data');
    addCluster(chart, {
      topology: group,
      metrics: MySqlMetrics.exporter({
        allowFrom: [Pods.select(chart, 'prometheus', {
          labels: { app: 'prometheus' }, namespaces: Namespaces.select(chart, 'monitoring', { names: ['monitoring'] }),
        })],
      }),
    });
    expect(named(synth(chart), 'NetworkPolicy', 'mysql-metrics').spec.ingress).toEqual([{
      from: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
        podSelector: { matchLabels: { app: 'prometheus' } },
      }],
      ports: ports.map(({ port }) => ({ port, protocol: 'TCP' })),
    }]);
  });

  test('are found by annotations only where those are asked for', () => {
    const annotations = (objects: Manifest[]) => objects
      .find(({ kind, metadata }) => (kind as string) === 'Service' && metadata!.name === 'mysql-metrics')!.metadata!.annotations;
    expect(annotations(render())).toBeUndefined();
    expect(annotations(render({ annotations: true }))).toEqual({
      'prometheus.io/path': '/metrics.txt', 'prometheus.io/port': '9105', 'prometheus.io/scrape': 'true',
    });
  });

  test('have an escape hatch', () => {
    expect(addCluster(testChart('data'), { metrics: MySqlMetrics.exporter() }).metricsDeployment?.name).toBe('mysql-metrics');
    expect(addCluster(testChart('data')).metricsDeployment).toBeUndefined();
  });

  test.each<[string, MySqlMetricsOptions, RegExp]>([
    ['an image without a tag', { image: 'prom/mysqld-exporter' }, /^\[.*\/mysql\] 'metrics\.image' must have a tag or a digest/],
    ['a collector with the word that options have', { collectors: ['--collect.global_status'] },
      /'metrics\.collectors\[0\]' must be the name of a collector, without "collect\.", got "--collect\.global_status"/],
    ['a collector twice', { collectors: ['global_status', 'global_status'] }, /'metrics\.collectors\[1\]' must be a collector of its own/],
  ])('refuse %s', (_, options, message) => {
    expect(() => render(options)).toThrow(message);
  });
});
