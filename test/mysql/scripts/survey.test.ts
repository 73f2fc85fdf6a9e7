import { Answer, describeScript, Run } from '../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE, withData, withoutData } from './members';

const SCRIPTS = 'lib.sh survey.sh transactions.sh';

function surveyed(answers: Answer[], shell: string): Run {
  const bash = member('mysql-promote');
  bash.answers(...answers);
  return bash.run(SCRIPTS, `members; survey "\${members[@]}"; ${shell}`);
}

describeScript('survey', () => {
  test('a member has data, has none, or is silent', () => {
    const answers = [
      ...withData(SOURCE, { epoch: 3, source: REPLICA, readOnly: 0, executed: 'a:1-5,b:1', received: 'b:1-2', purged: 'a:1-2' }),
      ...withoutData(REPLICA),
    ];
    const shell = [
      `echo "\${state[${SOURCE}]} \${epoch[${SOURCE}]} \${recorded[${SOURCE}]} \${read_only[${SOURCE}]}"`,
      `echo "\${executed[${SOURCE}]} \${received[${SOURCE}]} \${purged[${SOURCE}]}"`,
      `echo "\${state[${REPLICA}]} \${state[${OTHER}]}"`,
    ].join('; ');
    expect(surveyed(answers, shell)).toMatchObject({
      status: 0, log: [], output: 'data 3 mysql-replica-0 0\na:1-5,b:1 b:1-2 a:1-2\nempty silent\n',
    });
  });

  test('who answers as a server with data is not asked whether there is none', () => {
    const { calls } = surveyed(withData(SOURCE), '');
    expect(calls.map(({ on }) => on)).toEqual([SOURCE, REPLICA, `${REPLICA}:3307`, OTHER, `${OTHER}:3307`]);
    expect(calls[0].arguments).toContain(`/monitor.cnf --host=${hostOf(SOURCE)} --port=3306 `);
  });

  test('who answered once and does so no more is silent', () => {
    const [once] = withData(SOURCE);
    expect(surveyed([{ ...once, does: '((turn == 0)) || exit 1' }], `survey ${SOURCE}; echo "\${state[${SOURCE}]}"`).output).toBe('silent\n');
  });
});

describeScript('latest_promotion', () => {
  const latest = (answers: Answer[]) => surveyed(answers, 'latest_promotion "${members[@]}"; echo "$latest_epoch $latest_source"').output;

  test.each<[string, Answer[], string]>([
    ['nobody answers: the source as rendered', [], `0 ${SOURCE}`],
    ['nobody was promoted: the source as rendered', [...withData(SOURCE), ...withData(REPLICA)], `0 ${SOURCE}`],
    ['one knows of a promotion', [...withData(SOURCE), ...withData(REPLICA, { epoch: 1, source: REPLICA })], `1 ${REPLICA}`],
    [
      'the last one counts, whoever tells it',
      [
        ...withData(SOURCE, { epoch: 2, source: OTHER }), ...withData(REPLICA, { epoch: 10, source: SOURCE }),
        ...withData(OTHER, { epoch: 9, source: REPLICA }),
      ],
      `10 ${SOURCE}`,
    ],
    ['members without data know of none', [...withoutData(SOURCE), ...withoutData(REPLICA)], `0 ${SOURCE}`],
  ])('%s', (_, answers, expected) => {
    expect(latest(answers)).toBe(`${expected}\n`);
  });
});

describeScript('known_transactions', () => {
  test.each<[string, string, string]>([
    ['a:1-5', '-', 'a:1-5'],
    ['-', 'a:1-5', 'a:1-5'],
    ['a:1-5', 'a:1-7,b:1', 'a:1-5,a:1-7,b:1'],
    ['-', '-', ''],
    ['6f4ef2c0-1111-2222-3333-444444444444:1-5', '-', '6f4ef2c0-1111-2222-3333-444444444444:1-5'],
  ])('executed %s, received %s: %s', (executed, received, expected) => {
    expect(surveyed(withData(SOURCE, { executed, received }), `known_transactions ${SOURCE}`).output).toBe(expected);
  });
});

describeScript('is_subset', () => {
  test.each<[string, string, boolean]>([
    ['a:1-5', 'a:1-5', true],
    ['a:1-4', 'a:1-5,b:1', true],
    ['a:1-6', 'a:1-5', false],
    ['b:1', 'a:1-5', false],
    ['-', 'a:1-5', true],
    ['a:1', '-', false],
    ['-', '-', true],
  ])('%s in %s: %s', (one, other, expected) => {
    expect(member(SOURCE).run(SCRIPTS, `is_subset root_sql '${one}' '${other}' && echo true || echo false`).output).toBe(`${expected}\n`);
  });

  test.each<[string, Omit<Answer, 'command'>]>([
    ['that does not answer', { status: 1 }],
    ['that answers nothing', { to: 'GTID_SUBSET', says: '' }],
    ['that answers something else', { to: 'GTID_SUBSET', says: 'NULL\n' }],
  ])('a server %s says neither yes nor no', (_, answer) => {
    const bash = member(SOURCE);
    bash.answers({ command: 'mysql', ...answer });
    expect(bash.run(SCRIPTS, 'is_subset root_sql a:1 a:1 || echo "status $?"').output).toBe('status 2\n');
  });
});

describeScript('most_advanced', () => {
  const advanced = (...sets: [string, string][]) => surveyed(
    sets.flatMap(([executed, received], index) => withData([SOURCE, REPLICA, OTHER][index], { executed, received })),
    `most_advanced root_sql ${[SOURCE, REPLICA, OTHER].slice(0, sets.length).join(' ')} && echo "$most_advanced" || echo "conflict: $conflict"`,
  ).output.trim();

  test.each<[string, [string, string][], string]>([
    ['one alone', [['a:1', '-']], SOURCE],
    ['of equal ones the first', [['a:1-5', '-'], ['a:1-5', '-'], ['a:1-5', '-']], SOURCE],
    ['the one that has more', [['a:1-5', '-'], ['a:1-7', '-'], ['a:1-6', '-']], REPLICA],
    ['the last one, too', [['a:1-5', '-'], ['a:1-6', '-'], ['a:1-7', '-']], OTHER],
    ['what was received and is not applied yet counts', [['a:1-5', 'a:1-9'], ['a:1-7', 'a:1-7'], ['a:1-6', '-']], SOURCE],
    ['one without transactions knows least', [['-', '-'], ['a:1', '-']], REPLICA],
    ['a conflict', [['a:1-5,b:1', '-'], ['a:1-6', '-']], `conflict: ${SOURCE} knows a:1-5,b:1, ${REPLICA} knows a:1-6`],
    [
      'a conflict of the first two that the third one settles',
      [['a:1-5,b:1', '-'], ['a:1-6', '-'], ['a:1-6,b:1', '-']], OTHER,
    ],
    [
      'a conflict with the first one that a later one has',
      [['a:1-5', '-'], ['a:1-6', '-'], ['a:1-5,b:1', '-']],
      `conflict: ${SOURCE} knows a:1-5, ${REPLICA} knows a:1-6, ${OTHER} knows a:1-5,b:1`,
    ],
  ])('%s', (_, sets, expected) => {
    expect(advanced(...sets)).toBe(expected);
  });

  test.each([0, 1, 2, 3])('comparison %i that fails is no conflict, and no agreement', (failing) => {
    const fails: Answer = {
      command: 'mysql', on: 'local', to: 'GTID_SUBSET', does: `((turn == ${failing})) && exit 1; echo $((turn != 0))`,
    };
    const { output } = surveyed([...withData(SOURCE, { executed: 'a:1-5' }), ...withData(REPLICA, { executed: 'a:1-6' }), fails],
      `most_advanced root_sql ${SOURCE} ${REPLICA} && echo "$most_advanced" || echo "status $?: $conflict"`);
    // The first one says who may have more; only what the others say counts.
    expect(output.trim()).toBe(failing === 0 || failing === 3 ? REPLICA : 'status 2: no server compares what they know, see above');
  });
});

describeScript('subtract', () => {
  test.each<[string, string, string]>([
    ['a:1-5', 'a:1-5', ''],
    ['a:1-9,b:1', 'a:1-5', 'a:6-9,b:1'],
    ['-', 'a:1', ''],
    ['a:1', '-', 'a:1'],
  ])('%s without %s: %s', (one, other, expected) => {
    expect(member(SOURCE).run(SCRIPTS, `subtract root_sql '${one}' '${other}'`).output).toBe(`${expected}\n`);
  });
});
