import { MySqlRestore } from '../../../lib/mysql/backup/mysql-restore';
import { RestorePoint } from '../../../lib/mysql/backup/restore-point';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { kubectl } from '../../e2e/support/kubectl';

/** A cluster without backups of its own that is restored from what another one stored, to one point after the other. */
export class Restored extends TestedCluster {
  private _times = 0;

  public constructor(namespace: string, private readonly _store: TestedStore, private readonly _from: string) {
    super(namespace, ['mysql-source-0', 'mysql-replica-0']);
  }

  /** Restores it, in place of what it was before; the rows of the writers. */
  public async to(until: RestorePoint = RestorePoint.latest(), seconds = 300): Promise<number[]> {
    await this.clear();
    this._times += 1;
    await applyDeclared(this.namespace, MySqlTopology.sourceReplica({ replicas: 1 }), {
      restore: MySqlRestore.from(this._store.asBackup(), { cluster: this._from, id: `r${this._times}`, until }),
    });
    await this.ready(seconds);
    const numbers = await this.sql('mysql-source-0', 'SELECT number FROM shop.numbers ORDER BY number');
    return numbers === '' ? [] : numbers.split('\n').map(Number);
  }

  /**
   * Deletes its workloads and its data.
   *
   * @param kept a claim that stays
   */
  public async clear(kept?: string): Promise<void> {
    const run = async (...args: string[]) => await kubectl('--namespace', this.namespace, ...args);
    await run('delete', 'statefulset', '--all', '--cascade=orphan');
    await run('delete', 'job', '--selector', 'app.kubernetes.io/component in (backup, drill, restore)', '--cascade=foreground',
      '--timeout=60s');
    await run('delete', 'pod', '--selector', 'app.kubernetes.io/name in (mysql, mysql-archive)', '--force', '--grace-period=0');
    const which = kept === undefined ? ['--all'] : ['--field-selector', `metadata.name!=${kept}`];
    await run('delete', 'persistentvolumeclaim', ...which, '--timeout=60s');
  }
}
