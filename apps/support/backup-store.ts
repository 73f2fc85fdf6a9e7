import { EncryptionKey, MySqlBackup, StoreCredentials } from '../../lib';

/**
 * The store of the backups of the apps. The Secrets `backup-store` (keys `access-key-id` and `secret-access-key`) and `backup-key` (key
 * `password`) must exist in the namespace of each cluster that uses it.
 *
 * @param endpoint the URL of a store that speaks S3
 */
export function backupStore(endpoint: string): MySqlBackup {
  return MySqlBackup.toS3({
    bucket: 'backups',
    endpoint,
    credentials: StoreCredentials.fromSecretName('backup-store'),
    encryptionKey: EncryptionKey.fromSecretName('backup-key'),
  });
}
