import { ApiObject } from 'cdk8s';
import { EncryptionKey } from '../../../lib/mysql/backup/encryption-key';
import { MySqlBackup } from '../../../lib/mysql/backup/mysql-backup';
import { runBlock } from '../../e2e/support/block';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart } from '../../e2e/support/own-namespace';

const PATH = '/k8s/nfs2';
const POD = 'folder';

/** An NFS export as a store, and a pod with restic that has mounted it, as an operator would. */
export class TestedExport {
  private readonly _server = process.env.NFS_SERVER ?? '';

  public constructor(private readonly _namespace: string) {}

  /** Lets the user of the backups write to the export, which has nothing of the namespace. */
  public async start(): Promise<void> {
    await this.admit(this._namespace);
    const mounts = [{ name: 'store', mountPath: '/store' }];
    const image = { image: 'restic/restic:0.19.1', imagePullPolicy: 'IfNotPresent', volumeMounts: mounts };
    await applyChart(this._namespace, (chart) => new ApiObject(chart, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: POD },
      spec: {
        terminationGracePeriodSeconds: 0,
        initContainers: [{
          name: 'empty', ...image,
          command: ['sh', '-euc', `cd /store; rm -rf ${this._namespace}; mkdir ${this._namespace}; chmod 0777 . ${this._namespace}`],
        }],
        containers: [{
          name: 'restic', ...image,
          command: ['sleep', '86400'],
          env: [
            { name: 'RESTIC_REPOSITORY', value: `/store/${this._namespace}/mysql/base` },
            { name: 'RESTIC_PASSWORD_FILE', value: '/key/password' },
            { name: 'RESTIC_CACHE_DIR', value: '/tmp' },
          ],
          volumeMounts: [...mounts, { name: 'key', mountPath: '/key' }],
        }],
        volumes: [
          { name: 'store', nfs: { server: this._server, path: PATH } }, { name: 'key', secret: { secretName: 'backup-key' } },
        ],
      },
    }));
    await kubectl('--namespace', this._namespace, 'wait', '--for=condition=Ready', `pod/${POD}`, '--timeout=60s');
  }

  /** Gives clusters of a namespace the encryption key, as the guide says. */
  public async admit(namespace: string): Promise<void> {
    const unused = { 'access-key-id': 'none', 'secret-access-key': 'none' };
    await runBlock('backup-secrets', namespace, { ...unused, password: 'e2e-key-of-the-export' });
  }

  /** The store, for a cluster of any namespace. */
  public asBackup(): MySqlBackup {
    return MySqlBackup.toNfs(this._server, PATH, { encryptionKey: EncryptionKey.fromSecretName('backup-key') });
  }

  /** Runs a block of the guide that calls restic, for a person who has set the repository and the key. */
  public async runBlock(id: string): Promise<string> {
    const restic = `restic() { kubectl exec ${POD} -- restic --no-lock "$@"; }`;
    return await runBlock(id, this._namespace, {}, restic);
  }

  /** Removes what the namespace has stored. */
  public async clear(): Promise<void> {
    await kubectl('--namespace', this._namespace, 'exec', POD, '--', 'rm', '-rf', `/store/${this._namespace}`);
  }
}
