import { TestedStore } from '../../e2e/mysql/store';
import { Inventory } from './inventory';

const COUNTS = '/tmp/counts-of-backups';

/** The proven backups that a store has, which it is watched for. */
export class ProvenBackups {
  public constructor(private readonly _namespace: string, private readonly _store: TestedStore) {}

  /** Notes each number of backups that the store says it has, from now on. */
  public async watch(): Promise<void> {
    const count = `ls ${this._namespace}/mysql/bases/ 2>/dev/null | grep -c "info$"`;
    const watch = `last=; while usleep 100000; do now=$(${count}); [ "$now" = "$last" ] || echo $now >>${COUNTS}; last=$now; done`;
    await this._store.shell(`sh -c '${watch}' </dev/null >/dev/null 2>&1 &`);
  }

  /** The numbers of backups that the store had, one after the other; the next time those that it had since. */
  public async counts(): Promise<number[]> {
    return (await this._store.shell(`cat ${COUNTS}; tail -n 1 ${COUNTS} >${COUNTS}.new; mv ${COUNTS}.new ${COUNTS}`)).split('\n').map(Number);
  }

  /** Those that the list shows a person. */
  public async listed(): Promise<string[]> {
    return (await new Inventory(this._store, this._namespace).bases()).sort();
  }
}
