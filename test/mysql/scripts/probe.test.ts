import { describeScript, Run, Sandbox } from '../../support/bash';
import { member, SOURCE } from './members';

function probe(bash: Sandbox, kind: string, answers = true): Run {
  bash.answers({ command: 'mysqladmin', to: 'ping', status: answers ? 0 : 1 });
  return bash.runProgram('probe.sh', kind);
}

const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

describeScript('readiness', () => {
  test.each<[string, string | undefined, number, string]>([
    ['is what the agent said', `${ago(0)} ready a replica of x`, 0, 'a replica of x'],
    ['is not what the agent did not say', `${ago(0)} unready more than 30 s behind x`, 1, 'more than 30 s behind x'],
    ['may be a little old', `${ago(10)} ready the source`, 0, 'the source'],
    ['ends when the agent is silent', `${ago(60)} ready the source`, 1, 'the agent is silent; it last said: ready the source'],
    ['begins with a word of the agent', undefined, 1, 'the agent is silent; it last said: nothing '],
    ['takes an empty file for no word', '', 1, 'the agent is silent; it last said: nothing '],
  ])('%s', (_, verdict, status, output) => {
    const bash = member(SOURCE);
    if (verdict !== undefined) {
      bash.file('run/verdict', verdict === '' ? '' : `${verdict}\n`);
    }
    expect(probe(bash, 'readiness')).toMatchObject({ status, output: `${output}\n`, calls: [], log: [] });
  });
});

describeScript('liveness', () => {
  test('notes that the server runs', () => {
    const bash = member(SOURCE);
    bash.file('run/phase', 'starting\n');
    expect(probe(bash, 'liveness')).toMatchObject({ status: 0, output: '' });
    expect(bash.read('run/phase')).toBe('running\n');
  });

  test.each<[string, number, string]>([
    ['running', 1, 'mysqld does not answer'],
    ['starting', 0, 'mysqld does not answer: starting'],
    ['provisioning', 0, 'mysqld does not answer: provisioning'],
  ])('of a server that is %s and does not answer: %i', (phase, status, output) => {
    const bash = member(SOURCE);
    bash.file('run/phase', `${phase}\n`);
    expect(probe(bash, 'liveness', false)).toMatchObject({ status, output: `${output}\n` });
    expect(bash.read('run/phase')).toBe(`${phase}\n`);
  });
});

describeScript('startup', () => {
  test('ends when the server answers, from when on it has to', () => {
    const bash = member(SOURCE);
    const { status, calls } = probe(bash, 'startup');
    expect(status).toBe(0);
    expect(calls[0].arguments).toBe(`--defaults-file=${bash.folder}/run/root.cnf --connect-timeout=4 ping`);
    expect(bash.read('run/phase')).toBe('running\n');
  });

  test('goes on while it does not', () => {
    const bash = member(SOURCE);
    expect(probe(bash, 'startup', false).status).toBe(1);
    expect(bash.exists('run/phase')).toBe(false);
  });
});

describeScript('probe.sh', () => test('an unknown probe is an error', () => {
  expect(probe(member(SOURCE), 'health')).toMatchObject({ status: 2, log: ['probe.sh: unknown probe \'health\''] });
}));
