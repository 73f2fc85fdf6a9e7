/** The treatment of a pod that no node fits evenly. */
export enum UnsatisfiableSpread {
  /** It waits. */
  DO_NOT_SCHEDULE = 'DoNotSchedule',
  /** It goes where it makes the least difference. */
  SCHEDULE_ANYWAY = 'ScheduleAnyway',
}

/**
 * How evenly pods are spread over nodes with different values of a label.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export interface TopologySpread {
  /** The nodes' label, e.g. `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;

  /**
   * By how many pods two values of the label may differ.
   *
   * @default 1
   */
  readonly maxSkew?: number;

  /**
   * The treatment of a pod that no node fits evenly.
   *
   * @default UnsatisfiableSpread.SCHEDULE_ANYWAY
   */
  readonly whenUnsatisfiable?: UnsatisfiableSpread;

  /**
   * How many values of the label must exist. Only with DO_NOT_SCHEDULE.
   *
   * @default - those that exist
   */
  readonly minDomains?: number;
}
