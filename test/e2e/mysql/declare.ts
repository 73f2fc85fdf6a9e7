import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, Pods } from 'cdk8s-plus-27';
import { MySqlAccounts } from '../../../lib/mysql/accounts/mysql-accounts';
import { MySqlCluster } from '../../../lib/mysql/mysql-cluster';
import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { applyChart } from '../support/own-namespace';

/** Declares a cluster with a user `shop`, and clients labelled `app=writer`. */
export function declareCluster(chart: Chart, topology: MySqlTopology, props: Partial<MySqlClusterProps> = {}): MySqlCluster {
  const mysql = new MySqlCluster(chart, 'mysql', {
    topology,
    accounts: MySqlAccounts.generated(),
    storage: { size: Size.gibibytes(2) },
    resources: { // little of the node's cores, so that all members have room
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

/** Applies it. */
export async function applyDeclared(namespace: string, topology: MySqlTopology, props?: Partial<MySqlClusterProps>): Promise<MySqlCluster> {
  let mysql: MySqlCluster | undefined;
  await applyChart(namespace, (chart) => {
    mysql = declareCluster(chart, topology, props);
  });
  return mysql!;
}
