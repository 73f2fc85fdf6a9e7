import { MySqlBackup, MySqlBackupS3Options, EncryptionKey, StoreCredentials } from '../../../lib';

/** A bucket, with changes. */
export function bucket(options: Partial<MySqlBackupS3Options> = {}): MySqlBackup {
  return MySqlBackup.toS3({
    bucket: 'shop-backups',
    endpoint: 'https://s3.example.com',
    credentials: StoreCredentials.fromSecretName('store'),
    encryptionKey: EncryptionKey.fromSecretName('key'),
    ...options,
  });
}

/** An NFS export. */
export function folder(): MySqlBackup {
  return MySqlBackup.toNfs('10.0.0.1', '/backups', { encryptionKey: EncryptionKey.fromSecretName('key') });
}
