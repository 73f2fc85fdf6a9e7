import { MySqlRestore } from '../../../lib/mysql/backup/mysql-restore';
import { MySqlRestoreOptions } from '../../../lib/mysql/backup/mysql-restore-options';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { runBlock } from '../../e2e/support/block';
import { kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';
import { Restored } from './restored';
import { ARCHIVE, TestedArchive } from './tested-archive';

const [, { members: [SOURCE], topology }] = TOPOLOGIES;

/** A cluster with backups that is lost, and starts again under its name, with its data or without. */
export class Recurring extends Restored {
  public readonly backups: BackedUp;

  public constructor(namespace: string, private readonly _backupStore: TestedStore) {
    super(namespace, _backupStore, `${namespace}/mysql`);
    this.backups = new BackedUp(namespace);
  }

  /** Applies it, with a restore of what it was before or without. */
  public async apply(options?: Omit<MySqlRestoreOptions, 'cluster'>): Promise<void> {
    await applyDeclared(this.namespace, topology(), {
      backups: backupsIn(this._backupStore),
      restore: options && MySqlRestore.from(this._backupStore.asBackup(), { cluster: `${this.namespace}/mysql`, ...options }),
    });
  }

  /** Waits until the archive has all that it is to have. */
  public async archives(): Promise<void> {
    await until('the archive is ready', 120, async () => await new TestedArchive(this).archives());
  }

  /** Waits until the archive refuses the data. */
  public async isForeign(): Promise<void> {
    await until(`the archive of ${this.namespace} says that the data is foreign`, 120, async () => (
      /^unready FOREIGN: .*restore from the store, or name another prefix/m.test(await runBlock('backup-archive', this.namespace))));
    await until('it is not ready', 60, async () => await this.condition(ARCHIVE) === 'False');
  }

  /** Inserts a row; its transaction. */
  public async insert(number: number): Promise<string> {
    const known = await this.executed(SOURCE);
    await this.sql(SOURCE, `INSERT INTO shop.numbers VALUES (${number})`);
    return await this.sql(SOURCE, `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${known}')`);
  }

  public async rows(): Promise<string> {
    return await this.sql(SOURCE, 'SELECT GROUP_CONCAT(number ORDER BY number) FROM shop.numbers');
  }

  /** What changes when a container of it starts again. */
  public async starts(): Promise<string> {
    return await kubectl('--namespace', this.namespace, 'get', 'pods', ...this.members, ARCHIVE, '--output',
      'jsonpath={.items[*].status.containerStatuses[*].containerID}');
  }
}
