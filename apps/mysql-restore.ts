import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlAccounts, MySqlBackups, MySqlCluster, MySqlRestore as Restore, MySqlTopology, RestorePoint } from '../lib';
import { MySqlBackup, MySqlBackupProps } from './mysql-backup';
import { MySqlRestoreBase } from './mysql-restore-base';
import { backupStore } from './support/backup-store';

/** Another group, with the data of `MySqlBackup` until its last transaction in the store, and with backups of its own. */
export class MySqlRestore extends Chart {
  public constructor(scope: Construct, id: string, { endpoint }: Pick<MySqlBackupProps, 'endpoint'>) {
    super(scope, id, { namespace: MySqlRestoreBase.NAMESPACE });
    const store = backupStore(endpoint);
    new MySqlCluster(this, 'mysql', {
      topology: MySqlTopology.innoDbCluster({ members: 3 }),
      accounts: MySqlAccounts.generated(),
      storage: { size: Size.gibibytes(15) },
      backups: MySqlBackups.of(store),
      restore: Restore.from(store, { cluster: MySqlBackup.CLUSTER, id: 'r1', until: RestorePoint.latest() }),
    });
  }
}
