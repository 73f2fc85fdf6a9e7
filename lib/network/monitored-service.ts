/** Through which Service of a workload Prometheus finds its pods. */
export enum MonitoredService {
  /** The headless Service, which every workload has. */
  HEADLESS = 'headless',

  /** The client Service, with the ports that it offers. */
  CLIENT = 'client',
}
