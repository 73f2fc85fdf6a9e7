import { describeScript, sandbox } from '../../support/bash';

const SCRIPTS = 'lib.sh agent-loop.sh';

describeScript('verdict', () => {
  test('is one line with the time, a word and the reason, for the probe', () => {
    const bash = sandbox({ POD_NAME: 'mysql-0' });
    bash.run(SCRIPTS, 'verdict ready "a secondary, at most 30 s behind" mysql-1');
    expect(bash.read('run/verdict')).toMatch(/^\d{10} ready a secondary, at most 30 s behind mysql-1\n$/);
  });

  test('is logged when word or reason change', () => {
    const shell = 'verdict ready a; verdict ready a; verdict ready b; verdict unready b; verdict unready b';
    expect(sandbox({ POD_NAME: 'mysql-0' }).run(SCRIPTS, shell).log).toEqual(['ready: a', 'ready: b', 'unready: b']);
  });
});

describeScript('tick_forever', () => {
  test('looks again and again, whatever went wrong', () => {
    const bash = sandbox({ POD_NAME: 'mysql-0' });
    const shell = 'count=0; tick() { ((++count < 4)) || exit 7; false; return "$count"; }; tick_forever';
    expect(bash.run(SCRIPTS, shell)).toMatchObject({ status: 7, log: [1, 2, 3].map((status) => `that went wrong (status ${status}), see above`) });
  });

  test('pauses in between', () => {
    const bash = sandbox({ POD_NAME: 'mysql-0', PAUSE: '0.3' });
    const shell = 'count=0; start=$EPOCHREALTIME; '
      + 'tick() { ((++count < 3)) || { echo $(((${EPOCHREALTIME/./} - ${start/./}) / 1000)); exit; }; }; tick_forever';
    expect(Number(bash.run(SCRIPTS, shell).output)).toBeGreaterThanOrEqual(600);
  });
});
