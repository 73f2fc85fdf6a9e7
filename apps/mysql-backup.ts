import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { BackupDrill, BackupSchedule, MySqlAccounts, MySqlBackups, MySqlCluster, MySqlMetrics, MySqlTopology } from '../lib';
import { MySqlBackupBase } from './mysql-backup-base';
import { backupStore } from './support/backup-store';

/** Where the backups are, and what surrounds the servers. */
export interface MySqlBackupProps {
  /** The URL of a store that speaks S3. */
  readonly endpoint: string;
  /** The chart of the metrics. */
  readonly metrics: Chart;
}

/** Three MySQL servers in a group, with backups in a bucket, binary logs that are stored all the time, a weekly drill, and metrics. */
export class MySqlBackup extends Chart {
  /** The name of the cluster in the store. */
  public static readonly CLUSTER = `${MySqlBackupBase.NAMESPACE}/mysql`;

  /** The servers. */
  public readonly cluster: MySqlCluster;

  public constructor(scope: Construct, id: string, { endpoint, metrics }: MySqlBackupProps) {
    super(scope, id, { namespace: MySqlBackupBase.NAMESPACE });
    this.cluster = new MySqlCluster(this, 'mysql', {
      topology: MySqlTopology.innoDbCluster({ members: 3 }),
      accounts: MySqlAccounts.generated(),
      storage: { size: Size.gibibytes(15) },
      metrics: MySqlMetrics.exporter({ image: 'prom/mysqld-exporter:v0.19.0', chart: metrics }),
      backups: MySqlBackups.of(backupStore(endpoint), {
        schedule: BackupSchedule.daily({ hour: 2, minute: 17, timeZone: 'Europe/Berlin' }),
        drill: BackupDrill.weekly({ check: 'SELECT COUNT(*) > 0 FROM information_schema.schemata' }),
      }),
    });
  }
}
