import { ApiObject, App, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { SharedClaim } from '../../../lib/claim/shared-claim';
import { EncryptionKey } from '../../../lib/mysql/backup/encryption-key';
import { MySqlBackup } from '../../../lib/mysql/backup/mysql-backup';
import { NfsPersistentVolumes } from '../../../lib/nfs/nfs-persistent-volumes';
import { runBlock } from '../../e2e/support/block';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart, applyYaml } from '../../e2e/support/own-namespace';

const PATH = '/k8s/nfs2';
const CLAIM = 'backups';
const POD = 'restic';
const PREPARATION = 'e2e-export';
const IMAGE = { image: 'restic/restic:0.19.1', imagePullPolicy: 'IfNotPresent' };

/** Claims on a folder of an NFS server as a store, and a pod with restic that mounts one of them, as an operator would. */
export class TestedExport {
  private readonly _server = process.env.NFS_SERVER ?? '';

  public constructor(private readonly _namespace: string, private readonly _namespaces: string[]) {}

  /** Makes volumes and claims, and lets the user of the backups write to the export, which has nothing of the namespace. */
  public async start(): Promise<void> {
    await this._prepare(`rm -rf ${this._namespace}; mkdir ${this._namespace}; chmod 0777 ${this._namespace}`);
    const app = new App();
    for (const namespace of this._namespaces) {
      const claim = new SharedClaim(new Chart(app, `claim-of-${namespace}`, { namespace }), CLAIM, { size: Size.gibibytes(1) });
      new NfsPersistentVolumes(new Chart(app, `volume-of-${namespace}`), namespace, {
        server: this._server, paths: [PATH], capacity: Size.gibibytes(1), accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
      }).reserveFor(claim);
    }
    await applyYaml(app.synthYaml());
    for (const namespace of this._namespaces) {
      await this._admit(namespace);
    }
    await this._startRestic();
  }

  /** The store, for a cluster of any of the namespaces. */
  public asBackup(): MySqlBackup {
    return MySqlBackup.toClaim(CLAIM, { encryptionKey: EncryptionKey.fromSecretName('backup-key') });
  }

  /** Runs a block of the guide that calls restic, for a person who has set the repository and the key. */
  public async runBlock(id: string): Promise<string> {
    return await runBlock(id, this._namespace, {}, `restic() { kubectl exec ${POD} -- restic --no-lock "$@"; }`);
  }

  /** Removes what the namespace has stored, and the volumes. */
  public async clear(): Promise<void> {
    await this._prepare(`rm -rf ${this._namespace}`);
    await kubectl('delete', 'persistentvolume', '--ignore-not-found', '--wait=false', ...this._namespaces.map((name) => `${name}-000`));
  }

  /** Gives clusters of a namespace the encryption key, as the guide says. */
  private async _admit(namespace: string): Promise<void> {
    const unused = { 'access-key-id': 'none', 'secret-access-key': 'none' };
    await runBlock('backup-secrets', namespace, { ...unused, password: 'e2e-key-of-the-export' });
  }

  /** Runs shell on the export as its owner, in a namespace that admits that. */
  private async _prepare(script: string): Promise<void> {
    await applyChart('default', (chart) => new ApiObject(chart, 'pod', {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: PREPARATION },
      spec: {
        restartPolicy: 'Never',
        containers: [{
          name: 'shell', ...IMAGE, command: ['sh', '-euc', `cd /store; ${script}`], volumeMounts: [{ name: 'store', mountPath: '/store' }],
        }],
        volumes: [{ name: 'store', nfs: { server: this._server, path: PATH } }],
      },
    }));
    await kubectl('wait', '--for=jsonpath={.status.phase}=Succeeded', `pod/${PREPARATION}`, '--timeout=60s');
    await kubectl('delete', `pod/${PREPARATION}`, '--timeout=60s');
  }

  private async _startRestic(): Promise<void> {
    await applyChart(this._namespace, (chart) => new ApiObject(chart, 'pod', {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: POD },
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
        terminationGracePeriodSeconds: 0,
        containers: [{
          name: 'restic', ...IMAGE, command: ['sleep', '86400'],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          env: [
            { name: 'RESTIC_REPOSITORY', value: `/store/${this._namespace}/mysql/base` }, { name: 'RESTIC_PASSWORD_FILE', value: '/key/password' },
            { name: 'RESTIC_CACHE_DIR', value: '/tmp' },
          ],
          volumeMounts: [{ name: 'store', mountPath: '/store' }, { name: 'key', mountPath: '/key' }],
        }],
        volumes: [
          { name: 'store', persistentVolumeClaim: { claimName: CLAIM } }, { name: 'key', secret: { secretName: 'backup-key' } },
        ],
      },
    }));
    await kubectl('--namespace', this._namespace, 'wait', '--for=condition=Ready', `pod/${POD}`, '--timeout=60s');
  }
}
