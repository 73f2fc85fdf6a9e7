import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { member, SOURCE } from './members';

const STILL = 'unset SECONDS; SECONDS=100; ';
const says = (text: string) => `SET @cdk8s_stateful_says = '${text}';`;

/** What is said before each of these looks, in shell. */
function said(shell: string, prepare: (bash: Sandbox) => void = () => undefined): Run & { lines: string[] } {
  const bash = member(SOURCE);
  bash.file('run/verdict', '1000 ready SOURCE: open for writes, it\'s "well"\n');
  prepare(bash);
  const run = bash.run('lib.sh session.sh says.sh', `${STILL}says() { saying; printf '%s' "$REPLY"; echo "|"; }; SESSION_PID=$$; ${shell}`);
  return { ...run, lines: run.output.trimEnd().split('|').map((line) => line.trim()).slice(0, -1) };
}

describeScript('what an agent says', () => {
  test('is its verdict, with its time and how full the volume is', () => {
    expect(said('says', (bash) => bash.file('run/disk', '61%\t1234\n')).lines)
      .toEqual([says('1000\tready\tSOURCE: open for writes, it\'\'s "well"\t61%\t1234')]);
    expect(said('says').lines).toEqual([says('1000\tready\tSOURCE: open for writes, it\'\'s "well"\t-\t-')]);
  });

  test('is not repeated for 5 s, unless it changes', () => {
    const { lines } = said('says; says; SECONDS=105; says; echo "1001 unready SOURCE_CLOSED: waits" >"$RUN/verdict"; says; says');
    expect(lines.map((line) => line === '')).toEqual([false, true, false, false, true]);
    expect(lines[3]).toContain('1001\tunready\tSOURCE_CLOSED: waits\t');
  });

  test('is said again at once to another session', () => {
    expect(said('says; unset SESSION_PID; says').lines.map((line) => line === '')).toEqual([false, false]);
  });

  test('tells that a stand-in acts for the agent', () => {
    expect(said('says', (bash) => bash.file('run/stand-in', '7\n')).lines[0]).toContain('"well"; a stand-in acts for the agent\t');
  });

  test.each([
    ['before anything is decided', (bash: Sandbox) => bash.remove('run/verdict')],
    ['while it is written', (bash: Sandbox) => bash.file('run/verdict', '')],
  ])('is nothing %s', (_, prepare) => {
    expect(said('says', prepare)).toMatchObject({ lines: [''], log: [], status: 0 });
  });

  test('goes before the question about the state, in the session that stays open', () => {
    const bash = member(SOURCE);
    bash.file('run/verdict', '1000 ready SOURCE: open\n');
    const state: Answer = { command: 'mysql', to: '@@GLOBAL.super_read_only', says: 'row\n' };
    bash.answers(state);
    const look = 'look() { saying; ask_state "$REPLY"; echo "$REPLY"; }; ';
    const { output, calls } = bash.run('lib.sh session.sh says.sh', `${look}look; look; close_session`);
    expect(output).toBe('row\nrow\n');
    expect(calls.map(({ input }) => input.includes('@cdk8s_stateful_says'))).toEqual([true, false]);
  });
});
