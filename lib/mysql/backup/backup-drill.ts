import { IConstruct } from 'constructs';
import { requireText } from '../../core/validation';
import { BackupSchedule } from './backup-schedule';

/** Options of a drill. */
export interface BackupDrillOptions {
  /**
   * Statements of SQL that must be true: each returns a row, and the first column of each row is neither 0, empty nor NULL. An example:
   * `SELECT COUNT(*) > 0 FROM shop.orders`.
   *
   * @default - none: the server must start, and apply all binary logs
   */
  readonly check?: string;
}

const WEEKLY = BackupSchedule.weekly({ hour: 4, minute: 41 });

/** Whether a CronJob restores the newest backup and the binary logs since into a temporary server, runs a check, and reports. */
export class BackupDrill {
  /** On Sunday at 4:41 UTC. */
  public static weekly(options: BackupDrillOptions = {}): BackupDrill {
    return BackupDrill.at(WEEKLY, options);
  }

  /** At times of your own. */
  public static at(schedule: BackupSchedule, options: BackupDrillOptions = {}): BackupDrill {
    return new BackupDrill(schedule, options);
  }

  /** No drill. Synthesis warns of it: a backup that was never restored is none. */
  public static none(): BackupDrill {
    return new BackupDrill();
  }

  private constructor(
    /** @internal */
    public readonly _schedule?: BackupSchedule,
    private readonly _options: BackupDrillOptions = {},
  ) {}

  /**
   * The statements of the check.
   *
   * @internal
   */
  public get _check(): string | undefined {
    return this._options.check;
  }

  /** @internal */
  public _requireValid(scope: IConstruct, property: string): void {
    this._schedule?._requireValid(scope, `${property}.schedule`);
    if (this._options.check !== undefined) {
      requireText({ scope, property: `${property}.check` }, this._options.check.trim(), 'leave it out for no check');
    }
  }
}
