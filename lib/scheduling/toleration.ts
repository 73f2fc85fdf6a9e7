import { Duration } from 'cdk8s';
import { TaintEffect } from 'cdk8s-plus-27';
import { wholeSeconds } from '../core/durations';
import { fail, Origin } from '../core/errors';
import { requireLabels, requireOneOf } from '../core/validation';

/** Which taints of a key a pod tolerates, and for how long. */
export interface TolerationOptions {
  /**
   * Tolerate only taints of this effect.
   *
   * @default - taints of every effect
   */
  readonly effect?: TaintEffect;

  /**
   * For how long the pod stays on a node that gets the taint, in whole seconds. Only with the effect NoExecute.
   *
   * @default - for as long as the pod lives
   */
  readonly tolerationPeriod?: Duration;
}

/**
 * A taint of nodes that does not keep pods away.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export class Toleration {
  /** Tolerates taints of this key with this value. */
  public static equal(key: string, value: string, options: TolerationOptions = {}): Toleration {
    return new Toleration(options, { key, value });
  }

  /** Tolerates taints of this key, whatever their value. */
  public static exists(key: string, options: TolerationOptions = {}): Toleration {
    return new Toleration(options, { key, operator: 'Exists' });
  }

  /** Tolerates every taint. */
  public static everything(options: TolerationOptions = {}): Toleration {
    return new Toleration(options, { operator: 'Exists' });
  }

  private constructor(
    private readonly _options: TolerationOptions,
    private readonly _taint: { readonly key?: string; readonly operator?: string; readonly value?: string },
  ) {}

  /** @internal */
  public _toKube({ scope, property }: Origin): Record<string, unknown> {
    const { key, value, operator } = this._taint;
    const { effect, tolerationPeriod } = this._options;
    if (key !== undefined) {
      requireLabels({ scope, property }, { [key]: value ?? '' });
    }
    if (effect !== undefined) {
      requireOneOf({ scope, property: `${property}.effect` }, effect, Object.values(TaintEffect), 'use TaintEffect');
    }
    if (tolerationPeriod !== undefined && effect !== TaintEffect.NO_EXECUTE) {
      fail(scope, {
        property: `${property}.effect`, rule: `be ${TaintEffect.NO_EXECUTE} where a tolerationPeriod is named`, value: effect,
        fix: 'name that effect, or leave the period out; the other effects send no pod away',
      });
    }
    const tolerationSeconds = wholeSeconds({ scope, property: `${property}.tolerationPeriod` }, tolerationPeriod, 0,
      'leave it out for as long as the pod lives');
    return { effect, key, operator, tolerationSeconds, value };
  }
}
