import { EncryptionKey } from './encryption-key';

/** Options of every place for backups. */
export interface MySqlBackupOptions {
  /**
   * The key with which everything in the store is encrypted. Keep it outside of the Kubernetes cluster, too.
   *
   * @default - the key `password` of the Secret `<name of the cluster>-backup-key`, which must exist; synthesis warns until a key is named
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * The image of restic, which stores the copies of the data: one with a shell and jq.
   *
   * @default restic/restic:0.19.1
   */
  readonly resticImage?: string;

  /**
   * The image of rclone, which stores the binary logs: one with a shell.
   *
   * @default rclone/rclone:1.75.2
   */
  readonly rcloneImage?: string;
}
