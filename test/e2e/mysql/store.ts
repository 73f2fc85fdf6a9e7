import { ApiObject, ApiObjectProps } from 'cdk8s';
import { EncryptionKey } from '../../../lib/mysql/backup/encryption-key';
import { MySqlBackup } from '../../../lib/mysql/backup/mysql-backup';
import { StoreCredentials } from '../../../lib/mysql/backup/store-credentials';
import { runBlock } from '../support/block';
import { kubectl } from '../support/kubectl';
import { applyChart } from '../support/own-namespace';

const IMAGE = 'localhost/rig/s3:1'; // versitygw, whose buckets are folders
const BUSYBOX = 'busybox:1.28.3';
const PORT = 7070;
const BUCKET = 'backups';
const KEY = 'e2e-key-of-the-backups';
const CREDENTIALS = { 'access-key-id': 'e2e-user', 'secret-access-key': 'e2e-secret-of-the-store' };

/** An S3 store in a namespace, and the Secrets with which clusters of any namespace use it. */
export class TestedStore {
  /** The values that no log, argument or variable may hold. */
  public static readonly SECRETS = [CREDENTIALS['secret-access-key'], KEY];

  public constructor(private readonly _namespace: string) {}

  /**
   * Starts the store, with nothing in it.
   *
   * @param mebibytes how much it may hold; without a limit, if it is not given
   */
  public async start(mebibytes?: number): Promise<void> {
    const labels = { app: 'store' };
    const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const data = [{ name: 'data', mountPath: '/data' }];
    await applyObjects(this._namespace, {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'store' }, spec: { selector: labels, ports: [{ port: PORT }] },
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
          name: 'store', image: IMAGE, imagePullPolicy: 'IfNotPresent', args: ['posix', '/data'], volumeMounts: data,
          securityContext: restricted,
          env: [
            { name: 'ROOT_ACCESS_KEY', value: CREDENTIALS['access-key-id'] },
            { name: 'ROOT_SECRET_KEY', value: CREDENTIALS['secret-access-key'] },
          ],
          readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
        }, { // in which a test looks at the objects, and damages them
          name: 'shell', image: BUSYBOX, imagePullPolicy: 'IfNotPresent', command: ['sleep', '86400'], volumeMounts: data,
          securityContext: restricted, workingDir: `/data/${BUCKET}`,
        }],
        volumes: [{ name: 'data', emptyDir: mebibytes === undefined ? {} : { medium: 'Memory', sizeLimit: `${mebibytes}Mi` } }],
      },
    });
    await kubectl('--namespace', this._namespace, 'wait', '--for', 'condition=Ready', 'pod/store', '--timeout', '90s');
    await this.admit(this._namespace);
  }

  /** Runs shell among the objects of the bucket, each of which is a file. */
  public async shell(script: string): Promise<string> {
    return (await kubectl('--namespace', this._namespace, 'exec', 'store', '--container', 'shell', '--', 'sh', '-euc', script)).trim();
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
    return MySqlBackup.toS3({
      bucket: BUCKET,
      prefix,
      endpoint: `http://store.${this._namespace}.svc.cluster.local:${PORT}`,
      credentials: StoreCredentials.fromSecretName('backup-store'),
      encryptionKey: EncryptionKey.fromSecretName('backup-key'),
    });
  }
}

async function applyObjects(namespace: string, ...objects: ApiObjectProps[]): Promise<void> {
  await applyChart(namespace, (chart) => objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object)));
}
