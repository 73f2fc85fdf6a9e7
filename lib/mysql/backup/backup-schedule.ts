import { IConstruct } from 'constructs';
import { fail, Origin } from '../../core/errors';
import { requireInteger, requireText } from '../../core/validation';

/** A time of the day. */
export interface BackupTime {
  /** The hour: 0 to 23. */
  readonly hour: number;

  /**
   * The minute: 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;

  /**
   * The time zone by its IANA name, e.g. `Europe/Berlin`.
   *
   * @default Etc/UTC
   */
  readonly timeZone?: string;
}

const UTC = 'Etc/UTC';
const FIELD = /^(\*|\d+(-\d+)?|[a-z]{3}(-[a-z]{3})?)(\/\d+)?(,(\*|\d+(-\d+)?|[a-z]{3}(-[a-z]{3})?)(\/\d+)?)*$/i;
const ZONE = /^[A-Z]\w*(\/[\w+-]+)*$/;
const SUNDAY = '0';

/** When a CronJob starts. */
export class BackupSchedule {
  /** Once a day. */
  public static daily(time: BackupTime): BackupSchedule {
    return new BackupSchedule(expressionOf(time, '*'), time.timeZone ?? UTC, (scope, property) => requireTime({ scope, property }, time));
  }

  /** Once a week, on Sunday. */
  public static weekly(time: BackupTime): BackupSchedule {
    return new BackupSchedule(expressionOf(time, SUNDAY), time.timeZone ?? UTC, (scope, property) => (
      requireTime({ scope, property }, time)
    ));
  }

  /**
   * By an expression of cron.
   *
   * @param expression five fields: minute, hour, day of the month, month, day of the week
   * @param timeZone the time zone by its IANA name: Etc/UTC when it is left out
   */
  public static cron(expression: string, timeZone?: string): BackupSchedule {
    return new BackupSchedule(expression, timeZone ?? UTC, (scope, property) => {
      const fields = expression.trim().split(/\s+/);
      if (fields.length !== 5 || !fields.every((field) => FIELD.test(field))) {
        fail(scope, { property, rule: 'be an expression of cron with five fields', value: expression, fix: 'write it as in 17 2 * * *' });
      }
    });
  }

  private constructor(
    /** @internal */
    public readonly _expression: string,
    /** @internal */
    public readonly _timeZone: string,
    private readonly _check: (scope: IConstruct, property: string) => void,
  ) {}

  /**
   * The most days between two starts, as far as the expression tells: the days of a month count as 31 days, those of a week as 7.
   *
   * @internal
   */
  public get _days(): number {
    const [, , dayOfMonth, , dayOfWeek] = this._expression.trim().split(/\s+/);
    if (dayOfMonth !== '*') {
      return 31;
    }
    return dayOfWeek === '*' ? 1 : 7;
  }

  /** @internal */
  public _requireValid(scope: IConstruct, property: string): void {
    this._check(scope, property);
    requireText({ scope, property: `${property}.timeZone` }, this._timeZone, 'leave it out for Etc/UTC');
    if (!ZONE.test(this._timeZone)) {
      fail(scope, {
        property: `${property}.timeZone`, rule: 'be the IANA name of a time zone', value: this._timeZone, fix: 'write it as in Europe/Berlin',
      });
    }
  }
}

function expressionOf({ hour, minute = 0 }: BackupTime, day: string): string {
  return `${minute} ${hour} * * ${day}`;
}

function requireTime({ scope, property }: Origin, { hour, minute = 0 }: BackupTime): void {
  requireInteger({ scope, property: `${property}.hour` }, hour, 0, 23, 'name the hour of the day');
  requireInteger({ scope, property: `${property}.minute` }, minute, 0, 59, 'leave it out for 0');
}
