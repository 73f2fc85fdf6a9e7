import { describeScript, Sandbox } from '../../support/bash';
import { isGone } from '../../support/processes';
import { FIRST, member } from './group/members';

const SCRIPTS = 'lib.sh stand-in.sh keep-stand-in.sh';
const CLOCK = 'unset EPOCHSECONDS; EPOCHSECONDS=1000; ';

describeScript('an agent', () => {
  test.each([
    ['beat just now', '1000\n', 'there'], ['beat 10 s ago', '990\n', 'there'], ['beat 11 s ago', '989\n', 'away'],
    ['writes its beat', '', 'there'], ['wrote a part of it', 'x', 'there'],
  ])('that %s is %s', (_, beat, expected) => {
    const bash = member(FIRST);
    bash.file('run/agent-beat', beat);
    expect(bash.run(SCRIPTS, `${CLOCK}agent_is_away && echo away || echo there`).output).toBe(`${expected}\n`);
  });

  test('that never began is not away: its container is about to start', () => {
    expect(member(FIRST).run(SCRIPTS, 'agent_is_away && echo away || echo there').output).toBe('there\n');
  });

  test('beats while it waits for something, and no longer when it is gone', () => {
    const bash = member(FIRST, { BEAT_PAUSE: '0.05' });
    const { output } = bash.run(SCRIPTS, 'begin_agent; beat=$!; until [[ -s $RUN/agent-beat ]]; do sleep 0.02; done; : >"$RUN/agent-beat"; '
      + 'until [[ -s $RUN/agent-beat ]]; do sleep 0.02; done; echo "$beat"');
    const gone = Date.now() + 5000;
    while (!isGone(Number(output)) && Date.now() < gone) { /* its next look is due */ }
    expect(isGone(Number(output))).toBe(true);
  });

  test('that is back waits until its stand-in ended', () => {
    const bash = member(FIRST);
    const shell = 'echo 7 >"$STAND_IN_FILE"; { command sleep 0.5; echo ended; rm "$STAND_IN_FILE"; } & heed_other_agent; echo acts';
    expect(bash.run(SCRIPTS, shell)).toMatchObject({ output: 'ended\nacts\n', log: ['waiting until the stand-in of this agent ends'] });
  });

  test('waits for a bounded time for one that died with its container', () => {
    const bash = member(FIRST, { WAIT_SECONDS_MAX: '1' });
    expect(bash.run(SCRIPTS, 'echo 7 >"$STAND_IN_FILE"; heed_other_agent; echo acts').output).toBe('acts\n');
  });
});

describeScript('the stand-in of an agent', () => {
  /** Watches an agent that is away; what the stand-in does is shell of a test. */
  function watches(bash: Sandbox, shell: string): ReturnType<Sandbox['run']> {
    bash.file('run/agent-beat', '1\n');
    return bash.run(SCRIPTS, `n=0; stand_in() { echo stands in; ${shell}; }; keep_stand_in`);
  }

  test('acts when the agent was away at two looks, and again after that', () => {
    const run = watches(member(FIRST, { BEAT_PAUSE: '0.02' }), '((++n < 2)) || exit 9');
    expect(run).toMatchObject({ status: 9, output: 'stands in\nstands in\n' });
    expect(run.log).toEqual(Array(2).fill('the agent has been away for more than 10 s: a stand-in acts, which sets no labels'));
  });

  test('does not act when the agent beats at the second look, nor when it has handed over', () => {
    const bash = member(FIRST, { BEAT_PAUSE: '0.02' });
    const looks = 'n=0; agent_is_away() { ((++n < 9)) || exit 9; ((n % 2)); }; ';
    expect(bash.run(SCRIPTS, `${looks}stand_in() { echo stands in; }; keep_stand_in`)).toMatchObject({ status: 9, output: '' });
    bash.file('run/handed-over', '');
    bash.file('run/agent-beat', '1\n');
    expect(bash.run(SCRIPTS, `stand_in() { echo stands in; }; { command sleep 0.5; kill "$$"; } & keep_stand_in`).output).toBe('');
  });

  test('ends when the agent is back', () => {
    const bash = member(FIRST, { STAND_IN: '1' });
    bash.file('run/agent-beat', '989\n');
    const run = bash.run(SCRIPTS, `${CLOCK}begin_agent; heed_other_agent; echo acts; echo 1000 >"$BEAT_FILE"; heed_other_agent; echo acts`);
    expect(run).toMatchObject({ status: 0, output: 'acts\n', log: ['the agent is back: its stand-in ends'] });
    expect(bash.read('run/stand-in')).toMatch(/^\d+\n$/);
  });
});
