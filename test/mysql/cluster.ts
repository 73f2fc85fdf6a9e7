import { Chart, Duration, Size } from 'cdk8s';
import { MySqlAccounts, MySqlCluster, MySqlClusterProps, MySqlTls, MySqlTopology } from '../../lib';
import { Manifest, synth, testChart } from '../util';

/** A cluster with little more than it must have, with changes. */
export function addCluster(chart: Chart, props: Partial<MySqlClusterProps> = {}, id = 'mysql'): MySqlCluster {
  return new MySqlCluster(chart, id, {
    topology: MySqlTopology.sourceReplica({ replicas: 2 }),
    accounts: MySqlAccounts.fromSecretName('mysql-accounts'),
    storage: { size: Size.gibibytes(10) },
    ...props,
  });
}

/** What a cluster alone in its chart renders. */
export function renderMySql(props: Partial<MySqlClusterProps> = {}, namespace: string | undefined = 'data'): Manifest[] {
  const chart = testChart(namespace);
  addCluster(chart, props);
  return synth(chart);
}

/** A cluster that says everything that can be said. */
export const EVERYTHING: Partial<MySqlClusterProps> = {
  name: 'shop-db',
  topology: MySqlTopology.sourceReplica({
    replicas: 3,
    source: { nodeSelector: { disk: 'fast' }, priorityClassName: 'critical' },
    replica: { nodeSelector: { disk: 'slow' } },
    maxLag: Duration.minutes(1),
    semiSynchronous: { acknowledgements: 2, timeout: Duration.seconds(5) },
  }),
  accounts: MySqlAccounts.generated('shop-passwords'),
  storage: { size: Size.gibibytes(100), claimName: 'files', storageClassName: 'fast' },
  resources: { memory: { request: Size.gibibytes(4), limit: Size.gibibytes(4) } },
  configuration: { max_allowed_packet: '64M' },
  databases: [{ name: 'shop' }, { name: 'archive', characterSet: 'latin1', collation: 'latin1_swedish_ci' }],
  users: [
    { name: 'shop', grants: [{ database: 'shop' }, { database: 'archive', privileges: ['SELECT', 'SHOW VIEW'] }] },
    { name: 'report', secretName: 'report', secretKey: 'password' },
  ],
  tls: MySqlTls.fromCertManager({ name: 'internal', kind: 'ClusterIssuer' }),
  readWriteServiceName: 'mysql-service',
  readOnlyServiceName: 'mysql-read-service',
  imagePullSecrets: ['registry'],
  labels: { team: 'shop' },
  podAnnotations: { owner: 'shop' },
};
