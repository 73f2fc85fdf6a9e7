import { Duration } from 'cdk8s';
import { Origin } from './errors';
import { requireInteger } from './validation';

const MAX_SECONDS = 2147483647;

/** The duration in whole seconds, from `min` to `max`; undefined when it is left out. */
export function wholeSeconds(
  origin: Origin, duration: Duration | undefined, min: number, cure: string, max = MAX_SECONDS,
): number | undefined {
  // With fractions, for a message of ours instead of an error of Duration's.
  const seconds = duration?.toSeconds({ integral: false });
  if (seconds !== undefined) {
    requireInteger(origin, seconds, min, max, cure);
  }
  return seconds;
}
