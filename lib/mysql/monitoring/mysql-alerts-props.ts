import { Duration } from 'cdk8s';
import { MySqlCluster } from '../mysql-cluster';

/** Properties of `MySqlAlerts`. */
export interface MySqlAlertsProps {
  /** The cluster, which must have `metrics`. Members, `maxLag`, schedules and whether there is an archive are its own. */
  readonly cluster: MySqlCluster;

  /**
   * Labels of each alert, by which Alertmanager finds who gets it, e.g. a team.
   *
   * @default - severity (critical or warning), cluster and namespace only
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of the PrometheusRule, e.g. those by which a Prometheus selects its rules.
   *
   * @default - those of the pods with the metrics
   */
  readonly ruleLabels?: { [key: string]: string };

  /**
   * The folder of the guides with what to do: alerts link to a heading of its `monitoring.md`.
   *
   * @default https://github.com/cdk8s-stateful/cdk8s-stateful/blob/main/docs
   */
  readonly runbookUrl?: string;

  /**
   * Whether Prometheus has the metrics of kube-state-metrics. Without it alerts that need it are left out: `leftOut` names them.
   *
   * @default false
   */
  readonly kubeStateMetrics?: boolean;

  /**
   * Alerts that are not wanted, by name.
   *
   * @default - none
   */
  readonly disable?: string[];

  /**
   * How old the newest proven backup may be.
   *
   * @default - once and a half of the longest time between two backups
   */
  readonly backupAge?: Duration;

  /**
   * How long a transaction may be open.
   *
   * @default Duration.minutes(30)
   */
  readonly longTransaction?: Duration;

  /**
   * How long a certificate must still be valid.
   *
   * @default Duration.days(14)
   */
  readonly certificateExpiry?: Duration;

  /**
   * How many of the connections that a server takes may be open, as a part of 1.
   *
   * @default 0.8
   */
  readonly connections?: number;
}
