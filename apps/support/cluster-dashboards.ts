import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlCluster, MySqlDashboards } from '../../lib';

/** What the dashboards are about. */
export interface ClusterDashboardsProps {
  /** A cluster with metrics. */
  readonly cluster: MySqlCluster;
}

/** The dashboards of a cluster, for a Grafana whose sidecar looks into the namespace of the cluster. */
export class ClusterDashboards extends Chart {
  public constructor(scope: Construct, id: string, { cluster }: ClusterDashboardsProps) {
    super(scope, id, { namespace: Chart.of(cluster).namespace });
    new MySqlDashboards(this, cluster.name, { cluster, folder: 'MySQL' });
  }
}
