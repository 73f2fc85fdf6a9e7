import { Answer, describeScript, Run } from '../../support/bash';
import { ANSWER_SECONDS_MAX, FREEZES, member, SOURCE, UNTIL_FROZEN } from './members';

const SCRIPTS = 'lib.sh session.sh';
const ASK = 'ask "$1" && echo "answer: [$REPLY]" || echo "none (status $?)"';

function asked(answers: Answer[], shell: string, seconds = ANSWER_SECONDS_MAX): Run {
  const bash = member(SOURCE, { ANSWER_SECONDS_MAX: seconds });
  bash.answers(...answers);
  return bash.run(SCRIPTS, `asks() { ${ASK}; }; ${shell}`);
}

describeScript('ask', () => {
  test('gives the answer of one connection that stays open', () => {
    const { output, calls, log } = asked([{ command: 'mysql', to: 'SELECT 1', says: ['first\n', 'second\n'] }], [
      'asks "SELECT 1;"; pid=$SESSION_PID', 'asks "SELECT 1;"', '((pid == SESSION_PID)) && echo the same', 'close_session',
    ].join('; '));
    expect(output).toBe('answer: [first]\nanswer: [second]\nthe same\n');
    expect(log).toEqual([]);
    expect(calls.map(({ on, input }) => [on, input])).toEqual([['local', 'SELECT 1;'], ['local', 'SELECT 1;']]);
    expect(calls[0].arguments).toMatch(/\/root\.cnf --batch --skip-column-names --unbuffered --force --skip-reconnect$/);
  });

  test('gives statements of many lines as they are', () => {
    const { calls } = asked([{ command: 'mysql' }], 'asks $\'-- comment\\nSELECT\\n  1;\'; close_session');
    expect(calls[0].input).toBe('-- comment\nSELECT\n  1;');
  });

  test('gives an error of the server as what it says, for who asks to see that it is no answer', () => {
    const error = 'ERROR 1146 (42S02) at line 1: Table \'x\' doesn\'t exist';
    expect(asked([{ command: 'mysql', says: `${error}\n` }], 'asks "SELECT 1;"; close_session').output).toBe(`answer: [${error}]\n`);
  });

  test('fails when the connection ends, and opens another one the next time', () => {
    const dies: Answer = { command: 'mysql', to: 'SELECT 1', does: '((turn > 0)) || exit 1; echo back' };
    expect(asked([dies], 'asks "SELECT 1;"; asks "SELECT 1;"; close_session').output).toBe('none (status 1)\nanswer: [back]\n');
  });

  test('fails when half an answer came', () => {
    const half: Answer = { command: 'mysql', to: 'SELECT 1', says: 'half', status: 1 };
    expect(asked([half], 'asks "SELECT 1;"').output).toBe('none (status 1)\n');
  });

  test('fails when the server says nothing for too long', () => {
    const silent: Answer = { command: 'mysql', to: 'SELECT 1', does: 'exec sleep 20' };
    expect(asked([silent], 'asks "SELECT 1;"', '0.3').output).toBe('none (status 1)\n');
  });

  test('forgets what the server says too late', () => {
    const late: Answer = { command: 'mysql', to: 'SELECT 1', does: `((turn > 0)) || ${FREEZES}; echo "answer $turn"` };
    expect(asked([late], `${UNTIL_FROZEN}asks "SELECT 1;"; asks "SELECT 1;"; close_session`).output).toBe('none (status 1)\nanswer: [answer 1]\n');
  });

  test('fails when the connection has ended unseen', () => {
    const shell = [
      'trap "" PIPE', 'asks "SELECT 1;"', 'kill -9 "$SESSION_PID"; sleep 0.2', 'asks "SELECT 1;"', 'asks "SELECT 1;"', 'close_session',
    ].join('; ');
    expect(asked([{ command: 'mysql', says: 'yes\n' }], shell).output).toMatch(/^answer: \[yes\]\n(none \(status 1\)\n)?answer: \[yes\]\n/);
  });

  test('survives that the shell forgets the connection between two commands', () => {
    const { output, status } = asked([], 'trap "" PIPE; SESSION_PID=99999999; asks "SELECT 1;"; echo on');
    expect({ output, status }).toEqual({ output: 'none (status 1)\non\n', status: 0 });
  });
});

describeScript('close_session', () => {
  test('ends the client, and may be called again', () => {
    const shell = 'asks "SELECT 1;"; pid=$SESSION_PID; close_session; close_session; kill -0 "$pid" 2>/dev/null || echo gone';
    expect(asked([{ command: 'mysql' }], shell).output).toBe('answer: []\ngone\n');
  });
});
