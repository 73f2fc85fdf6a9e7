import { Size } from 'cdk8s';
import { BackupDrill } from './backup-drill';
import { BackupRetention } from './backup-retention';
import { BackupSchedule } from './backup-schedule';
import { BackupScratch } from './backup-scratch';
import { MySqlDump } from './mysql-dump';
import { PointInTimeArchive } from './point-in-time-archive';

/** Options of the backups of a cluster. */
export interface MySqlBackupsOptions {
  /**
   * When a backup starts.
   *
   * @default - daily at 2:17 UTC
   */
  readonly schedule?: BackupSchedule;

  /**
   * Which backups stay.
   *
   * @default - the last 3, the newest of 14 days, 8 weeks and 6 months
   */
  readonly retention?: BackupRetention;

  /**
   * Whether binary logs are stored all the time.
   *
   * @default PointInTimeArchive.every(Duration.seconds(30))
   */
  readonly pointInTime?: PointInTimeArchive;

  /**
   * Whether the newest backup is restored again and again, to prove that it can be.
   *
   * @default BackupDrill.weekly()
   */
  readonly drill?: BackupDrill;

  /**
   * Whether the data is also stored as statements of SQL, which other versions of MySQL can read.
   *
   * @default MySqlDump.none()
   */
  readonly dump?: MySqlDump;

  /**
   * The volume on which backups and drills have a copy of the data while they run. It exists as long as their pod.
   *
   * @default - as large as that of a member
   */
  readonly scratch?: BackupScratch;

  /**
   * How much a backup reads of a member in a second: whole MiB.
   *
   * @default - as much as it can
   */
  readonly bandwidth?: Size;
}
