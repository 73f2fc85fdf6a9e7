import { Chart } from 'cdk8s';
import {
  MySqlAlerts, MySqlAlertsProps, MySqlBackups, MySqlClusterProps, MySqlMetrics, MySqlTopology, PointInTimeArchive,
} from '../../../lib';
import { testChart } from '../../util';
import { bucket } from '../backup/shop';
import { addCluster } from '../cluster';

const THREE = { members: 3 } as const;

/** The clusters whose alerts are tested: all of the name `mysql` in the namespace `data`. */
export const CLUSTERS = {
  group: () => ({ topology: MySqlTopology.innoDbCluster(THREE), backups: MySqlBackups.of(bucket()) }),
  replicas: () => ({ topology: MySqlTopology.sourceReplica({ replicas: 2 }) }),
  'without an archive': () => ({
    topology: MySqlTopology.innoDbCluster(THREE), backups: MySqlBackups.of(bucket(), { pointInTime: PointInTimeArchive.none() }),
  }),
} satisfies Record<string, () => Partial<MySqlClusterProps>>;

export type ClusterName = keyof typeof CLUSTERS;

/** The alerts of one of these clusters, in the chart of the cluster. */
export function alertsOf(name: ClusterName, props: Partial<MySqlAlertsProps> = {}, chart: Chart = testChart('data')): MySqlAlerts {
  const cluster = addCluster(chart, { metrics: MySqlMetrics.exporter(), ...CLUSTERS[name]() });
  return new MySqlAlerts(chart, 'alerts', { cluster, kubeStateMetrics: true, ...props });
}
