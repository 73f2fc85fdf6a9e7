import { BackedUp } from '../../e2e/mysql/backed-up';
import { TestedStore } from '../../e2e/mysql/store';

const ID = /^\d{8}T\d{6}Z-[0-9a-f]{6}/gm;

/** What a store has of the cluster `mysql` of a namespace. */
export class Inventory {
  private readonly _folder: string;
  private readonly _backups: BackedUp;

  public constructor(private readonly _store: TestedStore, namespace: string) {
    this._folder = `${namespace}/mysql`;
    this._backups = new BackedUp(namespace);
  }

  /** The ids of the bases that the list shows, the newest one first. */
  public async bases(): Promise<string[]> {
    return (await this._backups.succeed('backup-list')).match(ID) ?? [];
  }

  /** The same, by a look at the objects. */
  public async published(): Promise<string[]> {
    return (await this.names('bases')).map((name) => name.replace('.info', '')).reverse();
  }

  /** The names of the objects below a folder. */
  public async names(folder: string): Promise<string[]> {
    const text = await this._store.shell(`cd ${this._folder}; if [ -d ${folder} ]; then cd ${folder}; find . -type f | sort; fi`);
    return text.split('\n').filter((name) => name !== '').map((name) => name.replace('./', ''));
  }

  /** The content of all objects, but for what an archive says of itself. */
  public async contents(): Promise<Map<string, string>> {
    const text = await this._store.shell(`cd ${this._folder}; find base bases logs -type f ! -path 'base/locks/*' -exec md5sum {} +`);
    return new Map(text.split('\n').map((line) => line.split('  ').reverse() as [string, string]));
  }

  /** Fails unless all that was there is there, as it was. */
  public async requireIntact(before: ReadonlyMap<string, string>): Promise<void> {
    const now = await this.contents();
    expect([...before].filter(([name, sum]) => now.get(name) !== sum)).toEqual([]);
  }

  /** Runs shell in the folder of the cluster. */
  public async shell(script: string): Promise<string> {
    return await this._store.shell(`cd ${this._folder}; ${script}`);
  }
}
