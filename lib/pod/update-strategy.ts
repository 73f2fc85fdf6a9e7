import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { fail, Origin } from '../core/errors';
import { INT32_MAX } from '../core/limits';
import { requireInteger } from '../core/validation';

/** How a rolling update proceeds. */
export interface RollingUpdateOptions {
  /**
   * The first ordinal that is updated. Pods below it keep their old template, even when they are deleted, until the partition is lowered.
   *
   * @default - every pod is updated
   */
  readonly partition?: number;

  /**
   * How many pods may be down at a time. Servers ignore it before Kubernetes 1.37, unless their feature gate MaxUnavailableStatefulSet
   * is on.
   *
   * @default - one pod at a time
   */
  readonly maxUnavailable?: PercentOrAbsolute;
}

/**
 * How pods come to run what changed in their template.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
export class UpdateStrategy {
  /** Pods are replaced one after the other, from the highest ordinal down, each after the one before is ready. */
  public static rollingUpdate(options: RollingUpdateOptions = {}): UpdateStrategy {
    const { partition, maxUnavailable } = options;
    const rollingUpdate = partition === undefined && maxUnavailable === undefined ? undefined
      : { maxUnavailable: maxUnavailable?.value as unknown, partition };
    return new UpdateStrategy({ type: 'RollingUpdate', rollingUpdate }, options);
  }

  /** A pod is replaced only when it is deleted. */
  public static onDelete(): UpdateStrategy {
    return new UpdateStrategy({ type: 'OnDelete' }, {});
  }

  private constructor(private readonly _rendered: Record<string, unknown>, private readonly _options: RollingUpdateOptions) {}

  /** @internal */
  public _toKube(at: (part: string) => Origin): Record<string, unknown> {
    const { partition, maxUnavailable } = this._options;
    if (partition !== undefined) {
      requireInteger(at('partition'), partition, 0, INT32_MAX, 'name an ordinal, or leave it out to update every pod');
    }
    if (maxUnavailable !== undefined && !isPositive(maxUnavailable.value)) {
      const { scope, property } = at('maxUnavailable');
      fail(scope, {
        property, rule: 'be a whole number from 1, or a whole percentage from 1% to 100%', value: maxUnavailable.value,
        fix: 'write it as in PercentOrAbsolute.absolute(2) or PercentOrAbsolute.percent(25)',
      });
    }
    return this._rendered;
  }
}

function isPositive(value: unknown): boolean {
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= 1 && value <= INT32_MAX;
  }
  return /^([1-9][0-9]?|100)%$/.test(String(value));
}
