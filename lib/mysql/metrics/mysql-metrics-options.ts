import { Chart } from 'cdk8s';
import { ContainerResources, INetworkPolicyPeer } from 'cdk8s-plus-27';

/** Options of `MySqlMetrics.exporter`. */
export interface MySqlMetricsOptions {
  /**
   * The image of the exporter: one with mysqld_exporter 0.16 or later as its entrypoint, and BusyBox, like the official ones.
   *
   * @default prom/mysqld-exporter:v0.19.0
   */
  readonly image?: string;

  /**
   * The collectors of the exporter that run, by the names of their options without `collect.`, e.g. `info_schema.innodb_metrics`. The
   * rules and dashboards of this library need the default ones.
   *
   * @default - binlog_size, global_status, global_variables, slave_status and, of a group, perf_schema.replication_group_member_stats
   */
  readonly collectors?: string[];

  /**
   * The chart of the Deployment, its Service and what belongs to it, e.g. one whose folder is left out where there is no Prometheus. It
   * must have the namespace of the cluster.
   *
   * @default - that of the cluster
   */
  readonly chart?: Chart;

  /**
   * The resources of the exporter.
   *
   * @default - 20m of a core, 200m at most, 32Mi of memory, and 96Mi at most
   */
  readonly resources?: ContainerResources;

  /**
   * The peers that may read the metrics, e.g. Prometheus: a `StatefulWeb`, or a workload, pods, namespaces or IP block of cdk8s-plus.
   *
   * @default - all pods of the Kubernetes cluster
   */
  readonly allowFrom?: INetworkPolicyPeer[];

  /**
   * Whether the Service has the annotations `prometheus.io/...` with which configurations of Prometheus without its operator find what
   * the cluster knows of its members (not the exporter, which must be told the members: see docs/monitoring.md).
   *
   * @default false
   */
  readonly annotations?: boolean;
}
