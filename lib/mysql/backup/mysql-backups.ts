import { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireDnsName, requireSize } from '../../core/validation';
import { warn } from '../../core/warnings';
import { BackupDrill } from './backup-drill';
import { BackupRetention } from './backup-retention';
import { BackupSchedule } from './backup-schedule';
import { BackupScratch } from './backup-scratch';
import { MySqlBackup, ResolvedStore } from './mysql-backup';
import { MySqlBackupsOptions } from './mysql-backups-options';
import { MySqlDump } from './mysql-dump';
import { PointInTimeArchive, ResolvedArchive } from './point-in-time-archive';

/** @internal */
export interface ResolvedScratch {
  readonly size: Size;
  readonly storageClassName?: string;
}

/**
 * The backups of a cluster, with all defaults.
 *
 * @internal
 */
export interface ResolvedBackups {
  /** The folder of the cluster in the store: `<namespace>/<name>`. */
  readonly folder: string;
  readonly store: ResolvedStore;
  readonly schedule: BackupSchedule;
  readonly retention: Record<string, string>;
  readonly archive?: ResolvedArchive;
  readonly drill: BackupDrill;
  readonly dump: MySqlDump;
  readonly scratch: ResolvedScratch;
  /** MiB a second. */
  readonly bandwidth?: number;
}

/**
 * What the rest of the cluster says.
 *
 * @internal
 */
export interface BackedUpCluster {
  readonly name: string;
  readonly namespace?: string;
  readonly storage: ResolvedScratch;
  /** How long the servers keep their binary logs. */
  readonly binaryLogSeconds: number;
}

const SECONDS_OF_DAY = Duration.days(1).toSeconds();
const DEFAULT_SCHEDULE = BackupSchedule.daily({ hour: 2, minute: 17 });
const DEFAULT_RETENTION = BackupRetention.keep({ last: 3, daily: 14, weekly: 8, monthly: 6 });

/** The backups of a cluster: where they are, when they are made, which of them stay, and how it is proven that they can be restored. */
export class MySqlBackups {
  /** Backups in a store. */
  public static of(backup: MySqlBackup, options: MySqlBackupsOptions = {}): MySqlBackups {
    return new MySqlBackups(backup, options);
  }

  private constructor(private readonly _backup: MySqlBackup, private readonly _options: MySqlBackupsOptions) {}

  /**
   * Checks the options and fills in defaults.
   *
   * @internal
   */
  public _resolve(scope: IConstruct, cluster: BackedUpCluster): ResolvedBackups {
    const {
      schedule = DEFAULT_SCHEDULE, retention = DEFAULT_RETENTION, drill = BackupDrill.weekly(), dump = MySqlDump.none(), bandwidth, scratch,
      pointInTime = PointInTimeArchive.every(Duration.seconds(30)),
    } = this._options;
    schedule._requireValid(scope, 'backups.schedule');
    drill._requireValid(scope, 'backups.drill');
    dump._requireValid(scope, 'backups.dump');
    if (drill._schedule === undefined) {
      warn(scope, '\'backups.drill\' is BackupDrill.none(): whether a backup can be restored shows when it must be.');
    }
    const archive = pointInTime._resolve(scope, 'backups.pointInTime');
    if (archive !== undefined) {
      requireLongLogs(scope, schedule, cluster.binaryLogSeconds);
    }
    const folder = `${requireNamespace(scope, cluster.namespace)}/${cluster.name}`;
    return {
      folder,
      store: this._backup._resolve(scope, 'backups', cluster.name, folder),
      schedule,
      retention: retention._resolve(scope, 'backups.retention'),
      archive,
      drill,
      dump,
      scratch: resolveScratch(scope, 'backups.scratch', cluster.storage, scratch),
      bandwidth: bandwidth === undefined ? undefined : wholeMebibytes(scope, bandwidth),
    };
  }
}

/**
 * The volume of a Job with a copy of the data.
 *
 * @internal
 */
export function resolveScratch(
  scope: IConstruct, property: string, storage: ResolvedScratch, scratch: BackupScratch = {},
): ResolvedScratch {
  const { size = storage.size, storageClassName = storage.storageClassName } = scratch;
  requireSize({ scope, property: `${property}.size` }, size);
  if (storageClassName) {
    requireDnsName({ scope, property: `${property}.storageClassName` }, storageClassName);
  }
  if (size.toKibibytes() < storage.size.toKibibytes()) {
    fail(scope, {
      property: `${property}.size`, rule: `be at least that of the members' claims, ${storage.size.toMebibytes()} MiB`, value: size,
      fix: 'it holds a copy of the data; leave it out for the same size',
    });
  }
  return { size, storageClassName };
}

function requireNamespace(scope: IConstruct, namespace?: string): string {
  if (!namespace) {
    fail(scope, {
      property: 'namespace of the chart', rule: 'be named where backups are made, since it is a part of their folder', value: namespace,
      fix: 'give the chart a namespace',
    });
  }
  return namespace;
}

/** A gap of the archive is closed by the next backup only if the servers still have the binary logs since the last one. */
function requireLongLogs(scope: IConstruct, schedule: BackupSchedule, seconds: number): void {
  const days = schedule._days;
  if (seconds < 2 * days * SECONDS_OF_DAY) {
    fail(scope, {
      property: 'backups.schedule', rule: 'be at least twice as often as the servers delete binary logs', value: schedule._expression,
      fix: `it starts every ${days} days and binlog_expire_logs_seconds is ${seconds}: start it more often, or set that to`
        + ` ${2 * days * SECONDS_OF_DAY}`,
    });
  }
}

function wholeMebibytes(scope: IConstruct, size: Size): number {
  const mebibytes = size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isInteger(mebibytes) || mebibytes < 1) {
    fail(scope, {
      property: 'backups.bandwidth', rule: 'be whole MiB, at least 1', value: size, fix: 'leave it out for as much as it can',
    });
  }
  return mebibytes;
}
