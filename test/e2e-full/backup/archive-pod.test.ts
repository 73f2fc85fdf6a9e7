import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { pause } from '../../e2e/registers/faults';
import { diagnosed } from '../../e2e/support/diagnosed';
import { get, kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';
import { drillForRowsOf, requireRestored } from './same-rows';
import { ARCHIVE, TestedArchive, UNREADY_S } from './tested-archive';

const NAMESPACE = 'e2e-archive-pod';
const SET = 'statefulset/mysql-archive';
const CLAIM = `spool-${ARCHIVE}`;
const AWAY_S = 600;
const PURGE = 'FLUSH BINARY LOGS; DO SLEEP(2); PURGE BINARY LOGS BEFORE NOW()';

describeInNamespace(NAMESPACE, () => {
  const [, { members, topology }] = TOPOLOGIES;
  const [source] = members;
  const cluster = new TestedCluster(NAMESPACE, members);
  const store = new TestedStore(NAMESPACE);
  const backups = new BackedUp(NAMESPACE);
  const archive = new TestedArchive(cluster);
  const measures = new Measures();

  diagnosed('a source with a replica starts with an archive, clients write, and a backup is made', [NAMESPACE], async () => {
    await store.start();
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store) });
    await cluster.ready(300);
    await cluster.startWriter();
    await archive.goesOn();
    await backups.succeed('backup');
  }, 600);

  for (const time of [1, 2, 3]) {
    event(`the server of the archive is killed, ${time}`, async () => {
      await run('exec', ARCHIVE, '--container', 'receive', '--', 'bash', '-c', 'kill -9 $(</run/mysqld/mysqld.pid)');
    });

    event(`the pod of the archive is killed, ${time}`, async () => {
      await replacedBy(async () => await run('delete', 'pod', ARCHIVE, '--force', '--grace-period', '0'));
    });

    event(`the claim of the archive is lost, ${time}`, async () => {
      const before = (await get('persistentvolumeclaim', CLAIM, NAMESPACE))!.metadata.uid;
      await replacedBy(async () => {
        await run('delete', 'persistentvolumeclaim', CLAIM, '--wait=false');
        await run('delete', 'pod', ARCHIVE, '--force', '--grace-period', '0');
      });
      expect((await get('persistentvolumeclaim', CLAIM, NAMESPACE))!.metadata.uid).not.toBe(before);
    });
  }

  diagnosed(`the store is away for ${AWAY_S} s: the archive is not ready, and catches up`, [NAMESPACE], async () => {
    await store.reachable(false);
    const start = Date.now();
    await measures.of('not ready, after the store is away', async () => {
      expect(await archive.isNotReady(UNREADY_S, 'STORE_AWAY', 'BEHIND')).toMatch(/: .*store/);
    });
    await pause(AWAY_S - (Date.now() - start) / 1000);
    expect(await archive.isNotReady(20, 'STORE_AWAY')).toMatch(/^unready STORE_AWAY: the store has taken no file since \S+Z: \S/);
    expect(await cluster.log(ARCHIVE, 'ship')).toMatch(/ WARNING ship\.sh: the store cannot be used, the archive keeps what it has: \S/);
    await cluster.writes();
    await store.reachable(true);
    await measures.of('the store is there again', async () => await archive.goesOn());
  }, AWAY_S + 300);

  diagnosed('the archive has one chain without a gap, and a drill restores every row that was acknowledged', [NAMESPACE], async () => {
    measures.report();
    await archive.requireOneChain();
    await requireAllRestored('writer');
  }, 400);

  diagnosed('logs that are purged before the archive comes are a gap, which has a name', [NAMESPACE], async () => {
    await run('scale', SET, '--replicas', '0');
    await until('the archive is gone', 90, async () => await cluster.condition(ARCHIVE) === undefined);
    await cluster.startWriter('second');
    const lost = await cluster.executed(source);
    for (const member of members) {
      await until(`${member} has purged its logs`, 60, async () => {
        await cluster.sql(member, PURGE);
        return await cluster.sql(member, `SELECT GTID_SUBSET('${lost}', @@GLOBAL.gtid_purged)`) === '1';
      });
    }
    await run('scale', SET, '--replicas', '1');
    const verdict = await archive.isNotReady(120, 'GAP: no log has');
    const [, missing] = /^unready GAP: no log has (\S+): .*take a backup$/.exec(verdict)!;
    expect(await cluster.sql(source, `SELECT GTID_SUBSET('${missing}', @@GLOBAL.gtid_purged) AND '${missing}' != ''`)).toBe('1');
    expect(await archive.errors()).toContainEqual(
      expect.stringContaining(`GAP: the primary has purged logs that the archive lacks: ${missing}; chain 2 begins; take a backup`));
    await until('the list shows the gap', 120, async () => (
      (await backups.succeed('backup-list')).includes(`gap in timeline initial: the archive lacks ${missing} until a base has it\n`)));
  });

  diagnosed('a backup closes the gap, and from then on every row can be restored again', [NAMESPACE], async () => {
    await backups.succeed('backup');
    await measures.of('a gap is closed', async () => await archive.goesOn(150));
    const list = await backups.succeed('backup-list');
    expect(list).not.toContain('until a base has it');
    expect(list.match(/^timeline \S+: recoverable .*$/gm)).toHaveLength(2);
    expect(list).toMatch(/^gap in timeline initial after \S+Z: no log has \S+$/m); // no point in time within it can be restored
    await requireAllRestored('second');
    measures.report();
  }, 400);

  function event(name: string, body: () => Promise<void>): void {
    diagnosed(`${name}: the archive goes on`, [NAMESPACE], async () => {
      await body();
      await measures.of(name.replace(/, \d$/, ''), async () => await archive.goesOn());
      await cluster.writes();
    });
  }

  /** Does what ends the pod of the archive, and waits for another one. */
  async function replacedBy(body: () => Promise<unknown>): Promise<void> {
    const before = (await get('pod', ARCHIVE, NAMESPACE))!.metadata.uid;
    await body();
    await until('there is another pod', 60, async () => {
      const pod = await get('pod', ARCHIVE, NAMESPACE);
      return pod !== undefined && pod.metadata.uid !== before;
    });
    expect(await cluster.condition(ARCHIVE)).not.toBe('True'); // until it knows that it lacks nothing
  }

  async function requireAllRestored(writer: string): Promise<void> {
    const seen = await cluster.stopWriter(writer);
    await cluster.requireNothingLost(source, seen);
    const executed = await cluster.executed(source);
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store, { drill: await drillForRowsOf(cluster, source) }) });
    await backups.archived();
    await requireRestored(backups, cluster, source, executed);
    console.log(`${NAMESPACE}: ${seen.numbers.length} rows of ${writer} acknowledged, all restored`);
  }

  async function run(...args: string[]): Promise<string> {
    return await kubectl('--namespace', NAMESPACE, ...args);
  }
});
