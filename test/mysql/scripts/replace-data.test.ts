import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { FIRST, hasNone, member, SECOND, tells, tellsInGroup, THIRD } from './group/members';
import * as replicas from './members';

// I7 in docs/mysql-agent.md.
const SCRIPTS = 'lib.sh survey.sh transactions.sh data-directory.sh replace-data.sh';
const ALL = { executed: 'g:1-9' };
const NEEDS = (missing: number, having: string) => `the volume has no room for a second copy: ${missing} KiB are missing; `
  + `the old data is removed first only while 2 other members have all of it, and ${having} has`;
const REMOVES = (having: string) => `the volume has no room for a second copy, 30 KiB are missing: removing the old data, all of which ${having} have`;

function replaced(shell: string, answers: Answer[] = [], bash = member(FIRST)): Run & { bash: Sandbox } {
  bash.file('volume/data/mysql/old', '');
  bash.answers(...answers);
  return { ...bash.run(SCRIPTS, shell), bash };
}

describeScript('lacks_room', () => {
  test.each<[number, number, string]>([
    [100, 120, 'room'], [100, 119, 'lacks 1'], [0, 0, 'room'], [100, 0, 'lacks 120'], [1_000_000_000, 1_200_000_000, 'room'],
  ])('%i KiB of data, %i free: %s', (used, free, expected) => {
    const { output } = replaced('lacks_room && echo "lacks $REPLY" || echo room', [
      { command: 'du', says: `${used}\tdata\n` }, { command: 'df', says: `Avail\n${free}\n` },
    ]);
    expect(output).toBe(`${expected}\n`);
  });
});

describeScript('the old data goes before the new copy is there', () => {
  const LEFT = 'echo "${REPLY-}"; ls "$VOLUME"';
  const MAKES = `REPLY=30; make_room g:1-9 && echo done || ${LEFT}`;

  test('while two other members have all of it, as they say now, and it is gone then', () => {
    const run = replaced(MAKES, [...tellsInGroup(SECOND, 'PRIMARY', ALL), ...tellsInGroup(THIRD, 'SECONDARY', { executed: 'g:1-10' })]);
    expect(run).toMatchObject({ output: 'done\n', log: [REMOVES(`${SECOND} ${THIRD}`)], status: 0 });
    expect(run.bash.list('volume')).toEqual([]);
  });

  test('of a replica while two other members have all of it', () => {
    const bash = replicas.member(replicas.REPLICA);
    const all = [...replicas.withData(replicas.SOURCE, ALL), ...replicas.withData(replicas.OTHER, ALL)];
    expect(replaced(MAKES, all, bash)).toMatchObject({ output: 'done\n', log: [REMOVES(`${replicas.SOURCE} ${replicas.OTHER}`)] });
  });

  /** What the second and the third member say, in shell; and which of them count. */
  const rows: [string, string, string][] = [
    ['one of them alone has', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} silent - -`, SECOND],
    ['the other one lacks a transaction', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} "$WELL" g:1-8`, SECOND],
    ['the other one has other transactions', `says ${SECOND} "$WELL" s:1-9; says ${THIRD} "$WELL" g:1-9`, THIRD],
    ['the other one has no data', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} empty g:1-9`, SECOND],
    ['the other one is silent, and said so before', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} "$WELL" g:1-9; state[${THIRD}]=silent`, SECOND],
    ['the other one is in no group', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} $'OFFLINE\\t-\\t0\\t-\\t-\\t1' g:1-9`, SECOND],
    ['the other one recovers', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} $'RECOVERING\\tSECONDARY\\t1\\tx\\tx\\t1' g:1-9`, SECOND],
    ['the other one was expelled', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} $'ERROR\\t-\\t1\\t-\\t-\\t1' g:1-9`, SECOND],
    ['the other one has no quorum', `says ${SECOND} "$WELL" g:1-9; says ${THIRD} $'ONLINE\\tPRIMARY\\t0\\tx\\t1\\t1' g:1-9`, SECOND],
    ['none has', `says ${SECOND} "$WELL" g:1-8; says ${THIRD} "$WELL" g:2-9`, 'none'],
  ];
  const answers: string[] = [];

  test.each(rows.map(([name, , having], index) => [name, index, having] as const))('not when %s', (_, index, having) => {
    if (answers.length === 0) {
      const shell = rows.map(([, says]) => (
        `state=() more=() executed=(); ${says}; REPLY=30; make_room g:1-9 && echo done || echo "$REPLY"`));
      const run = replaced(`WELL=$'ONLINE\\tSECONDARY\\t1\\tmysql-0\\t-\\t0'; survey() { :; }; `
        + 'says() { state[$1]=data more[$1]=$2 executed[$1]=$3; [[ $2 != @(silent|empty) ]] || state[$1]=$2 more[$1]=; }; '
        + shell.join('\n'));
      expect(run).toMatchObject({ status: 0, log: [] });
      expect(run.bash.list('volume/data/mysql')).toEqual(['old']);
      answers.push(...run.output.split('\n'));
    }
    expect(answers[index]).toBe(NEEDS(30, having));
  });

  test.each<[string, Partial<Answer>]>([['with an error', { status: 1 }], ['with nothing', { says: '' }], ['with NULL',
    { says: 'NULL\n' }]])(
    'not when the server answers the comparison %s', (_, answer) => {
      const { output, bash } = replaced(MAKES, [{ command: 'mysql', on: 'recipient', to: 'GTID_SUBTRACT', ...answer },
        ...tellsInGroup(SECOND, 'PRIMARY', ALL), ...tellsInGroup(THIRD, 'SECONDARY', ALL)]);
      expect(output.split('\n')[0]).toBe(NEEDS(30, 'none'));
      expect(bash.list('volume/data/mysql')).toEqual(['old']);
    });

  test('not when members answer with errors, or have none', () => {
    const errors: Answer = { command: 'mysql', on: SECOND, status: 1, does: 'echo "ERROR 1040 (HY000): x" >&2' };
    expect(replaced(MAKES, [errors, ...hasNone(THIRD)]).output).toBe(`${NEEDS(30, 'none')}\ndata\n`);
    expect(replaced(MAKES, [...tells(SECOND, ALL), ...tells(THIRD, ALL)]).output).toBe(`${NEEDS(30, 'none')}\ndata\n`);
  });

  test('not by what this member itself says', () => {
    const alone = replaced(MAKES, [...tellsInGroup(FIRST, 'PRIMARY', ALL), ...tellsInGroup(SECOND, 'SECONDARY', ALL)]);
    expect(alone.output).toBe(`${NEEDS(30, SECOND)}\ndata\n`);
  });

  test('not when it cannot be moved: it stays, and is not taken for removed', () => {
    const bash = member(FIRST);
    bash.file('volume/old.tmp/in-the-way', '');
    const all = [...tellsInGroup(SECOND, 'PRIMARY', ALL), ...tellsInGroup(THIRD, 'SECONDARY', ALL)];
    const run = replaced(`REPLY=30; if make_room g:1-9; then echo done; else ${LEFT}; fi`, all, bash);
    expect(run.output).toBe('the old data could not be moved, see above\ndata\nold.tmp\n');
  });
});

describeScript('a copy takes the place of the old data', () => {
  const PUTS = 'mkdir -p "$VOLUME/copy.tmp/mysql"; touch "$VOLUME/copy.tmp/mysql/new"; executed[mysql-1]=g:1-9; ';
  const PUT = 'if put_copy_in_place mysql-1 g:1-9 "$VOLUME/copy.tmp"; then echo done; else echo failed; fi';

  test('when the donor has all of it, and is marked as a copy', () => {
    const run = replaced(PUTS + PUT);
    expect(run).toMatchObject({ output: 'done\n', log: [], status: 0 });
    expect(run.bash.list('volume')).toEqual(['cloned', 'data']);
    expect(run.bash.list('volume/data/mysql')).toEqual(['new']);
  });

  test('when there is none any more', () => {
    const run = replaced(`${PUTS}rm -r "$DATA"; ${PUT}`);
    expect(run.output).toBe('done\n');
    expect(run.bash.list('volume/data/mysql')).toEqual(['new']);
  });

  test('is on the disk before that goes, and has its name there before that is removed', () => {
    const synced: Answer = { command: 'sync', does: 'ls "$VOLUME" | tr "\\n" " " >>"$RUN/synced"; echo >>"$RUN/synced"' };
    expect(replaced(PUTS + PUT, [synced]).bash.read('run/synced').trim().split('\n').map((line) => line.trim())).toEqual([
      'cloned copy.tmp data', 'cloned copy.tmp old.tmp', 'cloned data old.tmp',
    ]);
  });

  test('never when the donor lacks one of its transactions', () => {
    const run = replaced(`${PUTS}executed[mysql-1]=g:1-8; ${PUT}`);
    expect(run).toMatchObject({ output: '', status: 1,
      log: [`ERROR: ${SECOND} does not have the transactions g:9 of this member: its data stays`] });
    expect(run.bash.list('volume/data/mysql')).toEqual(['old']);
  });

  test.each<[string, string, Answer[], string[]]>([
    ['the server does not compare them', '', [{ command: 'mysql', on: 'recipient', to: 'GTID_SUBTRACT', status: 1 }], ['old']],
    ['the server says nothing of them', '', [{ command: 'mysql', on: 'recipient', to: 'GTID_SUBTRACT', says: '' }], ['old']],
    ['the copy is not on the disk', '', [{ command: 'sync', status: 1 }], ['old']],
    ['the volume takes no mark', 'mkdir "$VOLUME/cloned"; ', [], ['old']],
    ['the old data cannot be moved', 'mkdir -p "$VOLUME/old.tmp/in-the-way"; ', [], ['old']],
  ])('not when %s: the old one stays, and the caller hears of it', (_, before, answers, left) => {
    const run = replaced(PUTS + before + PUT, answers);
    expect(run.output).toBe('failed\n');
    expect(run.bash.list('volume/data/mysql')).toEqual(left);
  });

  test('not when the copy cannot get its name: the old data is removed only after that', () => {
    const run = replaced(`${PUTS}rm -r "$VOLUME/copy.tmp"; ${PUT}`);
    expect(run.output).toBe('failed\n');
    expect(run.bash.list('volume/old.tmp/mysql')).toEqual(['old']);
  });
});
