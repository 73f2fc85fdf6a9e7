import { Duration } from 'cdk8s';
import { Origin, requireInteger } from './validation';

const MAX_SECONDS = 2147483647;

/** The duration in whole seconds, from `min` on; undefined when it is left out. */
export function wholeSeconds(origin: Origin, duration: Duration | undefined, min: number, cure: string): number | undefined {
  // With fractions, for a message of ours instead of an error of Duration's.
  const seconds = duration?.toSeconds({ integral: false });
  if (seconds !== undefined) {
    requireInteger(origin, seconds, min, MAX_SECONDS, cure);
  }
  return seconds;
}
