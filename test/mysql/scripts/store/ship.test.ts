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
