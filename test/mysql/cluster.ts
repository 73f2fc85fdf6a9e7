import { Chart, Duration, Size, Yaml } from 'cdk8s';
import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
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

/** What a reviewer reads but for the scripts, which are files of their own. */
export function withoutScripts(objects: Manifest[]): string {
  const shown = objects.filter(({ metadata }) => !metadata?.name?.endsWith('-scripts'));
  return Yaml.stringify(...shown).replace(/checksum\/config: [0-9a-f]{64}/g, 'checksum/config: <sha256>');
}

/** A file of a ConfigMap. */
export function fileIn(objects: Manifest[], configMap: string, key: string): string {
  const found = (objects as unknown as IConfigMap[]).find(({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name === configMap);
  return found!.data![key];
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
