import { describeScript, Run, Sandbox } from '../../support/bash';
import { member, SOURCE } from './members';

const SCRIPTS = 'lib.sh agent-loop.sh';

/** Runs the loop with what a tick does, of which `n` counts, until it has ticked so often. */
function loop(tick: string, often: number, bash: Sandbox = member(SOURCE)): Run & { bash: Sandbox } {
  const shell = `unset SECONDS; SECONDS=100; n=0; tick() { ((n += 1)); ((n <= ${often})) || exit 9; ${tick}; }; tick_forever`;
  return { ...bash.run(SCRIPTS, shell), bash };
}

describeScript('tick_forever', () => {
  test('looks again and again', () => {
    expect(loop('echo "$n"', 3)).toMatchObject({ status: 9, output: '1\n2\n3\n', log: [] });
  });

  test('goes on when a look fails, and says so once a minute', () => {
    const { status, log } = loop('((n != 4)) || SECONDS=160; return 7', 5);
    expect({ status, log }).toEqual({ status: 9, log: Array(2).fill('this round failed with status 7, see above') });
  });

  test('goes on when a command of a look fails', () => {
    expect(loop('false; ls /nowhere 2>/dev/null; echo "$n"', 2)).toMatchObject({ status: 9, output: '1\n2\n' });
  });

  test('pauses between two looks', () => {
    const bash = member(SOURCE, { PAUSE: '0.3' });
    const start = Date.now();
    loop('true', 2, bash);
    expect(Date.now() - start).toBeGreaterThan(550);
  });
});

describeScript('verdict', () => {
  test('is written with its time at each look, and logged when it changes', () => {
    const { log, bash } = loop('verdict ready as "$((n / 3))"; [[ -s $RUN/verdict ]] || exit 1', 4);
    expect(log).toEqual(['ready: as 0', 'ready: as 1']);
    expect(bash.read('run/verdict')).toMatch(/^\d{10} ready as 1\n$/);
  });
});
