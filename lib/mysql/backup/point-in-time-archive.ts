import { Duration, Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { wholeSeconds } from '../../core/durations';
import { fail } from '../../core/errors';
import { requireDnsName, requireSize } from '../../core/validation';

/** Options of `PointInTimeArchive.every`. */
export interface PointInTimeOptions {
  /**
   * How much storage the archive claims: binary logs wait there while the store does not answer.
   *
   * @default Size.gibibytes(5)
   */
  readonly size?: Size;

  /**
   * The StorageClass of that claim by name.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
}

/** @internal */
export interface ResolvedArchive {
  readonly intervalSeconds: number;
  readonly size: Size;
  readonly storageClassName?: string;
}

const INTERVAL_MIN = 5;
const INTERVAL_MAX = 3600;
const SIZE_MIN = Size.gibibytes(1);

/** Whether binary logs are stored all the time, so that data can be restored to any transaction. */
export class PointInTimeArchive {
  /**
   * A pod beside the members receives each transaction when it is committed, and stores them at each interval: a total loss loses the
   * transactions of one interval at most.
   *
   * @param interval whole seconds, 5 to 3600
   */
  public static every(interval: Duration, options: PointInTimeOptions = {}): PointInTimeArchive {
    return new PointInTimeArchive(interval, options);
  }

  /** Only the backups themselves can be restored. */
  public static none(): PointInTimeArchive {
    return new PointInTimeArchive();
  }

  private constructor(private readonly _interval?: Duration, private readonly _options: PointInTimeOptions = {}) {}

  /** @internal */
  public _resolve(scope: IConstruct, property: string): ResolvedArchive | undefined {
    if (this._interval === undefined) {
      return undefined;
    }
    const { size = Size.gibibytes(5), storageClassName } = this._options;
    requireSize({ scope, property: `${property}.size` }, size);
    if (storageClassName) {
      requireDnsName({ scope, property: `${property}.storageClassName` }, storageClassName);
    }
    return {
      intervalSeconds: wholeSeconds(
        { scope, property: `${property}.interval` }, this._interval, INTERVAL_MIN, 'say Duration.seconds(30)', INTERVAL_MAX,
      )!,
      size: requireRoom(scope, `${property}.size`, size),
      storageClassName,
    };
  }
}

function requireRoom(scope: IConstruct, property: string, size: Size): Size {
  if (size.toKibibytes() < SIZE_MIN.toKibibytes()) {
    fail(scope, {
      property, rule: 'be at least 1Gi', value: size, fix: 'binary logs wait there while the store does not answer; leave it out for 5Gi',
    });
  }
  return size;
}
