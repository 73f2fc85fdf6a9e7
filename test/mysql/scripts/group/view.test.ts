import { Answer, describeScript, Run } from '../../../support/bash';
import { FIRST, hasNone, member, SECOND, tells, tellsInGroup, THIRD } from './members';

const SCRIPTS = 'lib.sh survey.sh transactions.sh view.sh';

function viewed(answers: Answer[], shell: string): Run {
  const bash = member(FIRST);
  bash.answers(...answers);
  return bash.run(SCRIPTS, `members; view "\${members[@]}"; ${shell}`);
}

describeScript('view', () => {
  const SHOW = 'for m in "${members[@]}"; do '
    + 'echo "$m ${state[$m]} ${member_state[$m]} ${member_role[$m]} ${has_majority[$m]} ${listed[$m]} ${joining[$m]} ${fenced[$m]}"; done';

  test('says what members say of the group', () => {
    const { output, log } = viewed([
      ...tellsInGroup(FIRST, 'PRIMARY', { listed: [FIRST, THIRD], joining: [THIRD], fenced: 0 }), ...hasNone(SECOND),
      ...tells(THIRD, { state: 'RECOVERING' }),
    ], SHOW);
    expect(output).toBe([
      `${FIRST} data ONLINE PRIMARY 1 ${FIRST},${THIRD} ${THIRD} 0`, `${SECOND} empty - - 0 - - 0`, `${THIRD} data RECOVERING - 0 - - 1`,
      '',
    ].join('\n'));
    expect(log).toEqual([]);
  });

  test('forgets what a member said that does not answer any more', () => {
    const [first] = tellsInGroup(FIRST, 'PRIMARY');
    const shell = 'view "${members[@]}"; in_group mysql-0 && echo in; group_members "${members[@]}"; '
      + 'echo "${state[mysql-0]} [${online[*]}] [$primary]"';
    expect(viewed([{ ...first, does: '((turn == 0)) || exit 1' }], shell).output).toBe('silent [] []\n');
  });

  test('counts nothing that stands behind a row that is not whole', () => {
    const says = `data\tx\t-\t1\tg:1-5\t-\t-\tONLINE\tPRIMARY\t1\t${FIRST}\t-\t0\n`;
    const shell = 'group_members "${members[@]}"; echo "${member_state[mysql-0]} [${online[*]}] [$primary]"';
    expect(viewed([{ command: 'mysql', on: FIRST, to: 'gtid_purged', says }], shell).output).toBe('- [] []\n');
  });

  test('takes nothing for an answer that is empty, or not that of the survey', () => {
    for (const says of ['', '\n', 'ERROR 1040\n', 'data\n']) {
      const answer = { command: 'mysql', on: FIRST, to: 'gtid_purged', says };
      expect([says, viewed([answer], 'in_group mysql-0 && echo in || echo out').output]).toEqual([says, 'out\n']);
    }
  });
});

describeScript('group_members', () => {
  test.each<[string, Answer[], string]>([
    ['no one answers', [], ' primary'],
    ['no one is in a group', [...tells(FIRST), ...hasNone(SECOND)], ' primary'],
    ['a group works', [...tellsInGroup(FIRST), ...tellsInGroup(SECOND, 'PRIMARY')], `${FIRST} ${SECOND} primary ${SECOND}`],
    [
      'one is in a group without quorum', [...tellsInGroup(FIRST, 'PRIMARY', { majority: 0 }), ...tellsInGroup(SECOND)],
      `${SECOND} primary`,
    ],
    ['one recovers', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND, 'SECONDARY', { state: 'RECOVERING' })],
      `${FIRST} primary ${FIRST}`],
    ['one was put out', [...tellsInGroup(FIRST, 'PRIMARY', { state: 'ERROR' })], ' primary'],
  ])('%s', (_, answers, expected) => {
    const shell = 'primary=old; group_members "${members[@]}"; echo "${online[*]} primary${primary:+ $primary}"';
    expect(viewed(answers, shell).output).toBe(`${expected}\n`);
  });
});

describeScript('by_data', () => {
  test('tells members with data, those that say that they have none, and silent ones apart', () => {
    const shell = 'with_data=(old); by_data "${members[@]}"; echo "[${with_data[*]}] [${empty[*]}] [${silent[*]}]"';
    expect(viewed([...tells(THIRD), ...hasNone(SECOND)], shell).output).toBe(`[${THIRD}] [${SECOND}] [${FIRST}]\n`);
  });

  test.each([
    ['an empty answer', ''], ['an empty line', '\n'], ['an error', 'ERROR 1040 (08004): Too many connections\n'],
  ])('%s is silence, neither data nor none', (_, says) => {
    const shell = 'by_data mysql-0; echo "[${with_data[*]}] [${empty[*]}] [${silent[*]}]"';
    expect(viewed([{ command: 'mysql', on: FIRST, to: 'gtid_purged', says }], shell).output).toBe(`[] [] [${FIRST}]\n`);
  });
});
