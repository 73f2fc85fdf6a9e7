import { scriptBundle } from '../../../lib/mysql/files/script-bundle';
import { Answer, describeScript, Run } from '../../support/bash';
import { alike, archived, compares, GROUP, looks, NOW, primary, refuses, replica, source, SOURCES, watcher } from './looks';
import { withoutData } from './members';

const [FIRST, SECOND, THIRD] = GROUP;

/** What a look finds: the answer of each member, and these fields. */
function look(answers: Answer[], fields: string[] = [], topology: 'group' | 'source-replica' = 'group'): Run & { lines: string[] } {
  const bash = watcher(topology);
  bash.answers(...answers);
  const tell = fields.map((field) => `echo "${field}=\${seen["${field}"]-none}"; `).join('');
  const run = bash.run('lib.sh look-at-members.sh', `members; look_at_members monitor "\${members[@]}"; ${tell}`
    + 'for member in "${members[@]}"; do echo "$member ${answers[$member]} ${refusal[$member]}"; done; echo "leader $leader"');
  return { ...run, lines: run.output.trimEnd().split('\n').map((line) => line.trimEnd()) };
}

describeScript('a look at all members', () => {
  test('tells who has data, none, refuses and is silent', () => {
    const answers = [primary(), refuses(SECOND, 1045), ...withoutData(THIRD).map((answer) => ({ ...answer, says: 'empty\n' }))];
    expect(look([...answers, alike(FIRST, [FIRST])]).lines).toEqual([
      `${FIRST} data`, `${SECOND} refuses 1045`, `${THIRD} empty`, `leader ${FIRST}`,
    ]);
    expect(look([]).lines).toEqual([...GROUP.map((name) => `${name} silent`), 'leader']);
  });

  test('takes a row that is not whole for no answer', () => {
    const half: Answer = { command: 'mysql', on: SECOND, to: 'cdk8s_stateful_says', says: 'group\tsecondary\tONLINE\n' };
    const wrong = looks(THIRD, { lag: NaN });
    expect(look([primary(), half, wrong, alike(FIRST, [FIRST])]).lines.slice(0, 3))
      .toEqual([`${FIRST} data`, `${SECOND} silent`, `${THIRD} silent`]);
  });

  test('reads what an agent says, whatever is in it', () => {
    const says = `ready SECONDARY: a "secondary" of \\ mysql's`;
    const fields = ['says_at', 'word', 'verdict', 'why', 'disk', 'free'].map((field) => `${SECOND}:${field}`);
    expect(look([primary(), looks(SECOND, { says, ago: 7 }), alike(FIRST, [FIRST, SECOND])], fields).lines.slice(0, 6)).toEqual([
      NOW - 7, 'ready', 'SECONDARY', `a "secondary" of \\ mysql's`, '61%', 1_000_000].map((value, index) => `${fields[index]}=${value}`));
  });

  test('knows an agent that says nothing', () => {
    const fields = [`${SECOND}:says_at`, `${SECOND}:word`];
    expect(look([primary(), looks(SECOND, { says: '' })], fields).lines.slice(0, 2)).toEqual([`${SECOND}:says_at=0`, `${SECOND}:word=-`]);
  });

  test('counts what was received and is not applied', () => {
    const waiting = '3e11fa47-71ca-11e1-9e33-c80aa9429562:5-9:12,aaaaaaaa-71ca-11e1-9e33-c80aa9429562:tag_1:3-4';
    expect(look([primary(), looks(SECOND, { waiting })], [`${SECOND}:queue`]).lines[0]).toBe(`${SECOND}:queue=8`);
  });

  test('compares all with the leader, by the leader', () => {
    const fields = [SECOND, THIRD].flatMap((name) => ['errant_count', 'missing_count'].map((field) => `${name}:${field}`));
    const { lines, calls } = look([
      primary(), looks(SECOND), looks(THIRD), compares(FIRST, { [FIRST]: ['-', '-'], [SECOND]: ['-', 'a:7-9'], [THIRD]: ['b:1-2', '-'] }),
    ], fields);
    expect(lines.slice(0, 4)).toEqual([
      `${SECOND}:errant_count=0`, `${SECOND}:missing_count=3`, `${THIRD}:errant_count=2`, `${THIRD}:missing_count=0`,
    ]);
    expect(calls.filter(({ input }) => input.includes('@more')).map(({ on }) => on)).toEqual([FIRST, FIRST]); // again, after a moment
  });

  test('takes what the leader has a moment later for the truth', () => {
    const answer: Answer = { command: 'mysql', on: FIRST, to: '@more', says: [`${SECOND}\ta:10\t-\n`, `${SECOND}\t-\t-\n`] };
    expect(look([primary(), looks(SECOND), answer], [`${SECOND}:errant`]).lines[0]).toBe(`${SECOND}:errant=-`);
  });

  test('compares with nobody where there is no leader, or where it does not answer any more', () => {
    const fields = [`${SECOND}:errant_count`, `${SECOND}:missing`];
    const unknown = [`${SECOND}:errant_count=?`, `${SECOND}:missing=?`];
    expect(look([looks(FIRST), looks(SECOND)], fields).lines.slice(0, 2)).toEqual(unknown);
    const silent: Answer = { command: 'mysql', on: FIRST, to: '@more', status: 1 };
    expect(look([primary(), looks(SECOND), silent], fields).lines.slice(0, 2)).toEqual(unknown);
  });

  test('finds the leader by majority and by the last promotion', () => {
    const alone = looks(SECOND, { role: 'primary', majority: 0, epoch: 9, closed: 0 });
    expect(look([primary(), alone]).lines.at(-1)).toBe(`leader ${FIRST}`);
    const later = looks(SECOND, { role: 'primary', epoch: 9, closed: 0 });
    expect(look([primary(), later]).lines.at(-1)).toBe(`leader ${SECOND}`);
    const [, second] = SOURCES;
    expect(look([source(), replica(second)], [], 'source-replica').lines.at(-1)).toBe(`leader ${SOURCES[0]}`);
  });

  test('believes what the archive said last, to whichever member', () => {
    const bash = watcher();
    bash.answers(primary({ archive: archived({ ago: 50, state: 'BEHIND: old' }) }), looks(SECOND, { archive: archived() }));
    const { output } = bash.run('lib.sh look-at-members.sh', 'members; look_at_members monitor "${members[@]}"; '
      + 'echo "${archive[state]} ${archive[why]} ${archive[until]} ${archive[bases]}"; '
      + 'look_at_members monitor mysql-2; echo "${archive[at]-none}"');
    expect(output).toBe('ARCHIVING chain 1 2027-01-15T07:59:30Z 2\nnone\n');
  });

  test('ends in time when nobody answers in time', () => {
    const bash = watcher();
    bash.answers(...GROUP.map((on): Answer => ({ command: 'mysql', on, to: 'cdk8s_stateful_says', does: 'exec sleep 20' })));
    const start = Date.now();
    const { output } = bash.run('lib.sh look-at-members.sh', 'members; look_at_members monitor "${members[@]}"; echo "${answers[*]}"');
    expect(output).toBe('silent silent silent\n');
    expect(Date.now() - start).toBeLessThan(12_000); // one after the other would take longer
  });

  test('forgets what an earlier one found', () => {
    const bash = watcher();
    bash.answers({ ...primary(), says: [String(primary().says), 'ERROR 1045 (28000): no\n'] });
    const again = `look_at_members monitor ${FIRST}; `;
    const { output } = bash.run('lib.sh look-at-members.sh', `${again}echo "$leader"; ${again}`
      + `echo "$leader \${#seen[@]} \${answers[${FIRST}]}"`);
    expect(output).toBe(`${FIRST}\n 4 refuses\n`);
  });
});

test.each([
  'group', 'source-replica',
] as const)('status.sql of %s has a column for each field of the look, in one statement', (topology) => {
  const files = scriptBundle(topology);
  const [, fields] = /^readonly LOOK_FIELDS=\(([^)]*)\)/m.exec(files['look-at-members.sh'])!;
  const text = files['status.sql'].replace(/^\s*--.*$/gm, '').replace(/'[^']*'/g, '\'\'').trim();
  let depth = 0;
  let columns = 1;
  for (const part of text.slice('SELECT'.length).split(/(\(|\)|,|\bFROM\b|\bCASE\b|\bEND\b)/)) {
    if (part === 'FROM' && depth === 0) {
      break;
    }
    depth += ['(', 'CASE'].includes(part) ? 1 : [')', 'END'].includes(part) ? -1 : 0;
    columns += part === ',' && depth === 0 ? 1 : 0;
  }
  expect(columns).toBe(fields.trim().split(/\s+/).length);
  expect(text.match(/;/g)).toHaveLength(1);
  expect(files['status.sql']).toContain(`SELECT\n  '${topology}',`);
});
