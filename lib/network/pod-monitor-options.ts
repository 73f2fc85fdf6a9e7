import { Duration } from 'cdk8s';

/** Metrics that Prometheus reads from each pod. */
export interface PodMonitorOptions {
  /**
   * The name of the container's port that answers.
   *
   * @default - the first port
   */
  readonly portName?: string;

  /**
   * The path of the metrics.
   *
   * @default /metrics
   */
  readonly path?: string;

  /**
   * How often they are read, in whole seconds.
   *
   * @default - as Prometheus is configured
   */
  readonly interval?: Duration;

  /**
   * Further labels of the monitor, e.g. those by which a Prometheus selects its monitors.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}
