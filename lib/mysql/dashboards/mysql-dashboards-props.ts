import { DashboardOptions } from '../../monitoring/dashboard-options';
import { MySqlCluster } from '../mysql-cluster';

/** Properties of `MySqlDashboards`. */
export interface MySqlDashboardsProps extends DashboardOptions {
  /**
   * The beginning of the names of the ConfigMaps: `<name>-cluster`, `<name>-server` and `<name>-backups`.
   *
   * @default - the id
   */
  readonly name?: string;

  /**
   * The cluster whose name is in the titles, and that is shown when a dashboard is opened. The reader may choose another one.
   *
   * @default - none: the titles name no cluster, and the first one by name is shown
   */
  readonly cluster?: MySqlCluster;
}
