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
   * The cluster that is shown when a dashboard is opened. The dashboards are about all clusters of the data source.
   *
   * @default - the first one by name
   */
  readonly cluster?: MySqlCluster;
}
