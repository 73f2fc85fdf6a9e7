import { ClusterDashboards } from './support/cluster-dashboards';

/** The dashboards of `MySqlInnoDbCluster`. */
export class MySqlInnoDbClusterDashboards extends ClusterDashboards {}
