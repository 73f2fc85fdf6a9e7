import { ClusterDashboards } from './support/cluster-dashboards';

/** The dashboards of `MySqlBackup`. */
export class MySqlBackupDashboards extends ClusterDashboards {}
