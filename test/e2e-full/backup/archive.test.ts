import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedGroup } from '../../e2e/mysql/group';
import { TestedStore } from '../../e2e/mysql/store';
import { Faults } from '../../e2e/registers/faults';
import { Cut, NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { Measures } from '../mysql/measures';
import { drillForRowsOf, requireRestored } from './same-rows';
import { ARCHIVE, TestedArchive, UNREADY_S } from './tested-archive';

const NAMESPACE = 'e2e-archive-members';
const TIMES = [1, 2, 3, 4, 5];
const FREEZE_S = 12;
const CUT_S = 25;
/** Until everything is in the store again that was committed when the fault was over: seconds. */
const BOUND_S = 120;

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const store = new TestedStore(NAMESPACE);
  const backups = new BackedUp(NAMESPACE);
  const archive = new TestedArchive(group);
  const hands = new NodeHands(group);
  const faults = new Faults(group, hands);
  const measures = new Measures();

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a group starts with an archive, clients write, and a backup is made', [NAMESPACE], async () => {
    await hands.start();
    await store.start();
    await group.apply({ backups: backupsIn(store) });
    await group.whole(400);
    await group.startWriter();
    await archive.goesOn();
    await backups.succeed('backup');
  }, 900);

  for (const time of TIMES) {
    event(`kill -9 of the primary, ${time}`, 'kill', async () => await faults.kill(await group.primary()));

    event(`switchover, ${time}`, 'switchover', async () => {
      expect(await group.operate('switchover')).toContain('is the primary');
    });

    event(`the primary is frozen for ${FREEZE_S} s, ${time}`, 'freeze', async () => await faults.freeze(await group.primary(), FREEZE_S));
  }

  event('the archive is cut off from the primary, until it is not ready', 'cut', async () => {
    await whileCut([ARCHIVE], async () => {
      await archive.isNotReady(UNREADY_S, 'BEHIND', 'WAITING_FOR_SOURCE');
    });
  });

  event('the archive is cut off from the primary, and writes go on', 'cut', async () => {
    await whileCut([ARCHIVE], async () => await group.writes('writer', 50));
  });

  for (const time of [1, 2]) {
    event(`the primary is cut off from the members, and the archive reaches it, ${time}`, 'cut', async () => {
      await faults.cut([await group.primary()], CUT_S, false);
    });
  }

  event('the primary is cut off from the members and the archive', 'cut', async () => {
    const primary = await group.primary();
    await whileCut([...group.members.filter((member) => member !== primary), ARCHIVE], async () => await group.writes('writer', 50));
  });

  diagnosed('the archive has one chain without a gap', [NAMESPACE], async () => {
    measures.report();
    await archive.requireOneChain();
  });

  diagnosed('a drill restores every row that was acknowledged, from the backup before all faults', [NAMESPACE], async () => {
    const seen = await group.stopWriter();
    const primary = await group.primary();
    await group.requireSound(seen);
    const executed = await group.executed(primary);
    await group.apply({ backups: backupsIn(store, { drill: await drillForRowsOf(group, primary) }) });
    await backups.archived();
    await requireRestored(backups, group, primary, executed);
    console.log(`${NAMESPACE}: ${seen.numbers.length} rows acknowledged, all restored`);
  });

  function event(name: string, kind: string, body: () => Promise<void>): void {
    diagnosed(`${name}: the archive goes on`, [NAMESPACE], async () => {
      await body();
      await measures.of(kind, async () => await archive.goesOn(BOUND_S));
      await group.whole();
      await group.writes();
    }, 500);
  }

  /** No packet passes between the primary and these pods. */
  async function whileCut(pods: string[], body: () => Promise<void>): Promise<void> {
    const cut = new Cut(hands);
    await cut.between([await group.primary()], pods);
    try {
      await body();
    } finally {
      await cut.heal();
    }
  }
});
