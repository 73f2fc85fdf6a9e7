import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlBackupBase } from './mysql-backup-base';

/** The metrics of `MySqlBackup`, which the cluster renders into this chart. It is left out where there is no Prometheus. */
export class MySqlBackupMetrics extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: MySqlBackupBase.NAMESPACE });
  }
}
