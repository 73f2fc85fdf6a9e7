import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, Pods } from 'cdk8s-plus-27';
import { MySqlAccounts } from '../../../lib/mysql/mysql-accounts';
import { MySqlCluster } from '../../../lib/mysql/mysql-cluster';
import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTopology } from '../../../lib/mysql/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';

export const SOURCE = 'mysql-source-0';

/** The pods of a source and so many replicas. */
export function membersOf(replicas: number): string[] {
  return [SOURCE, ...[...Array(replicas).keys()].map((ordinal) => `mysql-replica-${ordinal}`)];
}

/** Applies a cluster with semi-synchronous replicas, a user `shop`, and clients labelled `app=writer`. */
export async function applyCluster(namespace: string, replicas: number, props: Partial<MySqlClusterProps> = {}): Promise<MySqlCluster> {
  let mysql: MySqlCluster | undefined;
  await applyChart(namespace, (chart) => {
    mysql = fill(chart, replicas, props);
  });
  return mysql!;
}

/** The same by the documentation's block that is tagged `e2e=<id>`, for somebody who has just synthesized it. */
export async function applyByBlock(id: string, namespace: string, replicas: number, props: Partial<MySqlClusterProps> = {}): Promise<void> {
  const app = new App();
  fill(new Chart(app, 'chart', { namespace }), replicas, props);
  await runBlock(id, namespace, { 'dist/chart.k8s.yaml': app.synthYaml() });
}

function fill(chart: Chart, replicas: number, props: Partial<MySqlClusterProps>): MySqlCluster {
  const mysql = new MySqlCluster(chart, 'mysql', {
    topology: MySqlTopology.sourceReplica({ replicas, semiSynchronous: {}, maxLag: Duration.seconds(15) }),
    accounts: MySqlAccounts.generated(),
    storage: { size: Size.gibibytes(2) },
    resources: { // little of the node's cores, so that small clusters have room
      cpu: { request: Cpu.millis(50), limit: Cpu.units(2) }, memory: { request: Size.gibibytes(1), limit: Size.gibibytes(1) },
    },
    terminationGracePeriod: Duration.minutes(1),
    databases: [{ name: 'shop' }],
    users: [{ name: 'shop', grants: [{ database: 'shop' }] }],
    ...props,
  });
  mysql.allowFrom(Pods.select(chart, 'writers', { labels: { app: 'writer' } }));
  return mysql;
}

/** The same, until it can be used. */
export async function startCluster(cluster: TestedCluster, props?: Partial<MySqlClusterProps>): Promise<void> {
  await applyCluster(cluster.namespace, cluster.members.length - 1, props);
  await cluster.ready();
  await until('the declared user exists', 30, async () => (
    await cluster.sql(SOURCE, 'SELECT COUNT(*) FROM mysql.user WHERE user = "shop"') === '1'
  ));
}

/** Makes the Secret of the accounts with these passwords. */
export async function createAccounts(namespace: string, password: (account: string) => string): Promise<void> {
  const accounts = ['root', 'admin', 'replication', 'clone', 'monitor', 'shop'];
  await kubectl('--namespace', namespace, 'create', 'secret', 'generic', 'mysql-accounts',
    ...accounts.map((account) => `--from-literal=${account}-password=${password(account)}`));
}

/** A password of 64 characters, and the more troublesome ones of them. */
export function awkward(account: string): string {
  return `${account} '"\\ $HOME \`id\` %s # \\' {{x}} ; é <&>`.padEnd(64, '"\\\'$');
}
