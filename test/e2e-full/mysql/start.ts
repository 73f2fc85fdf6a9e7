import { App, Chart, Duration } from 'cdk8s';
import { MySqlCluster } from '../../../lib/mysql/mysql-cluster';
import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared, declareCluster } from '../../e2e/mysql/declare';
import { runBlock } from '../../e2e/support/block';
import { kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';

export const SOURCE = 'mysql-source-0';

/** The pods of a source and so many replicas. */
export function membersOf(replicas: number): string[] {
  return [SOURCE, ...[...Array(replicas).keys()].map((ordinal) => `mysql-replica-${ordinal}`)];
}

/** Applies a cluster with semi-synchronous replicas, a user `shop`, and clients labelled `app=writer`. */
export async function applyCluster(namespace: string, replicas: number, props: Partial<MySqlClusterProps> = {}): Promise<MySqlCluster> {
  return await applyDeclared(namespace, topologyOf(replicas), props);
}

/** The same by the documentation's block that is tagged `e2e=<id>`, for somebody who has just synthesized it. */
export async function applyByBlock(id: string, namespace: string, replicas: number, props: Partial<MySqlClusterProps> = {}): Promise<void> {
  const app = new App();
  declareCluster(new Chart(app, 'chart', { namespace }), topologyOf(replicas), props);
  await runBlock(id, namespace, { 'dist/chart.k8s.yaml': app.synthYaml() });
}

function topologyOf(replicas: number): MySqlTopology {
  return MySqlTopology.sourceReplica({ replicas, semiSynchronous: {}, maxLag: Duration.seconds(15) });
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
