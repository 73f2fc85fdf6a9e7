import { Duration, Size } from 'cdk8s';
import { BackupDrill } from '../../../lib/mysql/backup/backup-drill';
import { MySqlBackups } from '../../../lib/mysql/backup/mysql-backups';
import { MySqlBackupsOptions } from '../../../lib/mysql/backup/mysql-backups-options';
import { PointInTimeArchive } from '../../../lib/mysql/backup/point-in-time-archive';
import { kubectl } from '../support/kubectl';
import { until } from '../support/wait';
import { TestedStore } from './store';

/** How often the archive stores binary logs in the tests. */
export const INTERVAL_SECONDS = 5;

/** Backups that start when a test says so. */
export function backupsIn(
  store: Pick<TestedStore, 'asBackup'>, options: MySqlBackupsOptions = {}, backup = store.asBackup(),
): MySqlBackups {
  return MySqlBackups.of(backup, {
    pointInTime: PointInTimeArchive.every(Duration.seconds(INTERVAL_SECONDS), { size: Size.gibibytes(1) }),
    drill: BackupDrill.weekly({ check: 'SELECT COUNT(*) > 0 FROM shop.numbers' }),
    ...options,
  });
}

/** How a Job ended, and what its containers said. */
export interface JobResult {
  readonly succeeded: boolean;
  readonly log: string;
}

/** The backups of the cluster `mysql` of a namespace. */
export class BackedUp {
  public constructor(private readonly _namespace: string) {}

  /** Makes a Job of a CronJob of the cluster, as an operator does, and waits until it has ended. */
  public async run(cronJob: string, seconds = 240): Promise<JobResult> {
    const job = await this.create(cronJob);
    const succeeded = await this.ended(job, seconds) === 'Complete';
    const log = await this._kubectl('logs', `job/${job}`, '--all-containers', '--tail', '-1');
    console.log(`${this._namespace}: ${job}\n${log}`);
    return { succeeded, log };
  }

  /** Makes a Job of a CronJob of the cluster; its name. */
  public async create(cronJob: string): Promise<string> {
    const job = `${cronJob}-${Date.now()}`;
    await this._kubectl('create', 'job', job, `--from=cronjob/mysql-${cronJob}`);
    return job;
  }

  /** Waits until a Job has ended; in which way. */
  public async ended(job: string, seconds: number): Promise<string> {
    return await until(`the Job ${job} has ended`, seconds, async () => {
      const conditions = await this._kubectl('get', 'job', job, '--output', 'jsonpath={.status.conditions[?(@.status=="True")].type}');
      return /Complete|Failed/.exec(conditions)?.[0];
    });
  }

  /** The same, which must succeed. */
  public async succeed(cronJob: string): Promise<string> {
    const { succeeded, log } = await this.run(cronJob);
    expect([cronJob, succeeded, succeeded ? '' : log]).toEqual([cronJob, true, '']);
    return log;
  }

  /** Waits until the first backup of the timeline that a restore began is in the store; what its Job said. */
  public async firstOf(id: string, seconds = 300): Promise<string> {
    const names = await this._kubectl('get', 'jobs', '--output', 'jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}');
    const job = names.split('\n').find((name) => new RegExp(`^mysql-backup-${id}-[0-9a-f]{8}$`).test(name))!;
    await this._kubectl('wait', '--for=condition=complete', `job/${job}`, `--timeout=${seconds}s`);
    return await this._kubectl('logs', `job/${job}`, '--all-containers', '--tail', '-1');
  }

  /** Waits until the store has all that was committed before now. */
  public async archived(seconds = 60): Promise<void> {
    const now = Math.ceil(Date.now() / 1000); // it says whole seconds: of the present one a part would be missing
    await until('the store has all that was committed', seconds, async () => Date.parse(await this._state('checked_at')) >= now * 1000);
  }

  /** The archive's own word for its state. */
  public async archiveState(): Promise<string> {
    return await this._state('state');
  }

  private async _state(key: string): Promise<string> {
    const text = await this._kubectl('exec', 'mysql-archive-0', '--container', 'receive', '--', 'cat', '/spool/state');
    return new RegExp(`^${key} (.*)$`, 'm').exec(text)?.[1] ?? '';
  }

  private async _kubectl(...args: string[]): Promise<string> {
    return await kubectl('--namespace', this._namespace, ...args);
  }
}
