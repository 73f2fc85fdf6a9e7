import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireDnsName, requireImage, requireRelativePath, requireText } from '../../core/validation';
import { warn } from '../../core/warnings';
import { PodVolume } from '../../pod/pod-volume';
import { EncryptionKey } from './encryption-key';
import { MySqlBackupOptions } from './mysql-backup-options';
import { MySqlBackupS3Options } from './mysql-backup-s3-options';
import { StoreCredentials } from './store-credentials';

const RESTIC_IMAGE = 'restic/restic:0.19.1';
const RCLONE_IMAGE = 'rclone/rclone:1.75.2';
const STORE_FOLDER = '/store';
const PORTS: Record<string, number> = { 'https:': 443, 'http:': 80 };
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * What the renderers need to know of the store of a cluster.
 *
 * @internal
 */
export interface ResolvedStore {
  readonly encryptionKey: EncryptionKey;
  readonly resticImage: string;
  readonly rcloneImage: string;
  /** The environment of the programs: what is not secret. */
  readonly environment: Record<string, string>;
  readonly credentials?: StoreCredentials;
  readonly authoritySecretName?: string;
  /** The volume, which is mounted at `/store`. */
  readonly volume?: PodVolume;
  /** The TCP port of the store, where it is reached by network from the pods. */
  readonly port?: number;
}

/**
 * The store of backups. Everything in it is encrypted before it leaves the pod, with one key.
 *
 * The files of a cluster are below `<prefix>/<namespace>/<name>`: `base` has the copies of the data (a repository of restic), `bases` a
 * description of each, `logs` the binary logs.
 */
export class MySqlBackup {
  /** A bucket of a store that speaks S3. */
  public static toS3(options: MySqlBackupS3Options): MySqlBackup {
    return new MySqlBackup(options, (scope, property, folder) => {
      const { bucket, credentials, prefix, certificateAuthoritySecretName: authoritySecretName } = options;
      const { endpoint = 'https://s3.amazonaws.com', region = 'us-east-1' } = options;
      if (!BUCKET.test(bucket)) {
        fail(scope, {
          property: `${property}.bucket`, rule: 'be 3 to 63 lowercase letters, digits, dots and hyphens', value: bucket,
          fix: 'name a bucket that exists',
        });
      }
      if (prefix !== undefined) {
        requireRelativePath({ scope, property: `${property}.prefix` }, prefix);
      }
      requireText({ scope, property: `${property}.region` }, region, 'leave it out for us-east-1');
      credentials._requireValid(scope, `${property}.credentials`);
      if (authoritySecretName !== undefined) {
        requireDnsName({ scope, property: `${property}.certificateAuthoritySecretName` }, authoritySecretName);
      }
      return {
        environment: {
          STORE_KIND: 's3', STORE_ENDPOINT: endpoint, STORE_REGION: region,
          STORE_PATH: [bucket, ...prefix === undefined ? [] : [prefix], folder].join('/'),
        },
        credentials,
        authoritySecretName,
        port: portOf(scope, `${property}.endpoint`, endpoint),
      };
    });
  }

  /**
   * A PersistentVolumeClaim of the cluster's namespace, which must exist; `SharedClaim` makes one. It must be ReadWriteMany where binary
   * logs are archived, since several pods mount it.
   */
  public static toClaim(claimName: string, options: MySqlBackupOptions = {}): MySqlBackup {
    return MySqlBackup.toVolume(PodVolume.persistentVolumeClaim('store', claimName), options);
  }

  /**
   * A folder of an NFS server, to which the user of the pods may write. A namespace with the Pod Security level "restricted" admits no pod
   * with such a volume: use `toClaim` there, with a `SharedClaim` for which `NfsPersistentVolumes` reserves a volume. Synthesis fails
   * where the app has a Namespace with that label.
   */
  public static toNfs(server: string, path: string, options: MySqlBackupOptions = {}): MySqlBackup {
    return MySqlBackup.toVolume(PodVolume.nfs('store', server, path), options);
  }

  /** A volume of any kind that several pods may mount at a time, e.g. `asVolume` of a `SharedClaim`. */
  public static toVolume(volume: PodVolume, options: MySqlBackupOptions = {}): MySqlBackup {
    return new MySqlBackup(options, (scope, property, folder) => {
      volume._requireValid((part) => ({ scope, property: `${property}.${part}` }));
      if (volume._isClaimTemplate) {
        fail(scope, {
          property: `${property}.volume`, rule: 'be a volume of its own', value: volume.name,
          fix: 'the volumes of a cluster are lost with it: use toClaim, toNfs or toS3',
        });
      }
      return { environment: { STORE_KIND: 'folder', STORE_PATH: `${STORE_FOLDER}/${folder}` }, volume };
    });
  }

  private constructor(
    private readonly _options: MySqlBackupOptions,
    private readonly _resolvePlace: (
      scope: IConstruct, property: string, folder: string,
    ) => Omit<ResolvedStore, 'encryptionKey' | 'resticImage' | 'rcloneImage'>,
  ) {}

  /**
   * Checks the options and fills in defaults.
   *
   * @param folder the folder of the cluster: `<namespace>/<name>`
   * @internal
   */
  public _resolve(scope: IConstruct, property: string, clusterName: string, folder: string): ResolvedStore {
    const { resticImage = RESTIC_IMAGE, rcloneImage = RCLONE_IMAGE } = this._options;
    requireImage({ scope, property: `${property}.resticImage` }, resticImage);
    requireImage({ scope, property: `${property}.rcloneImage` }, rcloneImage);
    const encryptionKey = this._options.encryptionKey ?? EncryptionKey.fromSecretName(`${clusterName}-backup-key`);
    encryptionKey._requireValid(scope, `${property}.encryptionKey`);
    if (this._options.encryptionKey === undefined) {
      warn(scope, [
        `'${property}.encryptionKey' is not named: the Secret ${encryptionKey._secretName} must hold it under the key password.`,
        'Without the key no backup can be restored: keep it outside of this Kubernetes cluster, too.',
      ].join(' '));
    }
    return { ...this._resolvePlace(scope, property, folder), encryptionKey, resticImage, rcloneImage };
  }
}

function portOf(scope: IConstruct, property: string, endpoint: string): number {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !(url.protocol in PORTS) || url.username !== '' || !['', '/'].includes(url.pathname) || url.search !== '') {
    fail(scope, {
      property, rule: 'be a URL with http or https, a host and no path', value: endpoint, fix: 'write it as in https://s3.eu-central-1.amazonaws.com',
    });
  }
  return url.port === '' ? PORTS[url.protocol] : Number(url.port);
}
