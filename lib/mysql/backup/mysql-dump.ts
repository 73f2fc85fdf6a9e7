import { IConstruct } from 'constructs';
import { requireInteger } from '../../core/validation';
import { BackupSchedule } from './backup-schedule';

/** Options of dumps. */
export interface MySqlDumpOptions {
  /**
   * The databases. A dump fails when one of them does not exist.
   *
   * @default - all but those of the server and of this library
   */
  readonly databases?: string[];

  /**
   * How many dumps stay: 1 to 200. A dump counts when all of it is stored and was read again.
   *
   * @default 4
   */
  readonly keep?: number;
}

const WEEKLY = BackupSchedule.weekly({ hour: 5, minute: 23 });
// More snapshots make restic slow: https://github.com/restic/restic/issues/2673
const KEEP_MAX = 200;

/**
 * Whether the data is also stored as statements of SQL, a file for each database: the way back to an older version of MySQL, and to a
 * single database. A CronJob restores the newest backup and the binary logs since into a temporary server, and dumps that one. No server of
 * the cluster notices it.
 */
export class MySqlDump {
  /** On Sunday at 5:23 UTC. */
  public static weekly(options: MySqlDumpOptions = {}): MySqlDump {
    return MySqlDump.at(WEEKLY, options);
  }

  /** At times of your own. */
  public static at(schedule: BackupSchedule, options: MySqlDumpOptions = {}): MySqlDump {
    return new MySqlDump(schedule, options);
  }

  /** No dump: a backup holds all data, for servers of the same series. */
  public static none(): MySqlDump {
    return new MySqlDump();
  }

  private constructor(
    /** @internal */
    public readonly _schedule?: BackupSchedule,
    private readonly _options: MySqlDumpOptions = {},
  ) {}

  /**
   * How many stay.
   *
   * @internal
   */
  public get _keep(): number {
    return this._options.keep ?? 4;
  }

  /**
   * The databases; none for all.
   *
   * @internal
   */
  public get _databases(): string[] {
    return this._options.databases ?? [];
  }

  /** @internal */
  public _requireValid(scope: IConstruct, property: string): void {
    const { databases, keep } = this._options;
    this._schedule?._requireValid(scope, `${property}.schedule`);
    if (databases !== undefined) {
      requireInteger({ scope, property: `${property}.databases.length` }, databases.length, 1, 1000, 'leave it out for all databases');
    }
    if (keep !== undefined) {
      requireInteger({ scope, property: `${property}.keep` }, keep, 1, KEEP_MAX, 'leave it out for 4');
    }
  }
}
