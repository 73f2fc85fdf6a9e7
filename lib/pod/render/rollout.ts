import { Duration } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { wholeSeconds } from '../../core/durations';
import { INT32_MAX } from '../../core/limits';
import { requireInteger, requireOneOf } from '../../core/validation';
import { UpdateStrategy } from '../update-strategy';

/** In which order the pods of a StatefulSet come and go. */
export interface RolloutConfig {
  readonly firstOrdinal?: number;
  readonly podManagementPolicy?: PodManagementPolicy;
  readonly minReady?: Duration;
  readonly revisionHistoryLimit?: number;
  readonly updateStrategy?: UpdateStrategy;
}

/** The fields of a StatefulSet's spec that say in which order its pods come and go. */
export function renderRollout(scope: Construct, replicas: number, config: RolloutConfig): Record<string, unknown> {
  const { firstOrdinal, podManagementPolicy, revisionHistoryLimit } = config;
  if (firstOrdinal !== undefined) {
    requireInteger({ scope, property: 'firstOrdinal' }, firstOrdinal, 0, INT32_MAX - replicas, 'leave it out for 0');
  }
  if (podManagementPolicy !== undefined) {
    requireOneOf({ scope, property: 'podManagementPolicy' }, podManagementPolicy, Object.values(PodManagementPolicy),
      'use PodManagementPolicy');
  }
  if (revisionHistoryLimit !== undefined) {
    requireInteger({ scope, property: 'revisionHistoryLimit' }, revisionHistoryLimit, 0, INT32_MAX, 'leave it out for 10');
  }
  return {
    minReadySeconds: wholeSeconds({ scope, property: 'minReady' }, config.minReady, 0, 'leave it out for no wait'),
    ordinals: firstOrdinal === undefined || firstOrdinal === 0 ? undefined : { start: firstOrdinal },
    podManagementPolicy,
    revisionHistoryLimit,
    updateStrategy: config.updateStrategy?._toKube((part) => ({ scope, property: `updateStrategy.${part}` })),
  };
}

const DEFAULT_GRACE_PERIOD = 30; // the API's

/** How long the pod may take to stop, in seconds. */
export function gracePeriodSeconds(scope: Construct, property: string, duration?: Duration): number {
  const seconds = wholeSeconds({ scope, property }, duration, 1,
    'leave it out for 30; 0 kills pods at once, and two of one name may then write to one volume');
  return seconds ?? DEFAULT_GRACE_PERIOD;
}
