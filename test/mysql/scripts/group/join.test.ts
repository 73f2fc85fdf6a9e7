import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import {
  FIRST, hasNone, hostOf, labels, member, MEMBERS, Own, SECOND, statements, tells, tellsInGroup, THIRD, tick, Told, verdict,
} from './members';

const OUT: Own = { state: 'OFFLINE', role: '-', majority: 0, online: 0, primary: '-' };
const WORKS: Answer[] = [
  ...tellsInGroup(FIRST, 'PRIMARY', { executed: 'g:1-9' }), ...tellsInGroup(SECOND, 'SECONDARY', { executed: 'g:1-8' }),
];
const SEEDS = MEMBERS.map((name) => `${hostOf(name)}:3306`).join();
const START = (ordinal: number, bootstrap = 'OFF') => [
  `SET GLOBAL group_replication_local_address = '${hostOf(`mysql-${ordinal}`)}:3306';`,
  `SET GLOBAL group_replication_group_seeds = '${SEEDS}';`,
  `SET GLOBAL group_replication_member_weight = ${90 - 10 * ordinal};`,
  `SET GLOBAL group_replication_bootstrap_group = ${bootstrap};`,
  'START GROUP_REPLICATION;',
].join('\n');
const FLAG_OFF = 'SET GLOBAL group_replication_bootstrap_group = OFF';
const GUIDE = '; nothing is removed; see "A member has transactions of its own" in the operations guide';

/** The third member, which is in no group, looks. */
function looks(answers: Answer[], told: Told = {}, shell = 'once', bash = member(THIRD)): Run & { bash: Sandbox } {
  return { ...tick(bash, OUT, [...answers, ...tells(THIRD, told)], shell), bash };
}

describeScript('a member in no group', () => {
  test('joins the one that there is, when that has all that it has', () => {
    const run = looks(WORKS);
    expect(statements(run.calls)).toEqual([START(2), FLAG_OFF]);
    expect(run.log).toEqual(['the pod\'s label is mysql.role=none now', `joining the group of ${FIRST} ${SECOND}, which has all of g:1-5`]);
    expect(labels(run)).toEqual([`${THIRD}=none`]);
    expect(verdict(run.bash)).toBe('none'); // nothing is known yet: what was said before goes on to count, until it is too old
  });

  test('has a weight by its number, so that the first one is the primary most often', () => {
    const run = tick(member(FIRST), OUT, [...tells(FIRST), ...tellsInGroup(SECOND, 'PRIMARY')]);
    expect(statements(run.calls)).toEqual([START(0), FLAG_OFF]);
  });

  test.each<[string, Told, Told, Told]>([
    ['the first has all of it and the second does not', { executed: 'g:1-9' }, { executed: 'g:1-5' }, { executed: 'g:1-8' }],
    ['only the second has all of it', { executed: 'g:1-7' }, { executed: 'g:1-9' }, { executed: 'g:1-8' }],
    ['the second has received all of it', { executed: 'g:1-7' }, { executed: 'g:1-5', received: 'g:6-9' }, { executed: 'g:1-8' }],
    ['it has all, in part only received', { executed: 'g:1-9' }, {}, { executed: 'g:1-5', received: 'g:6-8' }],
    ['it has nothing', { executed: 'g:1-9' }, {}, { executed: '-' }],
  ])('joins when %s', (_, first, second, own) => {
    const run = looks([...tellsInGroup(FIRST, 'PRIMARY', first), ...tellsInGroup(SECOND, 'SECONDARY', second)], own);
    expect(statements(run.calls)).toEqual([START(2), FLAG_OFF]);
  });

  test('sets the flag that forms a group OFF, too, when it could not join, and says so', () => {
    const run = looks([{ command: 'mysql', on: 'local', to: 'START GROUP', status: 1 }, ...WORKS]);
    expect(statements(run.calls)).toEqual([START(2), FLAG_OFF]);
    expect(run.log.at(-1)).toBe('could not join, see above and the log of mysqld');
  });

  test.each<[string, Answer[]]>([
    ['the first one', [...tellsInGroup(FIRST, 'PRIMARY', { listed: MEMBERS }), ...tellsInGroup(SECOND)]],
    ['the last one', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND, 'SECONDARY', { listed: [SECOND, THIRD] })]],
  ])('waits while %s lists an earlier life of it', (_, answers) => {
    const run = looks(answers);
    expect(statements(run.calls)).toEqual([]);
    expect(verdict(run.bash)).toBe(`unready waiting: the group of ${FIRST} ${SECOND} still lists an earlier life of this member`);
  });

  describe('that is listed with an earlier life for too long', () => {
    const LISTED = tellsInGroup(FIRST, 'PRIMARY', { listed: MEMBERS });
    const RENEW: Answer = { command: 'mysql', on: FIRST, to: 'group_replication_set_write_concurrency' };
    const ASKS = `${FIRST} has listed an earlier life of this member for 30 s: asking the group to tell all anew who is in it`;
    const renewed = ({ calls }: Run) => calls.filter(({ input }) => input.includes(RENEW.to!));

    test('asks for the list anew after 30 s, and every 30 s, as admin', () => {
      const run = looks([RENEW, ...LISTED], {}, 'once; SECONDS=129; once; SECONDS=130; once; SECONDS=159; once; SECONDS=160; once');
      expect(run.log.filter((line) => line === ASKS)).toHaveLength(2);
      expect(renewed(run)).toHaveLength(2);
      expect(renewed(run)[0].arguments).toContain('/run/admin.cnf');
      expect(verdict(run.bash)).toBe(`unready waiting: the group of ${FIRST} still lists an earlier life of this member`);
    });

    test('says so when that is refused', () => {
      const run = looks([{ ...RENEW, status: 1 }, ...LISTED], {}, 'once; SECONDS=130; once');
      expect(run.log.slice(-2)).toEqual([ASKS, `${FIRST} did not take that, see above: asking again`]);
    });

    test('counts anew when it was not listed in between', () => {
      const [listed] = LISTED;
      const [free] = tellsInGroup(FIRST, 'PRIMARY', { executed: 'g:1-9' });
      const says = [listed, free, listed].map((answer) => String(answer.says));
      const run = looks([RENEW, { ...listed, says }], {}, 'once; SECONDS=120; once; SECONDS=130; once');
      expect(renewed(run)).toEqual([]);
    });
  });

  test('does not take a name that only contains its own for its own', () => {
    const run = looks([...tellsInGroup(FIRST, 'PRIMARY', { listed: ['mysql-20', 'my-mysql-2', FIRST] })]);
    expect(statements(run.calls)).toEqual([START(2), FLAG_OFF]);
  });

  test('does not join one that lost its majority', () => {
    const run = looks([...tellsInGroup(FIRST, 'PRIMARY', { majority: 0 }), ...hasNone(SECOND)]);
    expect(statements(run.calls)).toEqual([]);
    expect(verdict(run.bash)).toBe(`unready waiting: ${FIRST} is ONLINE in a group without a majority, until it gives up`);
  });

  test('does nothing while it does not hear itself over the network: its name is not known yet, or it is cut off', () => {
    const bash = member(THIRD);
    const run = tick(bash, OUT, WORKS);
    expect(statements(run.calls)).toEqual([]);
    expect(verdict(bash)).toBe('unready this server does not hear itself over the network yet');
  });
});

describeScript('a member with transactions of its own', () => {
  const STRAYED = `the group of ${FIRST} ${SECOND} does not have the transactions s:1-2 of this member${GUIDE}`;

  test('stays out, and names them once', () => {
    const run = looks(WORKS, { executed: 'g:1-5,s:1-2' }, 'once; once');
    expect(statements(run.calls)).toEqual([]);
    expect(verdict(run.bash)).toBe(`unready ${STRAYED}`);
    expect(run.log.slice(1)).toEqual([`ERROR: ${STRAYED}`, `unready: ${STRAYED}`]);
    expect(run.bash.list('volume')).toEqual([]);
  });

  test('stays out with those that it has only received, too', () => {
    const run = looks(WORKS, { executed: 'g:1-5', received: 's:1-2' });
    expect(verdict(run.bash)).toBe(`unready ${STRAYED}`);
  });

  test('names others when they change', () => {
    const [own] = tells(THIRD, { executed: 's:1' });
    const [later] = tells(THIRD, { executed: 's:1-2' });
    const bash = member(THIRD);
    const run = tick(bash, OUT, [...WORKS, { ...own, says: [own.says as string, later.says as string] }], 'once; once');
    expect(run.log.filter((line) => line.startsWith('ERROR'))).toHaveLength(2);
  });

  test('joins when a person has removed them', () => {
    const [strayed] = tells(THIRD, { executed: 'g:1-5,s:1' });
    const [sound] = tells(THIRD);
    const run = tick(member(THIRD), OUT, [...WORKS, { ...strayed, says: [strayed.says as string, sound.says as string] }], 'once; once');
    expect(statements(run.calls)).toEqual([START(2), FLAG_OFF]);
  });
});

describeScript('a member that needs what others have purged', () => {
  const ASKED = `all of ${FIRST} ${SECOND} have purged transactions which this member needs, and have all of its own: asking for a new copy`;
  const purged = (first: string, second: string) => [
    ...tellsInGroup(FIRST, 'PRIMARY', { executed: 'g:1-9', purged: first }),
    ...tellsInGroup(SECOND, 'SECONDARY', { executed: 'g:1-9', purged: second }),
  ];

  test('asks for a new copy when all of them have, and have all that it has', () => {
    const run = looks(purged('g:1-7', 'g:1-6'));
    expect(run.log.slice(1)).toEqual([ASKED, 'unready: getting a new copy of the data']);
    expect(run.bash.read('volume/reprovision')).toBe(`${SECOND}\ng:1-5\n`);
    expect(statements(run.calls)).toEqual(['SHUTDOWN']);
  });

  test('goes on when it cannot say what it asks for', () => {
    const bash = member(THIRD);
    ['reprovision', 'reprovision.tmp'].forEach((name) => bash.file(`volume/${name}/is-a-folder`, ''));
    expect(statements(looks(purged('g:1-7', 'g:1-6'), {}, 'once', bash).calls)).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['the first one still has it', 'g:1-5', 'g:1-7'], ['the last one still has it', 'g:1-7', 'g:1-5'], ['none has purged any', '-', '-'],
  ])('joins when %s', (_, first, second) => {
    const run = looks(purged(first, second));
    expect(statements(run.calls)).toEqual([START(2), FLAG_OFF]);
    expect(run.bash.exists('volume/reprovision')).toBe(false);
  });

  test('keeps what it has when it has transactions of its own', () => {
    const run = looks(purged('g:1-7', 'g:1-7'), { executed: 'g:1-5,s:1' });
    expect(statements(run.calls)).toEqual([]);
    expect(run.bash.exists('volume/reprovision')).toBe(false);
    expect(verdict(run.bash)).toContain('does not have the transactions s:1 of this member');
  });

  test.each<[string, Omit<Answer, 'command'>]>([
    ['its server does not say what it has above the others', { on: 'local', to: 'GTID_SUBTRACT', status: 1 }],
    ['its server does not say whether it needs what they have purged', { on: 'local', to: 'GTID_SUBSET', status: 1 }],
    ['its server says nothing about that', { on: 'local', to: 'GTID_SUBSET', says: '' }],
    ['its server says so of one of them only', { on: 'local', to: 'GTID_SUBSET', does: '((turn == 0)) && echo 0 || exit 1' }],
  ])('neither asks nor joins when %s', (_, answer) => {
    const run = looks([{ command: 'mysql', ...answer }, ...purged('g:1-7', 'g:1-7')]);
    expect(run.log).toContain('that went wrong (status 1)');
    expect(statements(run.calls)).toEqual([]);
    expect(run.bash.exists('volume/reprovision')).toBe(false);
    expect(run.log.join('\n')).not.toContain('new copy');
  });
});
