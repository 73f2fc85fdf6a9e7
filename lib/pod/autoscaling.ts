/** How a HorizontalPodAutoscaler chooses the number of pods. */
export interface Autoscaling {
  /** The fewest pods that run, at least 1. */
  readonly minReplicas: number;

  /** The most pods that run. Names of pods and claims are those of so many pods. */
  readonly maxReplicas: number;

  /**
   * How much of its requested CPU a pod uses on average, in percent.
   *
   * @default 80 unless `memoryUtilization` is set
   */
  readonly cpuUtilization?: number;

  /**
   * How much of its requested memory a pod uses on average, in percent.
   *
   * @default - memory is not looked at
   */
  readonly memoryUtilization?: number;
}
