import { IConstruct } from 'constructs';
import { fail, Origin } from '../../core/errors';

// With a zone: a time without one means another moment to each reader.
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/;
const GTID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[a-z_][a-z0-9_]{0,31})?:[1-9]\d*$/i;
const BACKUP = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;

/** The point to which data is restored. */
export class RestorePoint {
  /** The last transaction in the store. */
  public static latest(): RestorePoint {
    return new RestorePoint('latest');
  }

  /**
   * Everything that was committed until then, by the clocks of the servers.
   *
   * @param time a time with its zone, as in RFC 3339: `2026-11-28T23:28:50.9Z`
   */
  public static time(time: string): RestorePoint {
    return new RestorePoint(`time ${isTime(time) ? asUtc(time) : time}`, (scope, property) => {
      if (!isTime(time)) {
        fail(scope, {
          property: `${property}.time`, rule: 'be a time with its zone, as in RFC 3339', value: time,
          fix: 'write it as in 2026-11-28T23:28:50.9Z or 2026-11-29T00:28:50+01:00',
        });
      }
    });
  }

  /**
   * Everything before a transaction, as before a DROP.
   *
   * @param gtid the transaction, as in `3e11fa47-71ca-11e1-9e33-c80aa9429562:23`
   */
  public static beforeTransaction(gtid: string): RestorePoint {
    return new RestorePoint(`before ${gtid.toLowerCase()}`, (scope, property) => (
      requireGtid({ scope, property: `${property}.beforeTransaction` }, gtid)
    ));
  }

  /**
   * Everything up to a transaction, with that one.
   *
   * @param gtid the transaction, as in `3e11fa47-71ca-11e1-9e33-c80aa9429562:23`
   */
  public static afterTransaction(gtid: string): RestorePoint {
    return new RestorePoint(`after ${gtid.toLowerCase()}`, (scope, property) => (
      requireGtid({ scope, property: `${property}.afterTransaction` }, gtid)
    ));
  }

  /**
   * A backup, without the binary logs after it.
   *
   * @param id the id of the backup, as the list of backups shows it: `20261129T021700Z-1a2b3c`
   */
  public static backup(id: string): RestorePoint {
    return new RestorePoint(`backup ${id}`, (scope, property) => {
      if (!BACKUP.test(id)) {
        fail(scope, {
          property: `${property}.backup`, rule: 'be the id of a backup', value: id, fix: 'take it from the list: 20261129T021700Z-1a2b3c',
        });
      }
    });
  }

  private constructor(
    /**
     * As the programs read it.
     *
     * @internal
     */
    public readonly _text: string,
    private readonly _check: (scope: IConstruct, property: string) => void = () => undefined,
  ) {}

  /** @internal */
  public _requireValid(scope: IConstruct, property: string): void {
    this._check(scope, property);
  }
}

function requireGtid({ scope, property }: Origin, gtid: string): void {
  if (!GTID.test(gtid)) {
    fail(scope, {
      property, rule: 'be the GTID of one transaction', value: gtid, fix: 'write it as in 3e11fa47-71ca-11e1-9e33-c80aa9429562:23',
    });
  }
}

function isTime(time: string): boolean {
  return TIME.test(time) && !Number.isNaN(Date.parse(time));
}

/** The same moment in UTC. `Date` counts milliseconds, so that the fraction stays as it was written. */
function asUtc(time: string): string {
  const [, fraction = ''] = /(\.\d+)/.exec(time) ?? [];
  return `${new Date(time.replace(fraction, '')).toISOString().slice(0, 19)}${fraction}Z`;
}
