import { TestedStore } from '../mysql/store';
import { get, kubectl } from './kubectl';

const NAMESPACE = 'store';

/** The store of the folders with backups, at the URL in `Workspace`. It outlives them, so that one restores what another one stored. */
export class FolderStore {
  /** Starts it, if it does not run. */
  public static async prepare(): Promise<{ release: () => Promise<void> }> {
    if (await get('namespace', NAMESPACE) === undefined) {
      await kubectl('create', 'namespace', NAMESPACE);
      await new TestedStore(NAMESPACE).start();
    }
    return { release: async () => await Promise.resolve() };
  }

  /** Gives the cluster of a folder the Secrets of the store. */
  public static async admit(namespace: string): Promise<void> {
    if (await get('secret', 'backup-key', namespace) === undefined) {
      await new TestedStore(NAMESPACE).admit(namespace);
    }
  }

  /** Takes it away with all that it has. */
  public static async remove(): Promise<void> {
    await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--timeout', '100s');
  }
}
