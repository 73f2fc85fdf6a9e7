import { fail, Origin } from '../core/errors';
import { requireInteger, requireLabels } from '../core/validation';

/**
 * A requirement on a node's labels.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export class NodeRequirement {
  /** The label has one of the values. */
  public static isIn(key: string, values: string[]): NodeRequirement {
    return new NodeRequirement(key, 'In', [...values]);
  }

  /** The label has none of the values, or is not there. */
  public static isNotIn(key: string, values: string[]): NodeRequirement {
    return new NodeRequirement(key, 'NotIn', [...values]);
  }

  /** The label is there. */
  public static exists(key: string): NodeRequirement {
    return new NodeRequirement(key, 'Exists');
  }

  /** The label is not there. */
  public static doesNotExist(key: string): NodeRequirement {
    return new NodeRequirement(key, 'DoesNotExist');
  }

  /** The label is a whole number above this one, which is not negative. */
  public static greaterThan(key: string, bound: number): NodeRequirement {
    return new NodeRequirement(key, 'Gt', undefined, bound);
  }

  /** The label is a whole number below this one, which is not negative. */
  public static lessThan(key: string, bound: number): NodeRequirement {
    return new NodeRequirement(key, 'Lt', undefined, bound);
  }

  private constructor(
    private readonly _key: string,
    private readonly _operator: string,
    private readonly _values?: string[],
    private readonly _bound?: number,
  ) {}

  /** @internal */
  public _toKube(origin: Origin): Record<string, unknown> {
    const values = this._bound === undefined ? this._values : [String(this._bound)];
    requireLabels(origin, { [this._key]: '' });
    this._values?.forEach((value) => requireLabels(origin, { [this._key]: value }));
    if (this._bound !== undefined) {
      requireInteger(origin, this._bound, 0, Number.MAX_SAFE_INTEGER, 'compare the label with a whole number; a label has no sign');
    }
    if (values?.length === 0) {
      fail(origin.scope, {
        property: origin.property, rule: 'name at least one value', value: values,
        fix: `to ask only for the label say NodeRequirement.exists(${JSON.stringify(this._key)})`,
      });
    }
    return { key: this._key, operator: this._operator, values };
  }
}
