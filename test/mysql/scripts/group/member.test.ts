import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { api, FIRST, hostOf, is, labels, member, Own, SECOND, statements, STILL, THIRD, tick, verdict } from './members';

const PRIMARY: Own = { role: 'PRIMARY', superReadOnly: 0, source: FIRST };
const RECORD = (pod: string) => `INSERT INTO cdk8s_stateful.promotions (source, reason) VALUES ('${pod}', 'elected by the group')`;
const CLIENTS: Answer = { command: 'mysql', on: 'local', to: 'CONCAT(\'KILL \'', says: 'KILL 7;\nKILL 8;\n' };
const KILL = 'KILL 7;\nKILL 8;';

function looks(pod: string, own: Own, answers: Answer[] = [], shell = 'once'): Run & { bash: Sandbox; verdict: string } {
  const bash = member(pod);
  const run = tick(bash, own, answers, shell);
  return { ...run, bash, verdict: verdict(bash) };
}

/** The agent's server is this, and then that. */
function turns(...states: Own[]): Answer[] {
  const answers = states.map((own) => is(own)[0]);
  return [{ ...answers[0], says: answers.map(({ says }) => says as string) }];
}

describeScript('the primary', () => {
  test('is ready, and is shown as such', () => {
    const run = looks(FIRST, PRIMARY, [api(422, SECOND), api(404, THIRD)]);
    expect(run.verdict).toBe('ready the primary of a group with 3 members ONLINE');
    expect(labels(run)).toEqual([`${FIRST}=primary`, `${SECOND}:primary=none`, `${THIRD}:primary=none`]);
    expect(statements(run.calls)).toEqual([]);
  });

  test('when it is elected writes so into the data before clients find it', () => {
    const run = looks(SECOND, { ...PRIMARY, primary: hostOf(SECOND) }, [api(404, FIRST), api(404, THIRD)]);
    expect(statements(run.calls)).toEqual([RECORD(SECOND)]);
    expect(run.log[0]).toBe(`this is the primary now; before: ${FIRST}`);
    const order = run.calls.map(({ command, input }) => (input.includes('INSERT') ? 'record' : command)).filter((word) => word !== 'mysql');
    expect(order).toEqual(['df', 'record', 'curl', 'curl', 'curl']);
  });

  test('the first one writes so, too', () => {
    expect(statements(looks(FIRST, { ...PRIMARY, source: '-' }).calls)).toEqual([RECORD(FIRST)]);
  });

  test('is not shown to clients when that is not written, and tries again', () => {
    const refuses: Answer = { command: 'mysql', on: 'local', to: 'INSERT INTO', does: '((turn > 0)) || exit 1' };
    const run = looks(SECOND, PRIMARY, [refuses], 'once; [[ ! -e $RUN/verdict ]] || echo ready; once');
    expect(run.log).toContain('that went wrong (status 1)');
    expect(statements(run.calls)).toEqual([RECORD(SECOND), RECORD(SECOND)]);
    expect(labels(run)).toHaveLength(3); // of the second time
    expect(run.output).toBe('');
  });

  test('is not shown while it applies what the one before had committed', () => {
    const run = looks(SECOND, { ...PRIMARY, superReadOnly: 1 });
    expect(run.verdict).toBe('unready elected as the primary: applying what it has received');
    expect({ labels: labels(run), statements: statements(run.calls) }).toEqual({ labels: [], statements: [] });
  });

  test('without a majority takes no writes, and says so', () => {
    const run = looks(FIRST, { ...PRIMARY, majority: 0 });
    expect(run.verdict).toBe('unready in a group, but most of it does not answer: it takes no writes');
    expect(labels(run)).toEqual([`${FIRST}=none`]);
    expect(statements(run.calls)).toEqual([]);
  });

  test('is ready without the API server, too', () => {
    expect(looks(FIRST, PRIMARY, [{ command: 'curl', status: 28 }]).verdict).toBe('ready the primary of a group with 3 members ONLINE');
  });

  test('is ready when the accounts cannot be kept, and says so', () => {
    const run = looks(FIRST, PRIMARY, [], 'keep_accounts() { return 1; }; once');
    expect(run.verdict).toMatch(/^ready /);
    expect(run.log.at(-1)).toBe('ERROR: the accounts could not be kept, see above');
  });
});

describeScript('a secondary', () => {
  test('is ready, and is shown as such', () => {
    const run = looks(SECOND, {});
    expect(run.verdict).toBe(`ready a secondary, at most 30 s behind ${FIRST}`);
    expect(labels(run)).toEqual([`${SECOND}=secondary`]);
    expect(statements(run.calls)).toEqual([]);
  });

  test.each<[string, Own, string]>([
    ['that is as far behind as it may be is ready', { lag: 30 }, `ready a secondary, at most 30 s behind ${FIRST}`],
    ['that is further behind is not', { lag: 31 }, `unready more than 30 s behind ${FIRST}`],
    ['whose applier stopped is not', { applier: 'OFF' }, 'unready the applier is OFF'],
    ['without an applier is not', { applier: '-' }, 'unready the applier is -'],
    ['without a majority is not', { majority: 0 }, 'unready in a group, but most of it does not answer: it takes no writes'],
  ])('%s', (_, own, expected) => {
    expect(looks(SECOND, own).verdict).toBe(expected);
  });

  test('that recovers is not ready, and is shown as nothing', () => {
    const run = looks(SECOND, { state: 'RECOVERING', role: 'SECONDARY' });
    expect(run.verdict).toBe('unready recovering: getting what it missed');
    expect(labels(run)).toEqual([`${SECOND}=none`]);
  });
});

describeScript('clients of a primary that is none any more', () => {
  const ENDED = (primary: string) => `no longer the primary, ${primary} is: ending the connections of clients`;

  test.each<[string, Own, string]>([
    ['that became a secondary', { primary: hostOf(SECOND) }, SECOND],
    ['that recovers', { state: 'RECOVERING', primary: hostOf(SECOND) }, SECOND],
    ['that was put out', { state: 'ERROR', role: '-', majority: 0, primary: '-' }, 'nobody'],
    ['that is in no group', { state: 'OFFLINE', role: '-', majority: 0, primary: '-' }, 'nobody'],
  ])('%s are ended, for as long as the network may lead some here', (_, then, primary) => {
    const run = looks(FIRST, {}, [CLIENTS, ...turns(PRIMARY, then)], `${STILL}once; once; SECONDS=104; once; SECONDS=105; once`);
    expect(statements(run.calls).filter((text) => text.startsWith('KILL'))).toEqual([KILL, KILL]);
    expect(run.calls.find(({ input }) => input === KILL)!.arguments).toContain(' --force');
    expect(run.log.filter((line) => line.startsWith('no longer'))).toEqual([ENDED(primary)]);
  });

  test('never find nobody: the new primary takes the label, and this one shows what it is 5 s later', () => {
    const shell = `${STILL}once; once; SECONDS=104; once; SECONDS=105; once`;
    const run = looks(FIRST, {}, [CLIENTS, ...turns(PRIMARY, { primary: hostOf(SECOND) })], shell);
    const order = run.calls.map(({ input }) => /"value":"(secondary|primary)"}]$/.exec(input)?.[1] ?? (input === KILL ? 'ended' : ''));
    expect(order.filter((word) => word !== '')).toEqual(['primary', 'ended', 'ended', 'secondary']);
  });

  test('are ended the next time when the server does not name them', () => {
    const silent = { ...CLIENTS, says: '', does: '((turn > 0)) || exit 1; printf "KILL 7;\\nKILL 8;\\n"' };
    const run = looks(FIRST, {}, [silent, ...turns(PRIMARY, { primary: hostOf(SECOND) })], `${STILL}once; once; once`);
    expect(statements(run.calls).filter((text) => text.startsWith('KILL'))).toEqual([KILL]);
    expect(run.log.filter((line) => line.startsWith('no longer'))).toEqual([ENDED(SECOND)]);
  });

  test('of one that lost its majority stay: their commits wait, and may go on', () => {
    const run = looks(FIRST, {}, [CLIENTS, ...turns(PRIMARY, { ...PRIMARY, majority: 0 })], 'once; once');
    expect(statements(run.calls)).toEqual([]);
  });

  test('of a secondary stay', () => {
    expect(statements(looks(SECOND, {}, [CLIENTS], 'once; once').calls)).toEqual([]);
  });
});
