import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { member, SOURCE } from './members';

const SCRIPTS = 'lib.sh agent-loop.sh';
const FULL = (free: number) => `ERROR: the disk is full (${free} KiB are free): writes wait for space; `
  + 'see "Make space on a full disk" in the operations guide';
const SPACE = (free: number) => `the disk is no longer full (${free} KiB are free): writes go on within a minute`;

/** Runs the loop with what a tick does, of which `n` counts, until it has ticked so often. */
function loop(tick: string, often: number, answers: Answer[] = [], bash: Sandbox = member(SOURCE)): Run & { bash: Sandbox } {
  bash.answers(...answers);
  const shell = `unset SECONDS; SECONDS=100; n=0; tick() { ((n += 1)); ((n <= ${often})) || exit 9; ${tick}; }; tick_forever`;
  return { ...bash.run(SCRIPTS, shell), bash };
}

describeScript('tick_forever', () => {
  test('looks again and again', () => {
    expect(loop('echo "$n"', 3)).toMatchObject({ status: 9, output: '1\n2\n3\n', log: [] });
  });

  test('goes on when a look fails, and says so once a minute', () => {
    const { status, log } = loop('((n != 4)) || SECONDS=160; return 7', 5);
    expect({ status, log }).toEqual({ status: 9, log: ['that went wrong (status 7), see above', 'that went wrong (status 7), see above'] });
  });

  test('goes on when a command of a look fails', () => {
    expect(loop('false; ls /nowhere 2>/dev/null; echo "$n"', 2)).toMatchObject({ status: 9, output: '1\n2\n' });
  });

  test('pauses between two looks', () => {
    const bash = member(SOURCE, { PAUSE: '0.3' });
    const start = Date.now();
    loop('true', 2, [], bash);
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

describeScript('a disk', () => {
  const free = (...kibibytes: (number | string)[]): Answer => ({ command: 'df', says: kibibytes.map((number) => `Avail\n${number}\n`) });
  const EVERY_15 = 'SECONDS=$((SECONDS + 15))';

  test('that is full is named once, and once that it is not any more', () => {
    const { log, calls, bash } = loop(EVERY_15, 6, [free(5000, 1023, 0, 0, 1024, 5000)]);
    expect(log).toEqual([FULL(1023), SPACE(1024)]);
    expect(calls[0]).toMatchObject({ command: 'df', arguments: `--output=avail --block-size=1K ${bash.folder}/volume` });
  });

  test('that is full from the beginning is named', () => {
    expect(loop(EVERY_15, 2, [free(' 0')]).log).toEqual([FULL(0)]);
  });

  test('is looked at every 15 seconds', () => {
    expect(loop('SECONDS=$((SECONDS + 5))', 6, [free(5000)]).calls).toHaveLength(3); // at 0, 15 and 30
  });

  test.each<[string, Answer]>([
    ['fails', { command: 'df', status: 1 }], ['says nothing', { command: 'df' }], ['knows nothing', free('-')],
  ])('of which df %s is as it was', (_, answer) => {
    expect(loop(EVERY_15, 3, [answer])).toMatchObject({ status: 9, log: [] });
    const other = `{ printf '%s' '${String(answer.says ?? '')}'; exit ${answer.status ?? 0}; }`;
    const later: Answer = { command: 'df', does: `((turn > 0)) && ${other}; printf 'Avail\\n7\\n'` };
    expect(loop(EVERY_15, 3, [later]).log).toEqual([FULL(7)]);
  });
});
