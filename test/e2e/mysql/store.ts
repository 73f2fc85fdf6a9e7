import { ApiObject, ApiObjectProps } from 'cdk8s';
import { EncryptionKey } from '../../../lib/mysql/backup/encryption-key';
import { MySqlBackup } from '../../../lib/mysql/backup/mysql-backup';
import { MySqlBackupS3Options } from '../../../lib/mysql/backup/mysql-backup-s3-options';
import { StoreCredentials } from '../../../lib/mysql/backup/store-credentials';
import { runBlock } from '../support/block';
import { kubectl } from '../support/kubectl';
import { applyChart } from '../support/own-namespace';

const IMAGE = 'localhost/rig/s3:1'; // versitygw, whose buckets are folders
const BUSYBOX = 'busybox:1.28.3';
const PORT = 7070;
const SECURE_PORT = 7071;
const BUCKET = 'backups';
const KEY = 'e2e-key-of-the-backups';
const CREDENTIALS = { 'access-key-id': 'e2e-user', 'secret-access-key': 'e2e-secret-of-the-store' };

/** An S3 store in a namespace, and the Secrets with which clusters of any namespace use it. */
export class TestedStore {
  /** The values that no log, argument or variable may hold. */
  public static readonly SECRETS = [CREDENTIALS['secret-access-key'], KEY];

  /** The name by which clusters reach it. */
  public readonly host: string;

  public constructor(private readonly _namespace: string) {
    this.host = `store.${_namespace}.svc.cluster.local`;
  }

  /**
   * Starts the store, with nothing in it.
   *
   * @param mebibytes how much it may hold; without a limit, if it is not given
   * @param tlsSecret a Secret with `tls.crt` and `tls.key`, with which it answers by https, too
   */
  public async start(mebibytes?: number, tlsSecret?: string): Promise<void> {
    const labels = { app: 'store' };
    const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const data = [{ name: 'data', mountPath: '/data' }];
    const server = {
      image: IMAGE, imagePullPolicy: 'IfNotPresent', securityContext: restricted,
      env: [
        { name: 'ROOT_ACCESS_KEY', value: CREDENTIALS['access-key-id'] },
        { name: 'ROOT_SECRET_KEY', value: CREDENTIALS['secret-access-key'] },
      ],
    };
    const certificate = ['--port', `:${SECURE_PORT}`, '--cert', '/tls/tls.crt', '--key', '/tls/tls.key'];
    const ports = [{ name: 's3', port: PORT }, { name: 's3-secure', port: SECURE_PORT }];
    await applyObjects(this._namespace, {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'store' }, spec: { selector: labels, ports },
    }, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'store', labels },
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
        terminationGracePeriodSeconds: 0,
        initContainers: [{
          name: 'bucket', image: BUSYBOX, imagePullPolicy: 'IfNotPresent', command: ['mkdir', '-p', `/data/${BUCKET}`], volumeMounts: data,
          securityContext: restricted,
        }],
        containers: [{
          name: 'store', ...server, args: ['posix', '/data'], volumeMounts: data,
          readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
        }, ...tlsSecret === undefined ? [] : [{
          name: 'secure', ...server, args: [...certificate, 'posix', '/data'], volumeMounts: [...data, { name: 'tls', mountPath: '/tls' }],
          readinessProbe: { tcpSocket: { port: SECURE_PORT }, periodSeconds: 1 },
        }], { // in which a test looks at the objects, and damages them
          name: 'shell', image: BUSYBOX, imagePullPolicy: 'IfNotPresent', command: ['sleep', '86400'], volumeMounts: data,
          securityContext: restricted,
        }],
        volumes: [
          { name: 'data', emptyDir: mebibytes === undefined ? {} : { medium: 'Memory', sizeLimit: `${mebibytes}Mi` } },
          ...tlsSecret === undefined ? [] : [{ name: 'tls', secret: { secretName: tlsSecret } }],
        ],
      },
    });
    await kubectl('--namespace', this._namespace, 'wait', '--for', 'condition=Ready', 'pod/store', '--timeout', '90s');
    await this.admit(this._namespace);
  }

  /** Runs shell among the objects of the bucket, each of which is a file. */
  public async shell(script: string): Promise<string> {
    return await this._shell(`cd ${BUCKET}; ${script}`);
  }

  /** Takes the bucket away, and brings it back. */
  public async hasBucket(is: boolean): Promise<void> {
    await this._shell(is ? `mv .away ${BUCKET}` : `mv ${BUCKET} .away`);
  }

  /** Leaves no room for anything, and then room again. */
  public async isFull(is: boolean): Promise<void> {
    await this._shell(is ? 'dd if=/dev/zero of=.ballast bs=64k 2>/dev/null || true; df -k .' : 'rm .ballast');
  }

  /** Lets nobody reach the store, and then again. */
  public async reachable(is: boolean): Promise<void> {
    const patch = JSON.stringify({ spec: { selector: { app: is ? 'store' : 'nothing' } } });
    await kubectl('--namespace', this._namespace, 'patch', 'service', 'store', '--patch', patch);
  }

  /** Gives clusters of a namespace the Secrets of the store, as the guide says. */
  public async admit(namespace: string): Promise<void> {
    await runBlock('backup-secrets', namespace, { ...CREDENTIALS, password: KEY });
  }

  /** The store, for a cluster of any namespace, below a prefix. */
  public asBackup(prefix?: string): MySqlBackup {
    return this._asBackup(`http://${this.host}:${PORT}`, { prefix });
  }

  /** The same by https, with an authority, or with none but those that the images know. */
  public asSecureBackup(certificateAuthoritySecretName?: string): MySqlBackup {
    return this._asBackup(`https://${this.host}:${SECURE_PORT}`, { certificateAuthoritySecretName });
  }

  private _asBackup(endpoint: string, options: Partial<MySqlBackupS3Options>): MySqlBackup {
    return MySqlBackup.toS3({
      bucket: BUCKET,
      endpoint,
      credentials: StoreCredentials.fromSecretName('backup-store'),
      encryptionKey: EncryptionKey.fromSecretName('backup-key'),
      ...options,
    });
  }

  private async _shell(script: string): Promise<string> {
    const inShell = ['exec', 'store', '--container', 'shell', '--', 'sh', '-euc', `cd /data; ${script}`];
    return (await kubectl('--namespace', this._namespace, ...inShell)).trim();
  }
}

async function applyObjects(namespace: string, ...objects: ApiObjectProps[]): Promise<void> {
  await applyChart(namespace, (chart) => objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object)));
}
