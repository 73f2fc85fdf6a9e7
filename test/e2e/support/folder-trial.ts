import { baseOf } from '../../support/dist-folders';
import { Delivery, Excuses } from './delivery';
import { withDiagnosis } from './diagnosed';
import { FolderStore } from './folder-store';
import { GitOpsTool } from './gitops-tool';
import { kubectl } from './kubectl';
import { MySqlNodes } from './mysql-nodes';
import { WebStorage } from './web-storage';
import { Workspace } from './workspace';

const SECONDS = 900;

/** What a folder of workloads needs beside its base, and when it is ready beside what `kubectl` says. */
interface Needs {
  /** Gives the cluster what it must have; the result takes it away again. */
  readonly prepare?: () => Promise<{ release: () => Promise<void> }>;
  readonly excuses?: Excuses;
  readonly ready?: (workspace: Workspace) => Promise<void>;
}

/** A new app stands here only if it needs something. */
const NEEDS: Record<string, Needs> = {
  'mysql-backup': { prepare: async () => await FolderStore.prepare(), ready: async () => await FolderStore.admit('mysql-backup') },
  'mysql-innodb-cluster': {
    excuses: {
      cause: { deployment: 'mysql-router-metadata', says: 'the image has no mysqlsh' },
      effects: [{ deployment: 'mysql-router', says: 'the group has no metadata of InnoDB Cluster' }],
    },
  },
  'mysql-restore': { prepare: async () => await FolderStore.prepare(), ready: async () => await FolderStore.admit('mysql-restore') },
  'mysql-source-replica': { prepare: async () => await MySqlNodes.prepare() },
  'web-storage': { ready: webStorageReady },
};

/** The folders that this file knows of. */
export const FOLDERS_WITH_NEEDS = Object.keys(NEEDS);

/** A folder of workloads and its base on the cluster. */
export class FolderTrial {
  private readonly _delivery: Delivery;
  private readonly _needs: Needs;
  private _preparation?: { release: () => Promise<void> };

  public constructor(public readonly workspace: Workspace, public readonly folder: string) {
    this._delivery = new Delivery([baseOf(folder), folder].map((name) => workspace.dist(name)));
    this._needs = NEEDS[folder] ?? {};
  }

  /** The namespaces of the objects. */
  public get namespaces(): string[] {
    return this._delivery.namespaces;
  }

  /** How many objects folder and base have. */
  public get size(): number {
    return this._delivery.size;
  }

  /** Fails when the cluster has something of the folders already; then gives it what they need. */
  public async begin(): Promise<void> {
    await this._delivery.requireAbsent();
    this._preparation = await this._needs.prepare?.();
  }

  /** Applies base and folder as the tool does that syncs them as one. */
  public async apply(tool: GitOpsTool): Promise<void> {
    await this._delivery.apply(tool);
  }

  /** Waits until every workload is ready. */
  public async ready(): Promise<void> {
    await this._needs.ready?.(this.workspace);
    await this._delivery.ready(this._needs.excuses);
  }

  /** What must outlive the workloads: kind, name, uid and volume of the base's objects, and of the namespaces' claims and Secrets. */
  public async outliving(): Promise<string[]> {
    const columns = ['--no-headers', '--output', 'custom-columns=:.kind,:.metadata.name,:.metadata.uid,:.spec.volumeName'];
    const texts = [await kubectl('get', '--filename', this.workspace.dist(baseOf(this.folder)), ...columns)];
    for (const namespace of this.namespaces) {
      texts.push(await kubectl('--namespace', namespace, 'get', 'persistentvolumeclaims,secrets', ...columns));
    }
    // The claim of a Job's scratch volume lives as long as its pod.
    return texts.flatMap((text) => text.split('\n')).map((line) => line.trim().replace(/ +/g, ' '))
      .filter((line) => line !== '' && !/^PersistentVolumeClaim \S+-scratch /.test(line)).sort();
  }

  /** The uids of the StatefulSets' pods, by name. */
  public async pods(): Promise<Record<string, string>> {
    const lists = await Promise.all(this.namespaces.map(async (namespace) => (
      JSON.parse(await kubectl('--namespace', namespace, 'get', 'pods', '--output', 'json')) as { items: Pod[] }
    )));
    const pods = lists.flatMap(({ items }) => items)
      .filter(({ metadata: { ownerReferences = [] } }) => ownerReferences.some(({ kind }) => kind === 'StatefulSet'));
    return Object.fromEntries(pods.map(({ metadata: { name, uid } }) => [name, uid]));
  }

  /** Takes away all that was made. */
  public async end(): Promise<void> {
    try {
      await this._delivery.remove();
    } finally {
      this._delivery.dispose();
      await this._preparation?.release();
    }
  }
}

/** What is read of a pod. */
interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly ownerReferences?: { readonly kind: string }[] };
}

/** A test of a folder, on a cluster that has nothing of it before and after. It runs side by side with the others of its `describe`. */
export function testFolder(title: string, workspace: Workspace, folder: string, body: (trial: FolderTrial) => Promise<void>): void {
  test.concurrent(title, async () => {
    const trial = new FolderTrial(workspace, folder);
    await trial.begin();
    const errors: Error[] = [];
    for (const step of [async () => await withDiagnosis(trial.namespaces, async () => await body(trial)), async () => await trial.end()]) {
      await step().catch((error: Error) => errors.push(error));
    }
    if (errors.length > 0) {
      throw new Error(errors.map(({ message }) => message).join('\n'), { cause: errors[0] });
    }
  }, SECONDS * 1000);
}

async function webStorageReady(workspace: Workspace): Promise<void> {
  const webStorage = new WebStorage(workspace);
  await webStorage.started();
  expect(await webStorage.boundVolumes()).toEqual(WebStorage.RESERVED);
}
