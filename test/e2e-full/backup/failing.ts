import { BackedUp } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';
import { ARCHIVE } from './tested-archive';

const ERROR = /^\S+Z ERROR \S+: .*$/gm;

/** Jobs of a namespace that are to fail, as an operator sees them. */
export class Failing {
  public constructor(private readonly _namespace: string) {}

  /** Makes a Job of a CronJob, which must fail at its first try, with one line that says why; that line. */
  public async run(cronJob: string, cause: RegExp, seconds = 240): Promise<string> {
    const backups = new BackedUp(this._namespace);
    const job = await backups.create(cronJob);
    await this._kubectl('patch', 'job', job, '--patch', '{"spec": {"backoffLimit": 0}}');
    const start = Date.now();
    const condition = await backups.ended(job, seconds);
    const log = await this._log(`job/${job}`);
    console.log(`${this._namespace}: ${job} has failed after ${Math.round((Date.now() - start) / 1000)} s\n${log}`);
    expect([condition, log]).toEqual(['Failed', log]);
    const line = errorOf(log, cause);
    await this._kubectl('delete', 'job', job, '--cascade=foreground');
    return line;
  }

  /** Waits until a pod of the restore has failed, with one line that says this. */
  public async restore(cause: RegExp, seconds = 240): Promise<string> {
    const log = await until(`a restore fails with ${String(cause)}`, seconds, async () => {
      const pods = await this._kubectl('get', 'pods', '--selector', 'app.kubernetes.io/component=restore',
        '--field-selector', 'status.phase=Failed', '--output', 'name');
      for (const pod of pods.split('\n').filter((name) => name !== '')) {
        const text = await this._log(pod);
        if (cause.test(text)) {
          return text;
        }
      }
      return undefined;
    });
    return errorOf(log, cause);
  }

  /** Waits until the archive is not ready, since the store is away, and says why; what it says. */
  public async archive(cause: RegExp, write: () => Promise<unknown>): Promise<string> {
    const said = await until('the archive says that the store is away', 240, async () => {
      await write(); // so that something waits for the store
      const text = await runBlock('backup-archive', this._namespace);
      return /^unready STORE_AWAY: /m.test(text) && text;
    });
    console.log(`${this._namespace}: ${said}`);
    expect(said).toMatch(cause);
    await until('the archive is not ready', 60, async () => (
      await new TestedCluster(this._namespace, []).condition(ARCHIVE) === 'False'));
    return said;
  }

  private async _log(object: string): Promise<string> {
    return await this._kubectl('logs', object, '--all-containers', '--ignore-errors', '--tail', '-1');
  }

  private async _kubectl(...args: string[]): Promise<string> {
    return await kubectl('--namespace', this._namespace, ...args);
  }
}

function errorOf(log: string, cause: RegExp): string {
  const lines = [...log.matchAll(ERROR)].map(([line]) => line);
  expect(lines).toEqual([expect.stringMatching(cause)]);
  return lines[0];
}
