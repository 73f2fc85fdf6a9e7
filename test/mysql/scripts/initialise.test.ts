import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { FIRST, hasNone, member, MEMBERS, SECOND, tells, THIRD } from './group/members';

// I8 in docs/mysql-agent.md.
const MAKES: Answer = {
  command: 'mysqld', to: '--initialize-insecure', does: '[[ ! $arguments =~ --datadir=([^ ]*) ]] || mkdir -p "${BASH_REMATCH[1]}/mysql"',
};
const OTHERS = [...hasNone(SECOND), ...hasNone(THIRD)];

/** The first member looks at the others, and initialises; more shell runs in between. */
function initialised(answers: Answer[], { list = MEMBERS, how = 'answered', before = '',
  made = MAKES } = {}): Run & { bash: Sandbox; made: string[] } {
  const bash = member(FIRST);
  bash.file('topology/members', list.map((name) => `${name}\n`).join(''));
  bash.answers(...answers, made);
  const run = bash.run('lib.sh survey.sh data-directory.sh initialise.sh',
    `write_remote_options monitor; members; survey "\${peers[@]}"; ${before}initialise ${how}; echo done`);
  return { ...run, bash, made: run.calls.filter(({ command }) => command === 'mysqld').map(({ arguments: argv }) => argv) };
}

describeScript('an empty data directory is made', () => {
  test('when there is none, and all others of a usable list say that they have none either', () => {
    const { output, status, made, bash } = initialised(OTHERS);
    expect({ output, status }).toEqual({ output: 'done\n', status: 0 });
    expect(made).toEqual([expect.stringContaining(` --initialize-insecure --datadir=${bash.folder}/volume/init.tmp `)]);
    expect(bash.list('volume')).toEqual(['data']);
  });

  test('when an operator overrules what the others say, and not what the list says', () => {
    expect(initialised([...tells(SECOND)], { how: 'overruled' })).toMatchObject({ status: 0, output: 'done\n' });
    expect(initialised(OTHERS, { how: 'overruled', before: 'touch "$RESTORE_FILE"; ' })).toMatchObject({ status: 0, output: 'done\n' });
    expect(initialised([], { how: 'overruled', list: [] })).toMatchObject({ status: 1, made: [] });
  });

  test('under a name that is not its own until it is whole, in place of what was left half made', () => {
    const half = { ...MAKES, does: `[[ ! -e $VOLUME/init.tmp ]] && touch "$RUN/fresh"; ${MAKES.does}` };
    const { bash } = initialised(OTHERS, { before: 'mkdir -p "$VOLUME/init.tmp/mysql"; ', made: half });
    expect(bash.exists('run/fresh')).toBe(true);
    const failed = initialised(OTHERS, { made: { ...MAKES, does: `${MAKES.does}; exit 1` } });
    expect(failed).toMatchObject({ status: 1, log: ['ERROR: the server cannot initialize a data directory, see above'] });
    expect(failed.bash.list('volume')).toEqual(['init.tmp']);
  });
});

describeScript('no empty data directory is made', () => {
  const MAY = (name: string, state: string) => `ERROR: ${name} is ${state}, and may have the data: no empty data directory is created`;
  const FIX = ': correct it first';

  test.each<[string, Answer[], Parameters<typeof initialised>[1], (folder: string) => string]>([
    ['with an empty list', [], { list: [] }, (folder) => `ERROR: the list of members (${folder}/topology/members) is empty${FIX}`],
    ['with a list without this pod', [...OTHERS, ...hasNone('mysql-3')], { list: [SECOND, THIRD, 'mysql-3'] },
      () => `ERROR: the list of members (${SECOND} ${THIRD} mysql-3) lacks this pod: it was scaled by hand, or the list is an old one${FIX}`],
    ['with a list with a name that only contains its own', [...OTHERS, ...hasNone(`my-${FIRST}`)], { list: [SECOND, THIRD, `my-${FIRST}`] },
      () => `ERROR: the list of members (${SECOND} ${THIRD} my-${FIRST}) lacks this pod: it was scaled by hand, or the list is an old one${FIX}`],
    ['with a list of this pod alone', [], { list: [FIRST] }, () => `ERROR: the list of members holds no other member than ${FIRST}${FIX}`],
    ['while a member does not answer', hasNone(SECOND), {}, () => MAY(THIRD, 'silent')],
    ['while a member answers with an error', [{ command: 'mysql', on: THIRD, status: 1, does: 'echo "ERROR 1045 (28000): x" >&2' },
      ...OTHERS], {},
    () => MAY(THIRD, 'silent')],
    ['while a member answers nothing', [{ command: 'mysql', on: `${THIRD}:3307`, says: '' }, ...OTHERS], {}, () => MAY(THIRD, 'silent')],
    ['while a member has data', [...tells(SECOND), ...OTHERS], {}, () => MAY(SECOND, 'data')],
    ['while a member was never asked', OTHERS, { before: `unset "state[${THIRD}]"; ` }, () => MAY(THIRD, 'silent')],
    ['when no member was asked', OTHERS, { before: 'state=(); ' }, () => MAY(SECOND, 'silent')],
    ['where the data is restored', OTHERS, { before: 'touch "$RESTORE_FILE"; ' },
      (folder) => `ERROR: ${folder}/topology/restore says that the data is restored: no empty data directory is created`],
    ['beside data', OTHERS, { before: 'mkdir "$DATA"; ' },
      (folder) => `ERROR: ${folder}/volume/data already exists: no empty data directory is created beside it`],
    ['beside data, whatever an operator says', OTHERS, { before: 'mkdir "$DATA"; ', how: 'overruled' },
      (folder) => `ERROR: ${folder}/volume/data already exists: no empty data directory is created beside it`],
  ])('%s', (_, answers, options, log) => {
    const run = initialised(answers, options);
    expect(run).toMatchObject({ status: 1, made: [], output: '', log: [log(run.bash.folder)] });
  });

  test('without a password', () => {
    const run = initialised(OTHERS, { before: 'rm "$SECRETS/clone-password"; ' });
    expect(run).toMatchObject({ status: 1, made: [], log: [
      'ERROR: key clone-password of the accounts\' Secret is missing',
      'ERROR: cannot write the statements for a new data directory, see above',
    ] });
  });
});
