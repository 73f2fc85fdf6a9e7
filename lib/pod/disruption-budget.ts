/** How many pods of a workload may be evicted at a time, e.g. while nodes are drained. */
export class DisruptionBudget {
  /** At most so many pods are missing at a time. */
  public static maxUnavailable(count: number): DisruptionBudget {
    return new DisruptionBudget('maxUnavailable', count, false);
  }

  /** At most this part of all pods, in percent and rounded up, is missing at a time. */
  public static maxUnavailablePercent(percent: number): DisruptionBudget {
    return new DisruptionBudget('maxUnavailable', percent, true);
  }

  /** At least so many pods keep running. */
  public static minAvailable(count: number): DisruptionBudget {
    return new DisruptionBudget('minAvailable', count, false);
  }

  /** At least this part of all pods, in percent and rounded up, keeps running. */
  public static minAvailablePercent(percent: number): DisruptionBudget {
    return new DisruptionBudget('minAvailable', percent, true);
  }

  /** No PodDisruptionBudget: all pods may be evicted at once. */
  public static none(): DisruptionBudget {
    return new DisruptionBudget();
  }

  /**
   * Which side of the budget is named; undefined for no budget.
   *
   * @internal
   */
  public readonly _side?: 'maxUnavailable' | 'minAvailable';

  /** @internal */
  public readonly _amount: number;

  /** @internal */
  public readonly _isPercent: boolean;

  private constructor(side?: 'maxUnavailable' | 'minAvailable', amount = 0, isPercent = false) {
    this._side = side;
    this._amount = amount;
    this._isPercent = isPercent;
  }
}
