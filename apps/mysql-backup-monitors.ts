import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlCluster, MySqlMonitors } from '../lib';

/** What tells the Prometheus Operator to read the metrics of `MySqlBackup`. It is left out where there is no such operator. */
export class MySqlBackupMonitors extends Chart {
  public constructor(scope: Construct, id: string, cluster: MySqlCluster) {
    super(scope, id);
    new MySqlMonitors(this, 'monitors', { cluster });
  }
}
