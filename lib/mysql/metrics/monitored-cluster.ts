import { Construct, IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { Labels, LabelSet } from '../../core/labels';
import { ResolvedBackups } from '../backup/mysql-backups';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';

/**
 * What monitors, rules and dashboards know of a cluster.
 *
 * @internal
 */
export interface MonitoredCluster {
  readonly name: string;
  readonly namespace: string;
  /** What its metrics have in the label `cluster`: `<namespace>/<name>`. */
  readonly id: string;
  readonly isGroup: boolean;
  /** The names of the pods, and their hosts in the same order. */
  readonly members: string[];
  readonly hosts: string[];
  readonly maxLagSeconds: number;
  /** The labels of the pods with the metrics, and those of their objects. */
  readonly labels: LabelSet;
  readonly userLabels: Labels;
  /** The names of the StatefulSets. */
  readonly statefulSets: string[];
  readonly serviceName: string;
  readonly backups?: ResolvedBackups;
}

/** What a cluster says of itself beside its context. */
export interface MonitoredParts {
  readonly namespace?: string;
  readonly statefulSets: string[];
  readonly hasMetrics: boolean;
  readonly backups?: ResolvedBackups;
}

/** What is monitored of a cluster that has metrics. */
export function monitoredCluster(
  scope: IConstruct, cluster: Construct, context: ClusterContext, parts: MonitoredParts,
): MonitoredCluster {
  const { namespace, statefulSets, hasMetrics, backups } = parts;
  if (!hasMetrics) {
    fail(scope, {
      property: 'cluster', rule: 'have metrics', value: context.name,
      fix: 'say metrics: MySqlMetrics.exporter() in the props of the cluster',
    });
  }
  if (!namespace) {
    fail(scope, {
      property: 'namespace of the chart', rule: 'be named where a cluster is monitored, since its metrics have it in a label',
      value: namespace, fix: 'give the chart of the cluster a namespace',
    });
  }
  return {
    name: context.name,
    namespace,
    id: `${namespace}/${context.name}`,
    isGroup: context.topology.scripts === 'group',
    members: context.members,
    hosts: context.members.map((member) => context.names.inDns(`${member}.${context.names.members}`)),
    maxLagSeconds: Number(context.topology.environment.MAX_LAG),
    labels: componentLabels(cluster, context, 'metrics'),
    userLabels: context.userLabels ?? {},
    statefulSets,
    serviceName: `${context.name}-metrics`,
    backups,
  };
}
