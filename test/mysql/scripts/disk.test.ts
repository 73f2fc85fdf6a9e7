import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { member, SOURCE } from './members';

const FULL = (free: number) => `ERROR: the disk is full (${free} KiB are free): writes wait; `
  + 'see "Make space on a full disk" in the operations guide';
const SPACE = (free: number) => `the disk is no longer full (${free} KiB are free): writes go on within a minute`;

/** Looks so often, and lets time pass after each look. */
function looks(pause: string, often: number, answers: Answer[]): Run & { bash: Sandbox } {
  const bash = member(SOURCE);
  bash.answers(...answers);
  return { ...bash.run('lib.sh disk.sh', `unset SECONDS; SECONDS=100; for ((n = 1; n <= ${often}; n++)); do look_at_disk; ${pause}; done`), bash };
}

describeScript('a disk', () => {
  const free = (...kibibytes: (number | string)[]): Answer => ({ command: 'df', says: kibibytes.map((number) => `Use% Avail\n 61% ${number}\n`) });
  const EVERY_15 = 'SECONDS=$((SECONDS + 15))';

  test('that is full is named once, and once that it is not any more', () => {
    const { log, calls, bash } = looks(EVERY_15, 6, [free(5000, 1023, 0, 0, 1024, 5000)]);
    expect(log).toEqual([FULL(1023), SPACE(1024)]);
    expect(calls[0]).toMatchObject({ command: 'df', arguments: `--output=pcent,avail --block-size=1K ${bash.folder}/volume` });
  });

  test('that is full from the beginning is named', () => {
    expect(looks(EVERY_15, 2, [free(' 0')]).log).toEqual([FULL(0)]);
  });

  test('is told to others as it was seen last', () => {
    const { bash } = looks(EVERY_15, 2, [free(5000, 700)]);
    expect(bash.read('run/disk')).toBe('61%\t716800\n');
  });

  test('is looked at every 15 seconds', () => {
    expect(looks('SECONDS=$((SECONDS + 5))', 7, [free(5000)]).calls).toHaveLength(3); // at 0, 15 and 30
  });

  test.each<[string, Answer]>([
    ['fails', { command: 'df', status: 1 }], ['says nothing', { command: 'df' }], ['knows nothing', free('-')],
  ])('of which df %s is as it was', (_, answer) => {
    expect(looks(EVERY_15, 3, [answer])).toMatchObject({ status: 0, log: [] });
    const other = `{ printf '%s' '${String(answer.says ?? '')}'; exit ${answer.status ?? 0}; }`;
    const later: Answer = { command: 'df', does: `((turn > 0)) && ${other}; printf 'Use%% Avail\\n99%% 7\\n'` };
    expect(looks(EVERY_15, 3, [later]).log).toEqual([FULL(7)]);
  });
});
