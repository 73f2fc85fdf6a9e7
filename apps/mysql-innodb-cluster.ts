import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlAccounts, MySqlCluster, MySqlMetrics, MySqlTopology } from '../lib';
import { MySqlInnoDbClusterBase } from './mysql-innodb-cluster-base';

/** Where what surrounds the servers is. */
export interface MySqlInnoDbClusterProps {
  /** The chart of the metrics. */
  readonly metrics: Chart;
}

/** Three MySQL servers in a group that elects its primary, two MySQL Routers before it, and metrics in a chart of their own. */
export class MySqlInnoDbCluster extends Chart {
  /** The servers. */
  public readonly cluster: MySqlCluster;

  public constructor(scope: Construct, id: string, { metrics }: MySqlInnoDbClusterProps) {
    super(scope, id, { namespace: MySqlInnoDbClusterBase.NAMESPACE });
    this.cluster = new MySqlCluster(this, 'mysql', {
      topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 2 } }),
      accounts: MySqlAccounts.generated(),
      storage: { size: Size.gibibytes(15) },
      metrics: MySqlMetrics.exporter({ image: 'prom/mysqld-exporter:v0.19.0', chart: metrics }),
    });
  }
}
