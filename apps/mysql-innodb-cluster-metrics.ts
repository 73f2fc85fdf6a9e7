import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlInnoDbClusterBase } from './mysql-innodb-cluster-base';

/** The metrics of `MySqlInnoDbCluster`, which the cluster renders into this chart. It is left out where there is no Prometheus. */
export class MySqlInnoDbClusterMetrics extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: MySqlInnoDbClusterBase.NAMESPACE });
  }
}
