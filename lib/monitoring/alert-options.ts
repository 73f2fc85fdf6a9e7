/** What the alerts of every construct have. */
export interface AlertOptions {
  /**
   * Labels of the PrometheusRule, e.g. those by which a Prometheus selects its rules.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of each alert beside `severity`, e.g. the team that gets it.
   *
   * @default - none
   */
  readonly alertLabels?: { [key: string]: string };

  /**
   * The page with the runbooks. Its heading for an alert is the name of the alert.
   *
   * @default - the guide of this library
   */
  readonly runbookUrl?: string;

  /**
   * Whether Prometheus scrapes kube-state-metrics. Without it the alerts that need it are left out.
   *
   * @default true
   */
  readonly kubeStateMetrics?: boolean;

  /**
   * Whether Prometheus scrapes the kubelets, which know how full volumes are. Without it the alerts that need it are left out.
   *
   * @default true
   */
  readonly volumeStats?: boolean;
}
