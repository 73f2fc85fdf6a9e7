import { BackupScratch } from './backup-scratch';
import { RestorePoint } from './restore-point';

/** Options of `MySqlRestore.from`. */
export interface MySqlRestoreOptions {
  /** The cluster whose backups are restored: `<namespace>/<name>`. */
  readonly cluster: string;

  /**
   * A name for this restore and for the timeline of the data after it: a DNS label of at most 12 characters. A restore happens once; to
   * restore again, after the data was lost again, take another one.
   */
  readonly id: string;

  /**
   * The point to which the data is restored.
   *
   * @default RestorePoint.latest()
   */
  readonly until?: RestorePoint;

  /**
   * The timeline that is restored: `initial`, or the id of the restore that began it.
   *
   * @default - that of the newest backup
   */
  readonly timeline?: string;

  /**
   * The volume on which the data is restored, before the first member copies it. It exists as long as the pod of the restore.
   *
   * @default - as large as that of a member
   */
  readonly scratch?: BackupScratch;
}
