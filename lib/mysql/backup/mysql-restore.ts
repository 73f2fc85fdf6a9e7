import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { isDnsLabel, requireDnsLabel } from '../../core/validation';
import { MySqlBackup, ResolvedStore } from './mysql-backup';
import { BackedUpCluster, resolveScratch, ResolvedScratch } from './mysql-backups';
import { MySqlRestoreOptions } from './mysql-restore-options';
import { RestorePoint } from './restore-point';

/** @internal */
export interface ResolvedRestore {
  readonly store: ResolvedStore;
  readonly id: string;
  readonly until: RestorePoint;
  readonly timeline?: string;
  readonly scratch: ResolvedScratch;
}

const INITIAL = 'initial';
const ID_MAX = 12;

/**
 * Data for a cluster that has none, from a backup. While a member has data it does nothing, so it may stay in the code. It begins a new
 * timeline: nothing in the store is written over, and no transaction gets the identifier of another one.
 */
export class MySqlRestore {
  /** A restore from a store. */
  public static from(backup: MySqlBackup, options: MySqlRestoreOptions): MySqlRestore {
    return new MySqlRestore(backup, options);
  }

  private constructor(private readonly _backup: MySqlBackup, private readonly _options: MySqlRestoreOptions) {}

  /**
   * Checks the options and fills in defaults.
   *
   * @internal
   */
  public _resolve(scope: IConstruct, cluster: Omit<BackedUpCluster, 'binaryLogSeconds'>): ResolvedRestore {
    const { id, until = RestorePoint.latest(), timeline } = this._options;
    const source = this._options.cluster.split('/');
    if (source.length !== 2 || !source.every(isDnsLabel)) {
      fail(scope, {
        property: 'restore.cluster', rule: 'be the namespace and the name of a cluster', value: this._options.cluster,
        fix: 'write it as in shop/mysql',
      });
    }
    requireDnsLabel({ scope, property: 'restore.id' }, id, ID_MAX, ' (it is a part of the name of a Job)');
    if (id === INITIAL) {
      fail(scope, {
        property: 'restore.id', rule: 'be another word than that of the timeline of data that was never restored', value: id,
        fix: 'write it as in r1',
      });
    }
    if (timeline !== undefined) {
      requireDnsLabel({ scope, property: 'restore.timeline' }, timeline);
      if (timeline === id) {
        fail(scope, {
          property: 'restore.id', rule: 'be another one than the timeline that is restored', value: id,
          fix: 'a restore begins a new timeline: take a new id',
        });
      }
    }
    until._requireValid(scope, 'restore.until');
    return {
      store: this._backup._resolve(scope, 'restore', cluster.name, this._options.cluster),
      id,
      until,
      timeline,
      scratch: resolveScratch(scope, 'restore.scratch', cluster.storage, this._options.scratch),
    };
  }
}
