import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { createApps } from '../../../apps/main';
import { documents } from '../../support/documents';
import { fenceTagged } from '../../support/fences';
import { command } from './kubectl';

/** Folders of their own for both, since nodes of a test cluster may be one machine. */
export const MYSQL_BASE = '/var/tmp/cdk8s-stateful-mysql';
const MYSQL_FOLDERS = { source: `${MYSQL_BASE}/source`, replica: `${MYSQL_BASE}/replica` };

/** The store of backups that these tests start. */
export const BACKUP_STORE = 'http://store.store.svc.cluster.local:7070';

/** The folder in which a user of the documentation stands: with `dist/`, rendered for this cluster's NFS server. */
export class Workspace {
  public static create(): Workspace {
    const nfsServer = process.env.NFS_SERVER;
    if (nfsServer === undefined) {
      throw new Error('NFS_SERVER is not set: name a server that the nodes reach and that exports /k8s/nfs0, /k8s/nfs1 and /k8s/nfs2');
    }
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-e2e-'));
    createApps({
      outdir: join(folder, 'dist'), nfsServer, backupStore: BACKUP_STORE, mysqlFolders: MYSQL_FOLDERS,
    }).forEach((app) => app.synth());
    return new Workspace(folder);
  }

  private constructor(public readonly folder: string) {}

  /** The folder of an app. */
  public dist(app: string): string {
    return join(this.folder, 'dist', app);
  }

  /** Runs the commands of the documentation's block that is tagged `e2e=<id>`; what they print, warnings included. */
  public async runBlock(id: string): Promise<string> {
    const { text } = fenceTagged(documents(), `e2e=${id}`);
    return await command('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${text}`], this.folder);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
