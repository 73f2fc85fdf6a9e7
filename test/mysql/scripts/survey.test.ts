import { Answer, describeScript, Run } from '../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE, withData, withoutData } from './members';

const SCRIPTS = 'lib.sh survey.sh transactions.sh';

/** What is no answer to a question about transactions. */
const NO_ANSWERS: [string, Partial<Answer>][] = [
  ['does not answer', { status: 1 }], ['says nothing', {}], ['knows nothing', { says: 'NULL\n' }],
];

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

describeScript('a survey that is no answer', () => {
  const asked = (answers: Answer[], shell = '') => (
    surveyed(answers, `${shell}silence ${SOURCE}; echo "\${state[${SOURCE}]} [\${executed[${SOURCE}]}] $REPLY"`));
  const error = (text: string): Answer => ({ command: 'mysql', on: SOURCE, status: 1, does: `echo "${text}" >&2` });

  test.each<[string, string]>([
    ['nothing', ''],
    ['an empty line', '\n'],
    ['a part of the row', 'data\t3\tmysql-replica-0\t1\ta:1-5\n'],
    ['a row without its number', 'data\tx[$(touch /nowhere)]\t-\t1\ta:1-5\t-\t-\n'],
    ['another row', 'something\t3\tmysql-replica-0\t1\ta:1-5\t-\t-\n'],
  ])('%s: the member is silent, and may have data', (_, says) => {
    expect(asked([{ command: 'mysql', on: SOURCE, to: 'gtid_purged', says }]).output)
      .toMatch(/^silent \[.*\] mysql-source-0 does not answer\n$/);
  });

  test('leaves nothing of an earlier one', () => {
    const [once] = withData(SOURCE);
    const later = { ...once, does: '((turn == 0)) || exit 1' };
    expect(asked([{ ...later, says: [String(once.says), ''] }], `survey ${SOURCE}; `).output).toBe(`silent [] ${SOURCE} does not answer\n`);
  });

  test('a warning before the row does not matter', () => {
    const [row] = withData(SOURCE);
    expect(asked([{ ...row, says: `WARNING: something\n${String(row.says)}` }]).output).toMatch(/^data \[a:1-5\]/);
  });

  test.each<[string, string, string]>([
    ['of a password', 'ERROR 1045 (28000): Access denied for user', 'refuses the password of monitor that the Secret has now'],
    ['of the server', 'ERROR 1040 (HY000): Too many connections', 'answers with error 1040'],
    ['of a newer kind', 'ERROR 3159 (HY000): Connections using insecure transport', 'answers with error 3159'],
    ['of TLS', 'ERROR 2026 (HY000): SSL connection error', 'does not agree on TLS'],
    ['of the client', 'ERROR 2003 (HY000): cannot connect (111)', 'does not answer'],
  ])('an error %s says how the member is silent', (_, text, expected) => {
    const { output, calls } = asked([error(text)]);
    expect(output).toBe(`silent [] ${SOURCE} ${expected}\n`);
    expect(calls.some(({ on }) => on === `${SOURCE}:3307`)).toBe(expected === 'does not answer'); // who has a server has data
  });

  test.each<[string, string, string, string[]]>([
    ['of TLS', 'ERROR 2026 (HY000): SSL connection error: certificate verify failed', 'does not agree on TLS',
      [`${SOURCE} does not agree on TLS, ERROR 2026 (HY000): SSL connection error: certificate verify failed`]],
    ['of a password', 'ERROR 1045 (28000): Access denied for user', 'refuses the password of monitor that the Secret has now', []],
    ['of the server', 'ERROR 1040 (HY000): Too many connections', 'answers with error 1040', []],
    ['of the client', 'ERROR 2003 (HY000): cannot connect (111)', 'does not answer', []],
  ])('an error %s of a member that has no data is no silence', (_, text, expected, log) => {
    const run = asked([{ ...error(text), on: `${SOURCE}:3307` }]);
    expect(run.output).toBe(`silent [] ${SOURCE} ${expected}\n`);
    expect(run.log).toEqual(log);
  });

  test.each([SOURCE, `${SOURCE}:3307`])('of a password on %s makes the next one use the password that the Secret has by then', (on) => {
    const bash = member('mysql-promote');
    bash.answers({ ...error('ERROR 1045 (28000): Access denied for user'), on });
    bash.file('run/monitor.cnf', 'old');
    bash.run(SCRIPTS, `survey ${SOURCE}`);
    expect(bash.read('run/monitor.cnf')).toContain('user=monitor\n');
  });

  test('on the port of members without data is none about data', () => {
    expect(asked([{ command: 'mysql', on: `${SOURCE}:3307` }]).output).toBe(`silent [] ${SOURCE} does not answer\n`);
  });

  test('of several says the first that is not quite silent, or all', () => {
    const shell = `silence ${SOURCE} ${REPLICA}; echo "$REPLY"; silence ${SOURCE} ${OTHER}; echo "$REPLY"; silence ${OTHER}; echo "$REPLY"`;
    const busy: Answer = { command: 'mysql', on: REPLICA, status: 1, does: 'echo "ERROR 1040 (08004): Too many connections" >&2' };
    expect(surveyed([busy, ...withoutData(OTHER)], shell).output.split('\n')).toEqual([
      `${REPLICA} answers with error 1040`, `${OTHER} has no data`, `${OTHER} has no data`, '',
    ]);
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

  test.each(NO_ANSWERS)('a server that %s says neither yes nor no', (_, answer) => {
    const bash = member(SOURCE);
    bash.answers({ command: 'mysql', to: 'GTID_SUBSET', ...answer });
    expect(bash.run(SCRIPTS, 'is_subset root_sql a:1 a:1 || echo "$?"').output).toBe('2\n');
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
});

describeScript('most_advanced, when the server does not compare', () => {
  test.each([0, 1, 2, 3])('fails at its question %i, without a conflict', (turn) => {
    const answers = [...withData(SOURCE, { executed: 'a:1-5' }), ...withData(REPLICA, { executed: 'a:1-5' })];
    const compares: Answer = { command: 'mysql', to: 'GTID_SUBSET', does: `((turn == ${turn})) && exit 1; echo 1` };
    expect(surveyed([compares, ...answers], `most_advanced root_sql ${SOURCE} ${REPLICA} && echo "$most_advanced" || echo "$? [$conflict]"`).output)
      .toBe(turn < 3 ? '2 []\n' : `${SOURCE}\n`); // three questions for two members
  });
});

describeScript('subtract', () => {
  test.each(NO_ANSWERS)('fails when the server %s: that is not the empty set', (_, answer) => {
    const bash = member(SOURCE);
    bash.answers({ command: 'mysql', to: 'GTID_SUBTRACT', ...answer });
    expect(bash.run(SCRIPTS, 'subtract root_sql a:1 a:1 || echo failed').output).toBe('failed\n');
  });

  test.each<[string, string, string]>([
    ['a:1-5', 'a:1-5', ''],
    ['a:1-9,b:1', 'a:1-5', 'a:6-9,b:1'],
    ['-', 'a:1', ''],
    ['a:1', '-', 'a:1'],
  ])('%s without %s: %s', (one, other, expected) => {
    expect(member(SOURCE).run(SCRIPTS, `subtract root_sql '${one}' '${other}'`).output).toBe(expected);
  });
});
