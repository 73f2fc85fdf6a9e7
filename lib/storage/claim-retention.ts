/** When claims, and with most classes the data, are deleted. */
export interface ClaimDeletion {
  /**
   * Delete the claims of all pods when the StatefulSet is deleted.
   *
   * @default false
   */
  readonly whenDeleted?: boolean;

  /**
   * Delete the claims of the pods that a smaller number of replicas removes.
   *
   * @default false
   */
  readonly whenScaled?: boolean;
}

/**
 * Whether claims are deleted when their pods are gone for good.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export class ClaimRetention {
  /** The claims stay, whatever becomes of the StatefulSet, and its pods find them again. */
  public static retain(): ClaimRetention {
    return new ClaimRetention({});
  }

  /** The claims are deleted in the cases named; the reclaim policy of their volumes decides whether the data goes with them. */
  public static deleting(deletion: ClaimDeletion): ClaimRetention {
    return new ClaimRetention({ ...deletion });
  }

  private constructor(private readonly _deletion: ClaimDeletion) {}

  /** @internal */
  public _toKube(): Record<string, string> {
    const policy = (deleting = false) => (deleting ? 'Delete' : 'Retain');
    return { whenDeleted: policy(this._deletion.whenDeleted), whenScaled: policy(this._deletion.whenScaled) };
  }
}
