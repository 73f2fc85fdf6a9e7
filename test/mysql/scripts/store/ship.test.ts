import { describeScript } from '../../../support/bash';
import { StorePod } from './store-pod';

describeScript('the pause of ship.sh', () => {
  /** How many seconds it rests, when a file comes in the second one. */
  function rested(pause: number, ...files: string[]): string {
    const pod = new StorePod();
    ['outbox/early.zst', ...files].forEach((file) => pod.file(`spool/${file}`, ''));
    const sleep = 'slept=0; sleep() { slept=$((slept + $1)); [ "$slept" != 2 ] || : >"$SPOOL/outbox/late.info"; }';
    const { output } = pod.source('ship.sh', `${sleep}; pause=${pause}; rest; echo "$slept"`, { PAUSE: '4', SPOOL: `${pod.folder}/spool` });
    return output.trim();
  }

  test('ends as soon as there is a file for the store', () => {
    expect(rested(4)).toBe('2');
  });

  test('is as long as it should be while the store cannot be used', () => {
    expect(rested(8)).toBe('8');
  });

  test('is as long as it should be while nothing may be stored', () => {
    expect(rested(4, 'hold')).toBe('4');
  });
});

describeScript('the credentials of ship.sh', () => {
  /** The key with which it would store, and whether it reads again what there is, where a Secret is newer than what it has taken. */
  function taken(knownAt: number, newer: string): string {
    const pod = new StorePod();
    ['access-key-id', 'secret-access-key'].forEach((name) => pod.file(`credentials/${name}`, name));
    pod.file('run/rclone.conf', 'password = early\n');
    const age = `touch -d '1 hour ago' "$STORE_CREDENTIALS"/* "$ENCRYPTION_KEY"; touch -d '1 minute ago' "$RUN/rclone.conf"; touch "${newer}"`;
    const use = 'use_credentials; sed -n "s/^password = //p" "$RUN/rclone.conf" | wc -c; echo "$known_at"';
    return pod.source('ship.sh', `${age}; known_at=${knownAt}; ${use}`, { STORE_CREDENTIALS: `${pod.folder}/credentials` })
      .output.trim().replace('\n', ' ');
  }
  const EARLY = 6; // characters with the line break
  const KEY = 21;

  test.each<[string, number, string, number, number]>([
    ['stay while nothing changes', 7, '/dev/null', EARLY, 7],
    ['change with the Secret, and what there is is read again', 7, '$STORE_CREDENTIALS/access-key-id', KEY, 0],
    ['have the key of before when that was of use', 7, '$ENCRYPTION_KEY', EARLY, 7],
    ['have another key when nothing could be read with that of before', 0, '$ENCRYPTION_KEY', KEY, 0],
  ])('%s', (_, knownAt, newer, length, after) => {
    expect(taken(knownAt, newer)).toBe(`${length} ${after}`);
  });
});
