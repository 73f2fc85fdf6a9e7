import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import {
  ADDITION, api, FIRST, hostOf, knows, labels, looked, member, OUT, Own, promotion, SECOND, sees, shows, statements, tells,
  THIRD, tick, verdict,
} from './members';

const PRIMARY: Own = { role: 'PRIMARY', superReadOnly: 0, source: FIRST, primary: hostOf(FIRST) };
const FENCED: Own = { ...PRIMARY, offline: 1 };
const RECORD = (pod: string) => promotion(pod, 'elected by the group');
const PROVES = 'the primary, as far as this member knows: proving it by a transaction';
const SERVES = 'the primary of a group with 3 members ONLINE';
const AWAY: Answer = { command: 'curl', status: 28 };

function looks(own: Own, answers: Answer[] = [], shell = 'once', pod = FIRST): Run & { bash: Sandbox; verdict: string; asked: string } {
  const bash = member(pod);
  const run = tick(bash, own, answers, shell);
  return { ...run, bash, verdict: verdict(bash), asked: bash.exists('run/open-request') ? bash.read('run/open-request').trim() : '' };
}

/** What it did, in order. */
function order({ calls }: Run): string[] {
  return calls.flatMap(({ command, input, arguments: argv }) => (
    input.includes('INSERT') ? ['proof'] : command === 'curl' ? [argv.includes('PATCH') ? `label ${argv.split('/').at(-1)}` : 'look'] : []));
}

describeScript('a primary that is elected', () => {
  const BEFORE: Own = { ...PRIMARY, source: SECOND };
  const GONE: Answer = { command: 'mysql', on: SECOND, to: '@@GLOBAL.offline_mode', says: '1\n' };
  /** The data tells of the promotion after it was written. */
  const WRITES: Answer = { command: 'mysql', on: 'local', to: 'INSERT INTO', does: sees({ ...FENCED, epoch: 2 }).replace('$EPOCHSECONDS',
    '1000') };

  test('proves it by a transaction, takes the label from others, takes it, and asks for clients, in this order', () => {
    const run = looks({ ...BEFORE, offline: 1 }, [WRITES, GONE, shows(SECOND, 'primary')]);
    expect(statements(run.calls)).toEqual([RECORD(FIRST), ADDITION]);
    expect(order(run)).toEqual(['proof', 'look', `label ${SECOND}`, 'look', `label ${FIRST}`]);
    expect(labels(run)).toEqual([`${SECOND}:7=none`, `${FIRST}=primary`]);
    expect(looked(run)).toEqual([SECOND, THIRD]);
    expect(run).toMatchObject({ verdict: `unready PRIMARY_UNPROVEN: ${PROVES}`, asked: '7.5' });
    expect(run.log[0]).toContain(`proving with a transaction that this member is the primary; the last primary in its data: ${SECOND}`);
  });

  test('is ready when clients are let in, and keeps accounts then', () => {
    const shell = `keep_accounts() { echo accounts; }; once; ${sees(PRIMARY)}once`;
    const run = looks({ ...BEFORE, offline: 1 }, [WRITES, GONE], shell);
    expect(run).toMatchObject({ verdict: `ready PRIMARY: ${SERVES}`, output: 'accounts\n' });
    expect(statements(run.calls)).toEqual([RECORD(FIRST), ADDITION]);
  });

  test('the first one does so, too, and asks no one before', () => {
    const run = looks({ ...FENCED, source: '-', epoch: 0 }, [WRITES]);
    expect(statements(run.calls)).toEqual([RECORD(FIRST), ADDITION]);
    expect(run.calls.filter(({ on }) => on !== 'local' && on !== 'api')).toEqual([]);
    expect(run.asked).toBe('7.5');
  });

  test('does not while the one before lets clients in', () => {
    const run = looks(BEFORE, [{ ...GONE, says: '0\n' }], 'once; SECONDS=200; once');
    expect(run.verdict).toBe(`unready PRIMARY_WAITING: elected as the primary: waiting until ${SECOND}, the primary before, lets no client in`);
    expect({ order: order(run), asked: run.asked }).toEqual({ order: [], asked: '' });
  });

  test('goes on 1 s after its election when the one before is silent', () => {
    const shell = 'once; once; echo "${#proved}"; SECONDS=101; once';
    const run = looks(BEFORE, [WRITES], shell);
    expect(run.output).toBe('0\n');
    expect(order(run)[0]).toBe('proof');
  });

  test('is shown to no client when the transaction fails, says so, and tries again', () => {
    const refuses: Answer = { ...WRITES, does: `((turn > 0)) || exit 1; ${WRITES.does}` };
    const run = looks({ ...BEFORE, offline: 1 }, [refuses, GONE], 'once; cat "$RUN/verdict"; once');
    expect(run.output.replace(/^\d+ /, '')).toBe(`unready PRIMARY_UNPROVEN: ${PROVES}, which failed\n`);
    expect(run.log).toContain('PRIMARY_UNPROVEN: take_over did not complete, see above');
    expect(order(run)).toEqual(['proof', 'proof', 'look', 'look', `label ${FIRST}`]);
  });

  test.each<[string, string]>([
    ['the generation ended meanwhile', sees(FENCED, '9.5')], ['it is no longer the primary by then', sees({ ...FENCED,
      role: 'SECONDARY' })],
    ['nothing is known by then', 'rm "$RUN/member"; '],
  ])('takes nothing when %s', (_, does) => {
    const run = looks({ ...BEFORE, offline: 1 }, [{ ...WRITES, does: does.replace('$EPOCHSECONDS', '1000') }, GONE]);
    expect({ order: order(run), asked: run.asked }).toEqual({ order: ['proof'], asked: '' });
  });

  test('proves it again in another generation, and sets its label again, which another one may have taken', () => {
    const run = looks({ ...BEFORE, offline: 1 }, [{ ...WRITES, does: '' }],
      `proved=7.4 shown=primary shown_at=99 taken_at=99; ${sees(FENCED)}once`);
    expect(order(run)).toEqual(['proof', 'look', 'look', `label ${FIRST}`]);
  });

  test('lets no client in before it has its label, and tries again', () => {
    const run = looks({ ...BEFORE, offline: 1 }, [AWAY, WRITES, GONE]);
    expect(run).toMatchObject({ asked: '', verdict: `unready PRIMARY_UNPROVEN: ${PROVES}` });
    const later = looks(FENCED, [shows(SECOND, 'none')], 'proved=7.5; once');
    expect(later).toMatchObject({ asked: '7.5',
      verdict: 'unready PRIMARY_UNSHOWN: the primary, but the API server has not taken its label yet' });
    expect(order(later)).toEqual(['look', 'look', `label ${FIRST}`]);
  });

  test('takes no label from a member with a later promotion', () => {
    const run = looks({ ...FENCED, epoch: 3 }, [shows(SECOND, 'primary'), knows(SECOND, 4)],
      'proved=7.5; once');
    expect({ labels: labels(run), asked: run.asked }).toEqual({ labels: [], asked: '' });
    expect(run.log[0]).toBe(`${SECOND} has the label mysql.role=primary and a later promotion, 4, than this member, 3: the label stays there`);
  });

  test('that had its label opens again without the API server: a group works on while that is away', () => {
    const run = looks(FENCED, [AWAY, { ...WRITES, does: '' }], 'shown=primary shown_at=99; once');
    expect(run.asked).toBe('7.5');
  });
});

describeScript('the primary', () => {
  const KNOWN = 'proved=7.5 shown=primary shown_at=99 taken_at=99; ';

  test('is ready, and asks no one', () => {
    const run = looks(PRIMARY, [], `${KNOWN}once`);
    expect(run).toMatchObject({ verdict: `ready PRIMARY: ${SERVES}`, asked: '' });
    expect(run.calls.map(({ command }) => command)).toEqual(['df']);
    expect(run.bash.read('volume/members')).toBe('mysql-0 mysql-1 mysql-2\n');
  });

  test('sets its label again after 30 s, and takes that of others', () => {
    const run = looks(PRIMARY, [shows(THIRD, 'primary')], `${KNOWN}SECONDS=128; once; SECONDS=129; once`);
    expect(labels(run)).toEqual([`${FIRST}=primary`, `${THIRD}:7=none`]);
  });

  test('that is behind the fence asks for clients until they are let in', () => {
    const run = looks(FENCED, [], `${KNOWN}once; rm "$RUN/open-request"; once`);
    expect(run).toMatchObject({ verdict: `unready PRIMARY: ${SERVES}, opening for clients`, asked: '7.5' });
  });

  test('is ready without the API server, too', () => {
    expect(looks(PRIMARY, [AWAY], `${KNOWN}SECONDS=140; once`).verdict).toBe(`ready PRIMARY: ${SERVES}`);
  });

  test('is ready when the accounts cannot be kept, and says so', () => {
    const run = looks(PRIMARY, [], `${KNOWN}keep_accounts() { return 1; }; once`);
    expect(run.verdict).toMatch(/^ready /);
    expect(run.log.at(-1)).toBe('ERROR: cannot reconcile the accounts, see above');
  });

  test('keeps passwords every 2 s', () => {
    const run = looks(PRIMARY, [], `${KNOWN}keep_accounts() { echo "$SECONDS"; }; once; once; SECONDS=101; once; SECONDS=102; once`);
    expect(run.output).toBe('100\n102\n');
  });

  test('without quorum takes its label away, and proves and serves nothing', () => {
    const run = looks({ ...PRIMARY, majority: 0 }, [], `${KNOWN}once`);
    expect(run.verdict).toBe('unready NO_QUORUM: in a group without quorum: no client is let in');
    expect(labels(run)).toEqual([`${FIRST}=none`]);
    expect({ statements: statements(run.calls), asked: run.asked }).toEqual({ statements: [], asked: '' });
  });

  test('that is none any more has no label for 5 s, and is a secondary then', () => {
    const then = sees({ primary: hostOf(SECOND), source: SECOND });
    const run = looks(PRIMARY, [], `unset EPOCHSECONDS; EPOCHSECONDS=1000; ${sees(PRIMARY)}${KNOWN}once; `
      + `${then}once; EPOCHSECONDS=1004; ${then}once; cat "$RUN/verdict"; EPOCHSECONDS=1005; ${then}once`);
    expect(labels(run)).toEqual([`${FIRST}=none`, `${FIRST}=secondary`]);
    expect(run.output).toMatch(/unready SECONDARY_YIELDING: no longer the primary, mysql-1 is\n$/);
    expect(run.verdict).toBe(`ready SECONDARY: a secondary, at most 30 s behind ${SECOND}`);
  });
});

describeScript('a secondary', () => {
  test('is ready, and is shown as such', () => {
    const run = looks({}, [], 'keep_root_password() { echo root; }; keep_recovery_password() { echo recovery; }; once', SECOND);
    expect(run).toMatchObject({ verdict: `ready SECONDARY: a secondary, at most 30 s behind ${FIRST}`, output: 'root\nrecovery\n' });
    expect(labels(run)).toEqual([`${SECOND}=secondary`]);
    expect(statements(run.calls)).toEqual([]);
  });

  test('that is behind the fence asks for clients in the generation of now, when it has its label', () => {
    const run = looks({ offline: 1 }, [], 'once', SECOND);
    expect(run).toMatchObject({ asked: '7.5',
      verdict: `unready SECONDARY: a secondary, at most 30 s behind ${FIRST}, opening for clients` });
    const away = looks({ offline: 1 }, [AWAY], 'once', SECOND);
    expect(away).toMatchObject({
      asked: '', verdict: `unready SECONDARY: a secondary, at most 30 s behind ${FIRST}, but the API server has not taken its label yet`,
    });
  });

  test.each<[string, Own]>([
    ['too far behind', { lag: 31 }], ['whose applier stopped', { applier: 'OFF' }], ['that recovers', { state: 'RECOVERING' }],
    ['without quorum', { majority: 0 }], ['of a group without a member ONLINE', { state: 'RECOVERING', online: 0 }],
  ])('%s asks for no client', (_, own) => {
    expect(looks({ ...own, offline: 1 }, [], 'once', SECOND).asked).toBe('');
  });

  test('says so when its passwords could not be kept', () => {
    const run = looks({}, [], 'keep_recovery_password() { return 1; }; once', SECOND);
    expect(run.verdict).toMatch(/^ready /);
    expect(run.log).toContain('SECONDARY: serve_secondary did not complete, see above');
  });
});

describeScript('an answer of the API server', () => {
  test('that is a conflict is no label: it is set at the next look', () => {
    const run = looks({}, [api([409, 200], SECOND)], 'once; echo "[$shown]"; SECONDS=110; once; echo "[$shown]"', SECOND);
    expect(run.output).toBe('[]\n[secondary]\n');
  });
});

describeScript('a member that is in no group', () => {
  test('looks whether the pods of silent members exist', () => {
    const silent: Answer = { command: 'mysql', on: THIRD, status: 1 };
    const run = looks({ ...OUT, source: '-' }, [...tells(FIRST), ...tells(SECOND), silent, api(404, THIRD), api()]);
    expect(run.verdict).toMatch(/^unready MEMBER_SILENT: not bootstrapping: mysql-2 does not answer/);
    expect(looked(run)).toEqual([THIRD]);
    expect(run.log).toContain(`the pod ${THIRD} does not exist: this pod changes, so that Kubernetes tries again to make it`);
  });
});
