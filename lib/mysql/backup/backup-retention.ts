import { IConstruct } from 'constructs';
import { requireInteger } from '../../core/validation';

/** How many backups stay. Each number counts proven backups only; a backup stays when one of them keeps it. */
export interface BackupCounts {
  /**
   * The newest ones: at least 2, so that one that turns out to be useless is not the only one.
   *
   * @default 3
   */
  readonly last?: number;

  /**
   * Days of which the newest backup stays.
   *
   * @default 0
   */
  readonly daily?: number;

  /**
   * Weeks of which the newest backup stays.
   *
   * @default 0
   */
  readonly weekly?: number;

  /**
   * Months of which the newest backup stays.
   *
   * @default 0
   */
  readonly monthly?: number;
}

const LAST_MIN = 2;
// More snapshots make restic slow: https://github.com/restic/restic/issues/2673
const COUNT_MAX = 200;

/** Which backups stay, and with them the binary logs since the oldest of them. */
export class BackupRetention {
  /** A backup stays when one of these numbers keeps it. */
  public static keep(counts: BackupCounts): BackupRetention {
    return new BackupRetention(counts);
  }

  private constructor(private readonly _counts: BackupCounts) {}

  /**
   * As the programs of the backup read it.
   *
   * @internal
   */
  public _resolve(scope: IConstruct, property: string): Record<string, string> {
    const { last = 3, daily = 0, weekly = 0, monthly = 0 } = this._counts;
    requireInteger({ scope, property: `${property}.last` }, last, LAST_MIN, COUNT_MAX, 'leave it out for 3; one backup alone may be useless');
    for (const [name, count] of Object.entries({ daily, weekly, monthly })) {
      requireInteger({ scope, property: `${property}.${name}` }, count, 0, COUNT_MAX, 'leave it out for none');
    }
    return { KEEP_LAST: String(last), KEEP_DAILY: String(daily), KEEP_WEEKLY: String(weekly), KEEP_MONTHLY: String(monthly) };
  }
}
