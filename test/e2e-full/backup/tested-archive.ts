import { BackedUp, INTERVAL_SECONDS } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';

/** The pod of the archive. */
export const ARCHIVE = 'mysql-archive-0';

/** Within which it is not ready when it should not be: the interval, the archive's slack beside it, and its probe. */
export const UNREADY_S = INTERVAL_SECONDS + 30 + 50;

/** The archive of a cluster under test, as a user sees it. */
export class TestedArchive {
  private readonly _backups: BackedUp;

  public constructor(private readonly _cluster: TestedCluster) {
    this._backups = new BackedUp(_cluster.namespace);
  }

  /** What its probe says, e.g. `ready ARCHIVING: ...`. */
  public async verdict(): Promise<string> {
    const read = ['cut', '-d', ' ', '-f', '2-', '/run/mysqld/verdict'];
    return (await kubectl('--namespace', this._cluster.namespace, 'exec', ARCHIVE, '--container', 'receive', '--', ...read)).trim();
  }

  /** Whether it is ready and stores what is committed. */
  public async archives(): Promise<boolean> {
    return await this._cluster.condition(ARCHIVE) === 'True' && await this._backups.archiveState() === 'ARCHIVING';
  }

  /** Waits until the store has all that was committed before now, and the archive says so and is ready. */
  public async goesOn(seconds = 120): Promise<void> {
    const end = Date.now() + seconds * 1000;
    await this._backups.archived(seconds);
    await until('the archive is ready again', (end - Date.now()) / 1000, async () => (
      await this._cluster.condition(ARCHIVE) === 'True' && (await this.verdict()).startsWith('ready ARCHIVING: ')));
  }

  /** Waits until it is not ready and says one of these states, perhaps with how its reason begins; what it says then. */
  public async isNotReady(seconds: number, ...states: string[]): Promise<string> {
    return await until(`the archive is not ready, and says ${states.join(' or ')}`, seconds, async () => {
      const verdict = await this.verdict();
      const says = states.some((state) => verdict.startsWith(`unready ${state}`));
      return says && await this._cluster.condition(ARCHIVE) === 'False' && verdict;
    });
  }

  /** Fails unless the store has one chain of logs without a gap, and it never said otherwise. */
  public async requireOneChain(): Promise<void> {
    expect(await this.errors()).toEqual([]);
    const list = await this._backups.succeed('backup-list');
    expect(list.match(/^timeline \S+: recoverable .*$/gm)).toEqual([
      expect.stringMatching(/^timeline initial: recoverable from \S+Z until \S+Z$/),
    ]);
    expect(list).not.toContain('gap in timeline');
  }

  /** Lines with ERROR of the program that receives. */
  public async errors(): Promise<string[]> {
    return (await this._cluster.log(ARCHIVE, 'receive')).split('\n').filter((line) => / ERROR receive\.sh: /.test(line));
  }
}
