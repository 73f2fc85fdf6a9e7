import { MonitoredService } from './monitored-service';
import { PodMonitorOptions } from './pod-monitor-options';

/** Metrics that Prometheus reads from each pod behind a Service. */
export interface ServiceMonitorOptions extends PodMonitorOptions {
  /**
   * The Service. It gets a label `cdk8s-stateful/service` with this value, by which the monitor finds it and no other.
   *
   * @default MonitoredService.HEADLESS
   */
  readonly service?: MonitoredService;
}
