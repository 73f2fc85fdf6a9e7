import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlAlerts, MySqlCluster } from '../lib';

/** The alerts of `MySqlBackup`, for a Prometheus with kube-state-metrics. It is left out where there is no Prometheus Operator. */
export class MySqlBackupAlerts extends Chart {
  public constructor(scope: Construct, id: string, cluster: MySqlCluster) {
    super(scope, id);
    new MySqlAlerts(this, 'alerts', { cluster, kubeStateMetrics: true });
  }
}
