import { Duration } from 'cdk8s';
import { Origin } from './errors';
import { INT32_MAX } from './limits';
import { requireInteger } from './validation';

/** The duration in whole seconds, from `min` to `max`; undefined when it is left out. */
export function wholeSeconds(
  origin: Origin, duration: Duration | undefined, min: number, fix: string, max = INT32_MAX,
): number | undefined {
  // With fractions, for a message of ours instead of an error of Duration's.
  const seconds = duration?.toSeconds({ integral: false });
  if (seconds !== undefined) {
    requireInteger(origin, seconds, min, max, fix);
  }
  return seconds;
}
