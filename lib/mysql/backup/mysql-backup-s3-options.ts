import { MySqlBackupOptions } from './mysql-backup-options';
import { StoreCredentials } from './store-credentials';

/** Options of `MySqlBackup.toS3`. */
export interface MySqlBackupS3Options extends MySqlBackupOptions {
  /** The bucket. It must exist. Clusters may share one: each has a folder of its own, by namespace and name. */
  readonly bucket: string;

  /** What the pods of backups show to the store. */
  readonly credentials: StoreCredentials;

  /**
   * The URL of the store.
   *
   * @default https://s3.amazonaws.com
   */
  readonly endpoint?: string;

  /**
   * The region of the bucket.
   *
   * @default us-east-1
   */
  readonly region?: string;

  /**
   * A folder of the bucket, below which the cluster has its own: a relative path. Clusters of other Kubernetes clusters with the same
   * namespace and name must have another one.
   *
   * @default - the bucket itself
   */
  readonly prefix?: string;

  /**
   * A Secret of the cluster's namespace with the key `ca.crt`: the authority that signed the store's certificate.
   *
   * @default - the authorities that the images know
   */
  readonly certificateAuthoritySecretName?: string;
}
