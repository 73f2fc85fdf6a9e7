import { Duration } from 'cdk8s';
import { MySqlCluster } from '../mysql-cluster';

/** Properties of `MySqlMonitors`. */
export interface MySqlMonitorsProps {
  /** The cluster, which must have `metrics`. */
  readonly cluster: MySqlCluster;

  /**
   * How often the exporter asks each member, in whole seconds. What the members say of the cluster is read every 5 s, whatever this is: it
   * costs them nothing, since it is a page that is written every 20 s.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;

  /**
   * Labels of the monitors, e.g. those by which a Prometheus selects its monitors.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}
