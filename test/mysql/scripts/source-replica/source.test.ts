import { Answer, describeScript } from '../../../support/bash';
import { member, OTHER, REPLICA, SOURCE } from '../members';
import { changesOf, verdictOf, withData } from './server';
import { BOTH, OPEN, tick } from './source';

describeScript('the source, open', () => {
  test('asks none while all replicas follow', () => {
    const bash = member(SOURCE);
    const { calls } = tick(bash, OPEN);
    expect(calls.map(({ command, on }) => `${command} ${on}`)).toEqual(['mysql local', 'df local']);
    expect(verdictOf(bash)).toBe('ready SOURCE: open for writes, 2 replicas follow');
  });

  test('asks them in turn all the same, now and then: one that the network cut off looks as if it followed', () => {
    const shell = 'answered_at=30; SECONDS=30; tick; for ((SECONDS = 31; SECONDS < 100; SECONDS += 10)); do tick; done';
    const { calls } = tick(member(SOURCE), OPEN, BOTH, shell);
    expect(calls.filter(({ on }) => on === REPLICA || on === OTHER).map(({ on }) => on)).toEqual([REPLICA, OTHER, REPLICA]);
  });

  test('asks the others with each look while one does not follow', () => {
    const shell = 'SECONDS=5; tick; SECONDS=8; tick; SECONDS=9; tick';
    const { calls } = tick(member(SOURCE), { ...OPEN, followers: 1 }, withData(REPLICA), shell);
    expect(calls.filter(({ on }) => on === REPLICA)).toHaveLength(2);
  });

  test('that another one replaced refuses clients before anything else, and closes', () => {
    const bash = member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' });
    const run = tick(bash, { ...OPEN, followers: 0 }, withData(REPLICA, { epoch: 1, source: REPLICA }), 'SECONDS=5; tick');
    expect(changesOf(run).slice(0, 3)).toEqual([
      'SET GLOBAL offline_mode = ON;', 'SET GLOBAL rpl_semi_sync_source_enabled = OFF', 'SET GLOBAL super_read_only = ON',
    ]);
    expect(run.log.slice(0, 3)).toEqual([
      `promotion 1 made ${REPLICA} the source, says another member`, `unready: DEMOTED: promotion 1 made ${REPLICA} the source`,
      `closing for writes: promotion 1 made ${REPLICA} the source`,
    ]);
    expect(changesOf(run).at(-1)).toContain('CHANGE REPLICATION SOURCE TO');
  });

  test('stays out when the fence cannot be set, and says so', () => {
    const bash = member(SOURCE);
    const fails: Answer = { command: 'mysql', on: 'local', to: 'offline_mode = ON', says: 'ERROR 1 (HY000): no\n' };
    const run = tick(bash, { ...OPEN, epoch: 1, source: OTHER }, [fails], 'tick || true');
    expect(run.log.at(-1)).toBe('the server does not refuse clients: ERROR 1 (HY000): no');
    expect(verdictOf(bash)).toBe(`unready DEMOTED: promotion 1 made ${OTHER} the source`);
  });

  test('stays open when the accounts cannot be kept, and says so once a minute', () => {
    const { log } = tick(member(SOURCE), OPEN, [], 'keep_accounts() { return 1; }; tick; tick');
    expect(log).toEqual(['ready: SOURCE: open for writes, 2 replicas follow', 'ERROR: cannot reconcile the accounts, see above']);
  });

  test.each<[string, string, number, string]>([
    ['a statement would wait for a replica: its copy would wait for the statement', '1', 0, ''],
    ['none is there, and a statement does not wait for long', '0', 0, 'kept\n'],
    ['all follow', '1', 2, 'kept\n'],
  ])('keeps accounts unless a commit waits: %s', (_, waits, followers, output) => {
    const answer: Answer = { command: 'mysql', on: 'local', to: 'Rpl_semi_sync_source_clients', says: `${waits}\n` };
    const run = tick(member(SOURCE, { SEMI_SYNCHRONOUS: 'ON' }), { ...OPEN, followers }, [answer, ...BOTH],
      'keep_accounts() { echo kept; }; tick; tick');
    expect(run.output).toBe(output.repeat(2));
    expect(run.log.filter((line) => line.startsWith('accounts and databases are not checked'))).toHaveLength(output === '' ? 1 : 0);
  });

  test('asks not how long a commit waits without semi-synchronous replication', () => {
    const run = tick(member(SOURCE), { ...OPEN, followers: 0 }, BOTH, 'keep_accounts() { echo kept; }; tick');
    expect(run.output).toBe('kept\n');
    expect(run.calls.filter(({ input }) => input.includes('semi_sync'))).toEqual([]);
  });

  test('keeps no accounts while it refuses clients', () => {
    const bash = member(SOURCE);
    bash.remove('podinfo/labels');
    expect(tick(bash, OPEN, [], 'keep_accounts() { echo kept; }; tick').output).toBe('');
  });
});

describeScript('the label of the pod', () => {
  test.each<[string, string | undefined, string]>([
    ['of a replica', 'mysql.role="replica"\n', 'replica'],
    ['that only ends like it', 'x.mysql.role="source"\n', ''],
    ['missing', 'app="mysql"\n', ''],
    ['in no file', undefined, ''],
  ])('%s makes the source refuse clients', (_, labels, found) => {
    const bash = member(SOURCE);
    bash.remove('podinfo/labels');
    if (labels !== undefined) {
      bash.file('podinfo/labels', labels);
    }
    expect(changesOf(tick(bash, OPEN))).toEqual(['SET GLOBAL offline_mode = ON;']);
    expect(verdictOf(bash)).toBe('unready MISLABELLED: the source, '
      + `but the pod's label mysql.role is '${found}': run the promotion again to correct the labels`);
  });

  test('is found among others', () => {
    const bash = member(SOURCE);
    bash.file('podinfo/labels', 'app="mysql"\nmysql.role="source"\nzone="a"');
    tick(bash, OPEN);
    expect(verdictOf(bash)).toMatch(/^ready /);
  });
});

describeScript('the agent', () => {
  test('says that the server does not answer', () => {
    const bash = member(SOURCE);
    bash.answers({ command: 'mysql', status: 1 });
    expect(bash.run('agent.sh', 'tick; tick').log).toEqual(['unready: NO_ANSWER: the server does not answer']);
    expect(bash.read('run/verdict')).toMatch(/^\d{10} unready NO_ANSWER: the server does not answer\n$/);
  });
});
