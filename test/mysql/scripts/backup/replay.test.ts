import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { BASE, binaryLog, event, information, restorePod, SERVER, transaction, unpackedLogs, UUID } from './restore-pod';

const SOURCES = 'lib.sh data-directory.sh plan.sh resolve-point.sh replay-server.sh replay.sh';
const VERSION: Answer = { command: 'mysqld', to: '--version', says: '/usr/sbin/mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))\n' };
const SAME: Answer = { command: 'mysql', to: 'GTID_SUBTRACT', says: '|\n' };
const NO_CHANNEL: Answer = { command: 'mysql', to: 'slave_master_info', says: '0\n' };
const far = (applier: string, error: number, reached: number, place = 'relay-log.000001 4 0 0', message = '-'): string => (
  ['replay', applier, error, reached, place, message].join('\t') + '\n');
const tells = (...says: string[]): Answer => ({ command: 'mysql', to: 'SET @target', says });

/** One log, which begins within a transaction that the base has. */
const LOG = {
  info: { start: `${UUID}:1-2`, end_set: `${UUID}:1-4`, last_commit: '2026-11-29T10:00:00Z' },
  log: binaryLog(event(2, Buffer.alloc(31)), transaction(`${UUID}:3`, 1795970111000000), transaction(`${UUID}:4`, 1795970112000000)),
};

function replay(answers: Answer[], { until = 'latest', version = '9.7.4', logs = [LOG], environment = {},
  before = '' } = {}): Run & { bash: Sandbox } {
  const bash = restorePod(environment);
  const names = unpackedLogs(bash, logs);
  bash.file('volume/restore/scratch/base/data/mysql/table', '');
  bash.file('volume/restore/scratch/base/backup.info', information({ version }));
  bash.file('volume/plan', information({ timeline: 'initial', base: BASE, executed: `${UUID}:1-2`, until })
    .replace('end\n', `${names.map((name) => `log ${name}\n`).join('')}end\n`));
  bash.answers(...answers, NO_CHANNEL, SAME, VERSION, ...SERVER);
  const run = bash.run(SOURCES, `trap end_server EXIT; unpack_logs() { :; }; ${before}read_plan; replay; echo "at the point"`);
  return { ...run, bash };
}

const started = ({ calls }: Run): string[] => calls.filter((call) => call.command === 'mysqld' && call.arguments.includes('--datadir'))
  .map((call) => call.arguments);

describeScript('logs are applied', () => {
  test('as relay logs, by a server that no network reaches, that runs no event and writes no log', () => {
    const run = replay([tells(far('ON', 0, 0), far('ON', 0, 1))]);
    expect(run).toMatchObject({ status: 0, output: 'at the point\n' });
    const [server] = started(run);
    for (const option of ['--skip-networking', '--skip-log-bin', '--event-scheduler=DISABLED', '--skip-replica-start',
      '--relay-log-recovery=OFF',
      '--replica-preserve-commit-order=ON', '--server-id=90']) {
      expect(` ${server} `).toContain(` ${option} `);
    }
    const statements = run.calls.filter((call) => call.command === 'mysql' && /REPLICA/.test(call.input))
      .map(({ input }) => input.replace(/\s+/g, ' '));
    expect(statements).toEqual([
      'RESET REPLICA ALL',
      'CHANGE REPLICATION SOURCE TO SOURCE_HOST = \'archive\', RELAY_LOG_FILE = \'relay-log.000001\', RELAY_LOG_POS = 177, '
      + 'SOURCE_AUTO_POSITION = 0; '
      + 'START REPLICA SQL_THREAD;',
      'STOP REPLICA SQL_THREAD', 'RESET REPLICA ALL',
    ]);
    expect(run.bash.read('volume/replay.tmp/relay-log.index')).toBe(`${run.bash.folder}/volume/replay.tmp/relay-log.000001\n`);
    expect(run.bash.exists('volume/data/mysql/table')).toBe(true);
  });

  test('up to a transaction', () => {
    const { calls } = replay([tells(far('OFF', 0, 1))], { until: `before ${UUID}:4` });
    expect(calls.map(({ input }) => input).join('\n')).toContain(`START REPLICA SQL_THREAD UNTIL SQL_BEFORE_GTIDS = '${UUID}:4';`);
  });

  test('by a server that has forgotten what the base brings of replication', () => {
    const run = replay([{ ...NO_CHANNEL, says: '2\n' }, tells(far('ON', 0, 1))]);
    expect(run.status).toBe(0);
    expect(started(run)).toHaveLength(2);
    expect(run.calls.filter(({ input }) => input === 'RESET REPLICA ALL')).toHaveLength(3);
  });

  test('not at all when the base has all', () => {
    const run = replay([], { logs: [] });
    expect(run).toMatchObject({ status: 0, output: 'at the point\n' });
    expect(run.calls.filter(({ input }) => input.includes('START REPLICA'))).toEqual([]);
  });

  test.each<[string, Answer[], Parameters<typeof replay>[1], string]>([
    ['when one cannot be applied', [tells(far('OFF', 1062, 0, 'relay-log.000001 4 0 0',
      `Worker 1 failed executing transaction '${UUID}:3'`))], {},
    `a log cannot be applied: error 1062: Worker 1 failed executing transaction '${UUID}:3'`],
    ['when the applier stops before', [tells(far('OFF', 0, 0))], {}, 'the applier stopped before the point, at relay-log.000001 4 0 0'],
    ['when nothing goes on', [tells(far('ON', 0, 0))], { environment: { PROGRESS_SECONDS_MAX: '0' } },
      'nothing was applied for 0 s, at relay-log.000001 4 0 0'],
    ['when the server does not tell', [{ ...tells(''), status: 1 }], {}, 'the server does not tell how far it is, see above'],
    ['when the server ends', [{ ...SERVER[0], does: 'exit 1' }], {}, 'the server ended, see above'],
    ['on a base with other transactions', [{ ...SAME, says: `${UUID}:2|${UUID}:7\n` }], {},
      `the base ${BASE} has other transactions than it should: it lacks ${UUID}:2, and has besides ${UUID}:7`],
    ['when the data has other transactions then', [{ ...SAME, says: ['|\n', `|${UUID}:5\n`] }, tells(far('ON', 0, 1))], {},
      `the restored data has other transactions than it should: it lacks none, and has besides ${UUID}:5`],
    ['by a server of another series', [], { version: '8.4.6' },
      `the backup ${BASE} is of MySQL 8.4.6, and this image has 9.7.4: restore with an image of 8.4, and upgrade the cluster then`],
    ['to data of an earlier try', [], { before: 'mkdir -p "$DATA"; ' },
      '/volume/data exists: an earlier try of this pod has changed it; the next pod begins anew'],
    ['without a plan', [], { before: 'rm "$PLAN"; ' }, '/volume/plan is missing: the containers before have not run to their end'],
    ['with half a plan', [], { before: 'echo "base x" >"$PLAN"; ' },
      '/volume/plan is not whole: the containers before have not run to their end'],
  ])('no more %s', (_, answers, options, why) => {
    const run = replay(answers, options);
    expect(run).toMatchObject({ status: 1, output: '' });
    expect(run.log.at(-1)!.replace(run.bash.folder, '')).toBe(`ERROR: ${why}`);
  });

  test('of the same series, whichever is newer', () => {
    expect(replay([tells(far('ON', 0, 1))], { version: '9.7.6' }).status).toBe(0);
  });
});
