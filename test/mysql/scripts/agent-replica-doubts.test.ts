import { Answer, describeScript, Sandbox } from '../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE, State, statements, withData } from './members';
import { FOLLOWING, GUIDE, NOTHING_WRONG, tick } from './replica';

describeScript('a replica that has received what another source lacks', () => {
  const behind = { epoch: 1, source: OTHER, receiver: 'OFF', executed: 'a:1-5', received: 'a:4-7', drained: 0 };
  const begin = (state: State, source: Answer[], bash?: Sandbox) => tick({ ...behind, ...state }, source, `${NOTHING_WRONG}tick`, bash);

  test('applies it before it follows, so that nothing that was acknowledged is thrown away without a word', () => {
    const { calls, log, verdict } = begin({ applier: 'OFF' }, withData(OTHER, { executed: 'a:1-6' }));
    expect(statements(calls)).toEqual(['START REPLICA SQL_THREAD']);
    expect(log[1]).toBe(`the source ${OTHER} does not have a:7: applying what was received of the source before`);
    expect(verdict).toBe(`unready applying what was received of the source before, which ${OTHER} does not have: the applier is ON, error 0`);
  });

  test.each<[string, State]>([['applies it', { applier: 'ON' }], ['cannot apply it', { applier: 'OFF', applierError: 1062 }]])(
    'waits while it %s', (_, state) => {
      const { calls, verdict } = begin(state, withData(OTHER, { executed: 'a:1-6' }));
      expect(statements(calls)).toEqual([]);
      expect(verdict).toMatch(new RegExp(`: the applier is ${state.applier}, error ${state.applierError ?? 0}$`));
    });

  test('names it when it is applied, and keeps it', () => {
    const { calls, verdict } = begin({ applier: 'ON', executed: 'a:1-7', drained: 1 }, withData(OTHER, { executed: 'a:1-6' }));
    expect(statements(calls)).toEqual([]);
    expect(verdict).toBe(`unready the source ${OTHER} does not have the transactions a:7 of this replica${GUIDE}`);
  });

  test('follows at once when the source has it all', () => {
    const { calls } = begin({ applier: 'OFF' }, withData(OTHER, { executed: 'a:1-7' }));
    expect(statements(calls)[0]).toContain(`SOURCE_HOST = '${hostOf(OTHER)}'`);
  });

  test('from a copy: that is what the donor received', () => {
    const bash = member(REPLICA);
    bash.file('volume/cloned', '');
    expect(statements(begin({}, withData(OTHER, { executed: 'a:1-6' }), bash).calls)[0]).toContain('RESET REPLICA ALL;');
  });
});

describeScript('what is no answer about transactions', () => {
  const refused = { receiver: 'OFF', receiverError: 13114 };
  const source = withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' });
  const compares = (turn: number, answer: Partial<Answer>): Answer[] => [
    {
      command: 'mysql', to: 'GTID_SUBTRACT',
      does: `((turn == ${turn})) && { printf '%s' '${String(answer.says ?? '')}'; exit ${answer.status ?? 0}; }; echo rest:`,
    },
  ];

  test.each<[string, Partial<Answer>]>([['an error', { status: 1 }], ['silence', {}], ['NULL', { says: 'NULL' }]])(
    '%s: nothing is followed, and nothing is copied over', (_, answer) => {
      for (const [state, shell, turns] of [[{ receiver: 'OFF' }, `${NOTHING_WRONG}tick`, 1], [refused, `${FOLLOWING}tick`, 2]] as const) {
        for (let turn = 0; turn < turns; turn++) {
          const { calls, verdict, bash } = tick(state, [...compares(turn, answer), ...source], shell);
          expect(statements(calls)).toEqual([]);
          expect(bash.exists('volume/reprovision')).toBe(false);
          expect(verdict).toBe(`unready its transactions could not be compared with those of ${SOURCE}, see above`);
        }
      }
    });

  test('what the source still applies could not be compared either', () => {
    const answers: Answer[] = [{ command: 'mysql', to: 'GTID_SUBTRACT', does: '((turn == 0)) || exit 1; echo rest:b:1' }, ...source];
    expect(tick({ receiver: 'OFF' }, answers, `${NOTHING_WRONG}tick`).verdict).toContain('could not be compared');
  });

  test.each<[string, string, string]>([
    ['an empty row', '', 'the server does not answer'],
    ['a part of a row', '0\t0\t0\t-\t-\tON', 'the server does not answer'],
  ])('%s of its own server', (_, says, expected) => {
    const { calls, verdict } = tick({}, [{ command: 'mysql', on: 'local', to: '@@GLOBAL.super_read_only,', says }]);
    expect(statements(calls)).toEqual([]);
    expect(verdict).toBe(`unready ${expected}`);
  });

  test.each<[string, string, string]>([
    ['the password of root is refused', 'ERROR 1045 (28000): Access denied', 'the server answers with error 1045'],
    ['the server is not there', 'ERROR 2002 (HY000): cannot connect (2)', 'the server does not answer'],
  ])('says which: %s', (_, text, expected) => {
    const answer: Answer = { command: 'mysql', on: 'local', to: '@@GLOBAL.super_read_only,', status: 1, does: `echo "${text}" >&2` };
    expect(tick({}, [answer]).verdict).toBe(`unready ${expected}`);
  });

  test('a source that refuses the password of monitor is not called silent', () => {
    const answer: Answer = { command: 'mysql', on: SOURCE, status: 1, does: 'echo "ERROR 1045 (28000): Access denied" >&2' };
    expect(tick({ receiver: 'OFF' }, [answer], `${NOTHING_WRONG}tick`).verdict)
      .toBe(`unready the source ${SOURCE} refuses the password of monitor that the Secret has now`);
  });
});

describeScript('a receiver that is stopped while the applier runs', () => {
  const START = 'SELECT IF(GET_LOCK(\'cdk8s_stateful.promotion\', 0) = 1, \'\', ST_GeomFromText(\'a promotion is under way\'));\n'
    + 'START REPLICA IO_THREAD;';

  test.each<[string, State]>([
    ['without an error', { receiver: 'OFF' }], ['while it tried to connect', { receiver: 'OFF', receiverError: 2003 }],
  ])('%s was left so by a promotion that was killed: it is started, under the lock of promotions', (_, state) => {
    const { calls, log, verdict } = tick(state);
    expect(statements(calls)).toEqual([START]);
    expect(log[0]).toBe('the receiver is stopped, the applier is not, and no promotion is under way: starting the receiver');
    expect(verdict).toBe('unready the receiver was left stopped');
  });

  test.each<[string, State, string]>([
    ['while a promotion is under way', { promoting: 1 }, 'the receiver is stopped for a promotion, which is under way'],
    ['when a person said STOP REPLICA', { applier: 'OFF' }, 'the receiver is OFF, error 0'],
    ['when it ended by itself', { receiverError: 13121 }, 'the receiver is OFF, error 13121'],
  ])('stays stopped %s', (_, state, reason) => {
    const { calls, verdict } = tick({ receiver: 'OFF', ...state });
    expect(statements(calls)).toEqual([]);
    expect(verdict).toBe(`unready ${reason}`);
  });

  test('stays stopped in a replica that diverged', () => {
    const { calls } = tick({ receiver: 'OFF', committed: 'b:1' });
    expect(statements(calls)).toEqual(['STOP REPLICA']);
  });
});

describeScript('a replica whose super_read_only was switched off', () => {
  test('switches it on, and its clients stay', () => {
    const { calls, log, verdict } = tick({ superReadOnly: 0 }, [{ command: 'mysql', to: 'CONCAT(\'KILL \'', says: 'KILL 7;\n' }]);
    expect(statements(calls)).toEqual(['SET GLOBAL super_read_only = ON']);
    expect(log[0]).toBe('super_read_only was switched off: it is on again');
    expect(verdict).toMatch(/^ready /);
  });
});
