import { BackupRetention } from '../../../lib/mysql/backup/backup-retention';
import { RestorePoint } from '../../../lib/mysql/backup/restore-point';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { InterruptedJob, Interruption } from './interrupted-job';
import { ProvenBackups } from './proven-backups';
import { Restored } from './restored';

const NAMESPACE = 'e2e-interruptions';
const OTHER = `${NAMESPACE}-restored`;
const FLOOR = 2;
const SECONDS = 600;
const ALL = BackupRetention.keep({ last: 50 });
const FEW = BackupRetention.keep({ last: FLOOR });
/** Each Job is tried three times. A program of restic has locked the repository by then. */
const BACKUPS: [Interruption, Interruption][] = [
  [{ step: 'look', program: 'look.sh', how: 'kill -9' }, { step: 'copy', program: 'copy.sh', milliseconds: 3000, how: 'delete' }],
  [
    { step: 'copy', program: 'copy.sh', milliseconds: 1000, how: 'kill -9' },
    { step: 'store', program: 'restic*backup', milliseconds: 500, how: 'delete' },
  ],
  [
    { step: 'store', program: 'restic*check', milliseconds: 300, how: 'kill -9' },
    { step: 'store', program: 'restic*tag', milliseconds: 200, how: 'delete' },
  ],
  [{ step: 'keep', program: 'keep.sh', how: 'kill -9' }, { step: 'keep', program: 'rclone*copyto', how: 'delete' }],
];
const RETENTIONS: [Interruption, Interruption][] = [
  [
    { step: 'store', program: 'restic*forget', milliseconds: 300, how: 'delete' },
    { step: 'store', program: 'restic*prune', milliseconds: 300, how: 'kill -9' },
  ],
  [{ step: 'keep', program: 'rclone*delete', how: 'kill -9' }, { step: 'keep', program: 'keep.sh', milliseconds: 500, how: 'delete' }],
];
const DRILLS: [Interruption, Interruption][] = [
  [{ step: 'look', program: 'look.sh', how: 'kill -9' }, { step: 'fetch-logs', program: 'fetch-logs.sh', how: 'delete' }],
  [{ step: 'fetch-base', program: 'restic', how: 'kill -9' }, { step: 'drill', program: 'drill.sh', milliseconds: 2000, how: 'delete' }],
];
const RESTORES: Interruption[][] = [
  [
    { step: 'look', program: 'look.sh', how: 'delete' }, { step: 'fetch-logs', program: 'fetch-logs.sh', how: 'kill -9' },
  ], [
    { step: 'fetch-base', program: 'restic', how: 'delete' },
    { step: 'restore', program: 'restore.sh', milliseconds: 1000, how: 'kill -9' },
    { step: 'restore', program: 'restore.sh', milliseconds: 4000, how: 'delete' },
  ],
];

describeInNamespace(OTHER, () => describeInNamespace(NAMESPACE, () => {
  const [, { members, topology }] = TOPOLOGIES;
  const cluster = new TestedCluster(NAMESPACE, members);
  const store = new TestedStore(NAMESPACE);
  const backups = new BackedUp(NAMESPACE);
  const proven = new ProvenBackups(NAMESPACE, store);
  const restored = new Restored(OTHER, store, `${NAMESPACE}/mysql`);
  const hands = new NodeHands(cluster);
  const otherHands = new NodeHands(restored);

  afterAll(async () => {
    await hands.remove();
    await otherHands.remove();
  }, 300_000);

  diagnosed('a cluster starts, clients write, and a backup is made', [NAMESPACE], async () => {
    await hands.start();
    await store.start();
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store, { retention: ALL }) });
    await cluster.ready(300);
    await cluster.startWriter();
    await until('the archive is ready', 120, async () => await cluster.condition('mysql-archive-0') === 'True');
    await proven.watch();
    await backups.succeed('backup');
  }, SECONDS);

  for (const each of BACKUPS) {
    diagnosed(`a backup is interrupted by ${named(each)}, and the Job succeeds`, [NAMESPACE], async () => {
      const before = await proven.listed();
      const log = await interrupted('backup', each);
      expect(await proven.listed()).toEqual(expect.arrayContaining(before));
      await requireWhole(log);
      const counts = await proven.counts();
      expect(counts).toEqual([...counts].sort((a, b) => a - b)); // never fewer
    }, SECONDS);
  }

  diagnosed('after all of that the next backup succeeds, and the drill', [NAMESPACE], async () => {
    await requireWhole(await backups.succeed('backup'));
    expect(await backups.succeed('drill')).toContain('drill passed');
  });

  for (const each of RETENTIONS) {
    diagnosed(`retention is interrupted by ${named(each)}, and the Job succeeds`, [NAMESPACE], async () => {
      await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store, { retention: FEW }) });
      const before = await proven.listed();
      const log = await interrupted('backup', each);
      const listed = await proven.listed();
      expect(listed).toHaveLength(FLOOR);
      expect(listed[0] >= before.at(-1)!).toBe(true); // the newest ones
      await requireWhole(log);
      expect(Math.min(...await proven.counts())).toBeGreaterThanOrEqual(FLOOR);
    }, SECONDS);
  }

  for (const each of DRILLS) {
    diagnosed(`a drill is interrupted by ${named(each)}, and the Job succeeds`, [NAMESPACE], async () => {
      expect(await interrupted('drill', each)).toContain('drill passed');
    }, SECONDS);
  }

  for (const each of RESTORES) {
    diagnosed(`a restore is interrupted by ${named(each)}, and the cluster has every row`, [NAMESPACE, OTHER], async () => {
      if (each === RESTORES[0]) {
        await otherHands.start();
        await store.admit(OTHER);
      }
      const { numbers } = await cluster.acknowledged();
      await backups.archived();
      const job = await InterruptedJob.after(restored, otherHands, 'app.kubernetes.io/component=restore');
      const [rows, said] = await Promise.all([restored.to(RestorePoint.latest(), 480), job.interrupt(each)]);
      requireSaid(said, each);
      const stored = new Set(rows);
      expect(numbers.filter((number) => !stored.has(number))).toEqual([]);
    }, SECONDS);
  }

  async function interrupted(cronJob: string, interruptions: Interruption[]): Promise<string> {
    const job = await InterruptedJob.of(cluster, hands, cronJob);
    requireSaid(await job.interrupt(interruptions), interruptions);
    return await job.succeeds();
  }

  /** What restic has proven is what the store lists, and nothing else. */
  async function requireWhole(log: string): Promise<void> {
    const [, kept] = /of \d+ proven backups of the timeline initial (\d+) are kept/.exec(log)!;
    expect(await proven.listed()).toHaveLength(Number(kept));
  }
}));

function named(interruptions: Interruption[]): string {
  return interruptions.map(({ how, program, step }) => `${how} at ${program} in ${step}`).join(', then ');
}

/** A program that loses the one that it runs ends with one line that says so; one that is killed itself says nothing more. */
function requireSaid(said: string, interruptions: Interruption[]): void {
  console.log(said);
  const survivors = interruptions.filter(({ how, program }) => how === 'kill -9' && !program.endsWith('.sh'));
  expect(said.match(/ ERROR [a-z-]+\.sh: .* failed.*[Kk]illed.*/g) ?? []).toHaveLength(survivors.length);
  expect(said.match(/ ERROR /g) ?? []).toHaveLength(survivors.length);
}
