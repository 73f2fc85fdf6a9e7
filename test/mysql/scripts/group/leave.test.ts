import { Answer, describeScript } from '../../../support/bash';
import {
  FIRST, hasApplied, hostOf, killed, labels, member, MEMBERS, OUT, Own, SECOND, sees, statements, tells, tellsInGroup, THIRD, tick, verdict,
} from './members';

const OTHERS_OUT = 'all other members answer that they are in no group';
const FENCED: Own = { role: 'PRIMARY', superReadOnly: 0, source: FIRST, primary: hostOf(FIRST), offline: 1 };

function looks(own: Own, answers: Answer[] = [], shell = 'once', pod = FIRST) {
  const bash = member(pod);
  return { ...tick(bash, own, answers, shell), bash };
}

describeScript('what is left of a group', () => {
  test.each<[string, Own, string]>([
    ['by a member that was expelled', { state: 'ERROR', role: '-', majority: 0 }, 'ERROR'],
    ['by one that has recovered for 30 s without a member ONLINE', { state: 'RECOVERING', online: 0 }, 'RECOVERING'],
  ])('is left %s, which joins or bootstraps at the next look', (_, own, state) => {
    const run = looks({ ...own, offline: 1 }, [], 'once; SECONDS=130; once', SECOND);
    expect(statements(run.calls).at(-1)).toBe('STOP GROUP_REPLICATION');
    expect(run.log.at(-1)).toBe(`the server is ${state}: it leaves what is left of its group`);
    expect(labels(run)[0]).toBe(`${SECOND}=none`);
  });

  test.each<[string, string, string, boolean]>([
    ['does not certify what its primary writes', '1', '', true],
    ['was not even asked, since the proof waits for something else', '0', '', false],
    ['may have been asked or not', '', '', false],
    ['is not asked, since the disk is full', '1', 'disk_full=1; ', false],
  ])('is left by a primary when the group %s', (_, waits, before, left) => {
    const proof: Answer[] = [
      { command: 'mysql', on: 'local', to: 'waiting for handler commit', says: `${waits}\n`, status: waits === '' ? 1 : 0 },
      { command: 'mysql', on: 'local', to: 'INSERT INTO', status: 124 },
    ];
    const shell = `${before}look_at_disk() { :; }; once; SECONDS=105; once; SECONDS=111; once; echo tried; SECONDS=112; once`;
    const run = looks(FENCED, [...proof, hasApplied('1')], shell);
    expect(killed(run.bash)).toBe(left ? 'its group does not work, and it has applied all that it received' : undefined);
    expect(verdict(run.bash)).toContain(left ? 'GROUP_STUCK' : 'PRIMARY_UNPROVEN');
    const again = `once; ${sees({ ...FENCED, majority: 0 })}SECONDS=110; once; ${sees(FENCED)}SECONDS=120; once`;
    // It lost its quorum meanwhile, and begins once more
    expect(killed(looks(FENCED, [...proof, hasApplied('1')], again).bash)).toBeUndefined();
  });

  test.each<[string, string, string, boolean, string]>([
    ['has', '1', 'PRIMARY_', false, ''],
    ['lacks', '0', 'JOINED_STALE: ', true, 'g:1-9\n'], ['may lack', '', 'JOIN_UNCONFIRMED: ', false, 'g:1-9\n'],
  ])('is left by a member that joined it, is its primary and %s what the group had', (_, says, state, left, file) => {
    const bash = member(FIRST);
    bash.file('run/joined', 'g:1-9\n');
    const subset: Answer = { command: 'mysql', on: 'local', to: 'GTID_SUBSET(\'g:1-9\', @@GLOBAL', says: `${says}\n` };
    tick(bash, FENCED, [subset, hasApplied('1')], 'once');
    expect(verdict(bash)).toContain(state);
    expect(killed(bash) !== undefined).toBe(left);
    expect(bash.exists('run/joined') ? bash.read('run/joined') : '').toBe(file);
  });

  test('is left by a member that is ONLINE in a group that agrees on nothing', () => {
    const run = looks({ ...FENCED, heard: 'T' }, [hasApplied('1')], `${sees({ ...FENCED, heard: 'T', quiet: 10 })}once`);
    expect(killed(run.bash)).toBe('its group does not work, and it has applied all that it received');
    expect(verdict(run.bash)).toMatch(/^unready GROUP_STUCK: /);
    expect(labels(run)).toEqual([`${FIRST}=none`]);
  });

  test.each<[string, Answer[], string]>([
    ['all others are in no group', [...tells(SECOND), ...tells(THIRD, { state: 'ERROR' })], OTHERS_OUT],
    ['all others are in no group, or would join one', [...tells(SECOND), ...tells(THIRD, { state: 'CHANGING' })], OTHERS_OUT],
    ['the group of others goes on without it', [...tellsInGroup(SECOND, 'PRIMARY', { listed: [SECOND, THIRD] })],
      `the group of ${SECOND} goes on without this member`],
  ])('is left without quorum when %s, by the look after that which takes the label', (_, others, reason) => {
    const run = looks({ ...FENCED, majority: 0 }, [...others, hasApplied('1')], 'once; echo looked; once');
    expect(killed(run.bash)).toBe('its group does not work, and it has applied all that it received');
    expect(verdict(run.bash)).toBe(`unready ABANDONED: ${reason}: leaving what is left of this group`);
    expect(run.log.at(-1)).toBe('the server is ONLINE: it leaves what is left of its group');
  });

  test('is left in a group that is quiet, too, when all others are in none', () => {
    const others = [...tells(SECOND), ...tells(THIRD), hasApplied('1')];
    const quiet = (seconds: number) => looks(FENCED, others, `${sees({ ...FENCED, heard: 'T', quiet: seconds })}once; once`);
    expect(verdict(quiet(6).bash)).toMatch(/^unready ABANDONED: /);
    expect(killed(quiet(5).bash)).toBeUndefined();
  });

  test.each<[string, Answer[]]>([
    ['is in one', [...tells(SECOND), ...tells(THIRD, { state: 'ONLINE', majority: 0 })]],
    ['is in one that works and lists it', [...tells(SECOND), ...tellsInGroup(THIRD, 'PRIMARY', { listed: [FIRST, SECOND, THIRD] })]],
    ['recovers in one', [...tells(SECOND), ...tells(THIRD, { state: 'RECOVERING' })]],
    ['is silent', tells(SECOND)],
  ])('is not left without quorum when another member %s', (_, others) => {
    const run = looks({ ...FENCED, majority: 0 }, [...others, hasApplied('1')], 'once; once; once');
    expect([killed(run.bash), statements(run.calls)]).toEqual([undefined, []]);
  });

  describe('is left by a member that recovers', () => {
    const RECOVERS: Own = { state: 'RECOVERING', online: 1 };
    const ALONE = tellsInGroup(SECOND, 'PRIMARY', { listed: [SECOND, THIRD] });
    const after = (seconds: number[], own: Own = RECOVERS, others = ALONE) => {
      const hangs: Answer = { command: 'mysql', on: 'local', to: 'STOP GROUP', does: 'exec sleep 0.6' };
      const bash = member(FIRST, { LEAVE_SECONDS_MAX: '0.2' });
      const run = tick(bash, own, [hangs, hasApplied('1'), ...others], ['once', ...seconds.map((second) => `SECONDS=${100 + second}; once`)].join('; '));
      return { ...run, verdict: verdict(bash), killed: killed(bash) };
    };
    const GOES_ON = `unready ABANDONED: the group of ${SECOND} goes on without this member: leaving what is left of this group`;

    test('when a group that works has not listed it for 10 s', () => {
      const run = after([5, 10, 15]);
      expect(run.verdict).toBe(GOES_ON);
      expect(run.killed).toBe('it did not leave its group within 0.2 s, and has applied all that it received');
    });

    test('and neither earlier nor when the group lists it in between', () => {
      expect(after([5, 10, 14]).verdict).toMatch(/^unready RECOVERING: /);
      const [works] = tellsInGroup(SECOND, 'PRIMARY', { listed: MEMBERS });
      const says = [ALONE[0], works, ALONE[0]].map((answer) => String(answer.says));
      expect(after([5, 10, 15, 20], RECOVERS, [{ ...ALONE[0], says }]).verdict).toMatch(/^unready RECOVERING: /);
    });

    test('and asks others every 5 s', () => {
      const asked = after([4, 5, 6, 9, 10]).calls.filter(({ on, input }) => on === SECOND && input.includes('gtid_purged'));
      expect(asked).toHaveLength(2);
    });

    test('and has no quorum at once, as by one that is ONLINE', () => {
      expect(after([0], { ...RECOVERS, majority: 0 }).verdict).toBe(GOES_ON);
      expect(after([0], { ...RECOVERS, majority: 0 }, [...tells(SECOND), ...tells(THIRD)]).verdict)
        .toBe(`unready ABANDONED: ${OTHERS_OUT}: leaving what is left of this group`);
    });
  });

  const WAITS = 'JOIN_WAITING: waiting until START or STOP GROUP_REPLICATION of this server has ended';

  test.each<[string, Answer[], number, string]>([
    ['is ended when all others have been in no group for 2 s', [...tells(SECOND), ...tells(THIRD)], 2,
      `ABANDONED: ${OTHERS_OUT}: leaving what is left of this group`],
    ['is waited for before', [...tells(SECOND), ...tells(THIRD)], 1, WAITS],
    ['is waited for while another one is silent', tells(SECOND), 60, WAITS],
    ['is waited for while a group works', tellsInGroup(SECOND, 'PRIMARY'), 60, WAITS],
  ])('a start that the agent before began %s', (_, others, seconds, expected) => {
    const bash = member(FIRST);
    tick(bash, OUT, [...tells(FIRST, { state: 'CHANGING' }), ...others, hasApplied('1')], `once; SECONDS=${100 + seconds}; once`);
    expect(verdict(bash)).toBe(`unready ${expected}`);
  });

  const EXPELLED: Own = { state: 'ERROR', role: '-', majority: 0 };

  test.each<[string, Own, string, boolean]>([
    ['one that was expelled', EXPELLED, '1', true],
    ['not one with something to apply', EXPELLED, '0', false],
    ['not one that does not say whether it has', EXPELLED, '', false],
    ['not one that is ONLINE, with something to apply', { ...FENCED, majority: 0 }, '0', false],
  ])('is left by a kill of the server when it takes too long: %s', (_, own, applied, kills) => {
    const bash = member(FIRST, { LEAVE_SECONDS_MAX: '0.2' });
    const hangs: Answer = { command: 'mysql', on: 'local', to: 'STOP GROUP', does: 'exec sleep 0.6' };
    const run = tick(bash, own, [hangs, hasApplied(applied), ...tells(SECOND), ...tells(THIRD)], 'once; once');
    expect(killed(bash)).toBe(kills ? 'it did not leave its group within 0.2 s, and has applied all that it received' : undefined);
    expect(statements(run.calls)).toContain('STOP GROUP_REPLICATION');
  });

  test('is left by a kill also when all is applied only later, and a second statement fails', () => {
    const bash = member(FIRST, { LEAVE_SECONDS_MAX: '0.2' });
    const answers: Answer[] = [
      { command: 'mysql', on: 'local', to: 'STOP GROUP', does: '((turn > 0)) || exec sleep 0.6; exit 1' },
      { command: 'mysql', on: 'local', to: 'received_transaction_set FROM', does: 'echo "$((turn > 0))"' },
    ];
    const run = tick(bash, EXPELLED, [...answers, ...tells(SECOND), ...tells(THIRD)], 'once; once');
    expect(killed(bash)).toBeDefined();
    expect(run.log.filter((line) => line.startsWith('the server has not left'))).toHaveLength(1);
  });

  test('is left by one kill, whatever is seen until the server has ended', () => {
    const bash = member(FIRST);
    bash.file('run/incarnation', '1.5\n');
    const shell = 'once; once; rm "$RUN/kill-server"; once; once; ls "$RUN" | grep -c kill-server || true; echo 2.5 >"$RUN/incarnation"; '
      + `${sees({ ...FENCED, majority: 0 })}once; once; ls "$RUN" | grep -c kill-server`;
    expect(tick(bash, { ...FENCED, majority: 0 }, [hasApplied('1'), ...tells(SECOND), ...tells(THIRD)], shell).output).toBe('0\n1\n');
  });

  test('is left by no kill when the statement fails at once', () => {
    const bash = member(FIRST, { LEAVE_SECONDS_MAX: '0.2' });
    tick(bash, EXPELLED, [{ command: 'mysql', on: 'local', to: 'STOP GROUP', status: 1 }, hasApplied('1')], 'once; once');
    expect(killed(bash)).toBeUndefined();
  });

  test('is not left before', () => {
    expect(statements(looks({ state: 'RECOVERING', online: 0 }, [], 'once; SECONDS=129; once', SECOND).calls)).toEqual([]);
  });

  test('is tried again when that failed', () => {
    const refuses: Answer = { command: 'mysql', on: 'local', to: 'STOP GROUP', status: 1 };
    const run = looks({ state: 'ERROR', role: '-', majority: 0 }, [refuses], 'once; once', SECOND);
    expect(statements(run.calls)).toEqual(['STOP GROUP_REPLICATION', 'STOP GROUP_REPLICATION']);
    expect(run.log).toContain('EXPELLED: leave did not complete, see above');
  });
});

describeScript('what a member received of the group that it was in', () => {
  const START = 'START REPLICA SQL_THREAD FOR CHANNEL \'group_replication_applier\'';

  test.each<[string, string, string[]]>([['is applied', 'OFF', [START]], ['is being applied', 'ON', []]])('%s', (_, applier, done) => {
    const run = looks({ ...OUT, applier }, [...tells(FIRST, { received: 'g:2-6' }), ...tells(SECOND), ...tells(THIRD)]);
    expect(statements(run.calls)).toEqual(done);
    expect(verdict(run.bash)).toBe('unready APPLYING: applying what it received of the group that it was in');
  });
});
