import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE } from '../members';
import { FENCE, FOLLOWING, GUIDE, NOTHING_WRONG, tick } from './replica';
import { State, withData } from './server';

describeScript('a replica that has received what another source lacks', () => {
  const behind = { offline: 1, epoch: 1, source: OTHER, receiver: 'OFF', executed: 'a:1-5', received: 'a:4-7', drained: 0 };
  const begin = (state: State, source: Answer[], bash?: Sandbox) => tick({ ...behind, ...state }, source, `${NOTHING_WRONG}tick`, bash);

  test('applies it before it follows, so that nothing that was acknowledged is thrown away without a word', () => {
    const { changes, log, verdict } = begin({ applier: 'OFF' }, withData(OTHER, { executed: 'a:1-6' }));
    expect(changes).toEqual(['START REPLICA SQL_THREAD']);
    const reason = `applying what was received of the source before, which ${OTHER} does not have (a:7): the applier is OFF, error 0`;
    expect(log.at(-1)).toBe(`${reason}: starting the applier`);
    expect(verdict).toBe(`unready NOT_FOLLOWING: ${reason}`);
  });

  test.each<[string, State]>([['applies it', { applier: 'ON' }], ['cannot apply it', { applier: 'OFF', applierError: 1062 }]])(
    'waits while it %s', (_, state) => {
      const { changes, verdict } = begin(state, withData(OTHER, { executed: 'a:1-6' }));
      expect(changes).toEqual([]);
      expect(verdict).toMatch(new RegExp(`: the applier is ${state.applier}, error ${state.applierError ?? 0}$`));
    });

  test('names it when it is applied, and keeps it', () => {
    const { changes, verdict } = begin({ applier: 'ON', executed: 'a:1-7', drained: 1 }, withData(OTHER, { executed: 'a:1-6' }));
    expect(changes).toEqual(['STOP REPLICA']);
    expect(verdict).toBe(`unready ERRANT: the source ${OTHER} does not have the transactions a:7 of this replica${GUIDE}`);
  });

  test('follows at once when the source has it all', () => {
    const { changes } = begin({ applier: 'OFF' }, withData(OTHER, { executed: 'a:1-7' }));
    expect(changes[0]).toContain(`SOURCE_HOST = '${hostOf(OTHER)}'`);
  });

  test('from a copy: that is what the donor received', () => {
    const bash = member(REPLICA);
    bash.file('volume/cloned', '');
    expect(begin({}, withData(OTHER, { executed: 'a:1-6' }), bash).changes[0]).toContain('RESET REPLICA ALL;');
  });
});

describeScript('what is no answer about transactions', () => {
  const refused = { offline: 1, receiver: 'OFF', receiverError: 13114 };
  const source = withData(SOURCE, { executed: 'a:1-20', purged: 'a:1-10' });
  const compares = (turn: number, answer: Partial<Answer>): Answer[] => [
    {
      command: 'mysql', to: 'GTID_SUBTRACT',
      does: `((turn == ${turn})) && { printf '%s' '${String(answer.says ?? '')}'; exit ${answer.status ?? 0}; }; echo rest:`,
    },
  ];

  test.each<[string, Partial<Answer>]>([['an error', { status: 1 }], ['silence', {}], ['NULL', { says: 'NULL' }]])(
    '%s: nothing is followed, and nothing is copied over', (_, answer) => {
      for (const [state, shell, turns] of [[{ offline: 1, receiver: 'OFF' }, `${NOTHING_WRONG}tick`, 1], [refused, `${FOLLOWING}tick`, 2]] as const) {
        for (let turn = 0; turn < turns; turn++) {
          const { changes, verdict, bash } = tick(state, [...compares(turn, answer), ...source], shell);
          expect(changes).toEqual([]);
          expect(bash.exists('volume/reprovision')).toBe(false);
          const stopped = turns === 1 ? 'NOT_FOLLOWING' : 'REPLICATION_STOPPED';
          expect(verdict).toBe(`unready ${stopped}: its transactions could not be compared with those of ${SOURCE}, see above`);
        }
      }
    });

  test('what the source still applies could not be compared either', () => {
    const answers: Answer[] = [{ command: 'mysql', to: 'GTID_SUBTRACT', does: '((turn == 0)) || exit 1; echo rest:b:1' }, ...source];
    expect(tick({ receiver: 'OFF' }, answers, `${NOTHING_WRONG}tick`).verdict).toContain('could not be compared');
  });

  test.each<[string, string, string]>([
    ['an empty row', '', 'the server does not answer'],
    ['a part of a row', '0\t0\t0\t-\t-\tON\n', 'the server does not answer'],
    ['a row of another shape', '1\t1\t0\t-\tx\t1\thost\tON\t0\t1\tON\t0\t0\t1\t0\ta:1\t-\t-\t0\n', 'the server does not answer'],
  ])('%s of its own server', (_, says, expected) => {
    const { changes, verdict } = tick({}, [{ command: 'mysql', on: 'local', to: '@@GLOBAL.super_read_only,', says }]);
    expect(changes).toEqual([]);
    expect(verdict).toBe(`unready NO_ANSWER: ${expected}`);
  });

  test.each<[string, string, string]>([
    ['the password of root is refused', 'ERROR 1045 (28000): Access denied', 'the server answers with error 1045'],
    ['the server is not there', 'ERROR 2002 (HY000): cannot connect (2)', 'the server does not answer'],
  ])('says which: %s', (_, text, expected) => {
    const answer: Answer = { command: 'mysql', on: 'local', to: '@@GLOBAL.super_read_only,', status: 1, does: `echo "${text}" >&2` };
    expect(tick({}, [answer]).verdict).toBe(`unready NO_ANSWER: ${expected}`);
  });

  test('a source that refuses the password of monitor is not called silent', () => {
    const answer: Answer = { command: 'mysql', on: SOURCE, status: 1, does: 'echo "ERROR 1045 (28000): Access denied" >&2' };
    expect(tick({ offline: 1, receiver: 'OFF' }, [answer], `${NOTHING_WRONG}tick`).verdict)
      .toBe(`unready NOT_FOLLOWING: the source ${SOURCE} refuses the password of monitor that the Secret has now`);
  });
});

describeScript('a receiver that is stopped while the applier runs', () => {
  const START = 'SELECT IF(GET_LOCK(\'cdk8s_stateful.promotion\', 0) = 1, \'\', ST_GeomFromText(\'a promotion is under way\'));\n'
    + 'START REPLICA IO_THREAD;';

  test.each<[string, State]>([
    ['without an error', { receiver: 'OFF' }], ['while it tried to connect', { receiver: 'OFF', receiverError: 2003 }],
  ])('%s was left so by a promotion that was killed: it is started, under the lock of promotions', (_, state) => {
    const { changes, verdict } = tick(state);
    expect(changes).toEqual([START]);
    expect(verdict).toBe('unready REPLICATION_STOPPED: the receiver was left stopped, and no promotion is under way');
  });

  test.each<[string, State, string, string[]]>([
    ['while a promotion is under way', { promoting: 1 }, 'the receiver is stopped for a promotion, which is under way', []],
    ['while a promotion is under way for so long that its data is too old for readers', { promoting: 1, heard: 26 },
      'the receiver is stopped for a promotion, which is under way', [FENCE]],
    ['when an operator said STOP REPLICA', { applier: 'OFF' }, 'the receiver is OFF, error 0', []],
    ['when it ended by itself', { receiverError: 13121 }, 'the receiver is OFF, error 13121', []],
  ])('stays stopped %s', (_, state, reason, changed) => {
    const { changes, verdict } = tick({ receiver: 'OFF', ...state });
    expect(changes).toEqual(changed);
    expect(verdict).toBe(`unready REPLICATION_STOPPED: ${reason}`);
  });

  test('stays stopped in a replica that diverged', () => {
    const { changes } = tick({ receiver: 'OFF', committed: 'b:1' });
    expect(changes).toEqual([FENCE, 'STOP REPLICA']);
  });
});

describeScript('a replica whose super_read_only was switched off', () => {
  test('switches it on, and its clients stay', () => {
    const { changes, log, verdict } = tick({ superReadOnly: 0 });
    expect(changes).toEqual(['SET GLOBAL super_read_only = ON']);
    expect(log[1]).toBe('super_read_only was OFF: set to ON again');
    expect(verdict).toMatch(/^ready REPLICA: /);
  });
});
