import { MonitoredCluster } from '../../metrics/monitored-cluster';
import { Rule, rulesOf } from './rule';

/** Whether the cluster is watched at all, and what only Kubernetes knows. */
export function watchingRules(cluster: MonitoredCluster): Rule[] {
  const { id, namespace, statefulSets } = cluster;
  return rulesOf(cluster, [
    {
      name: 'MySqlFactsMissing',
      expression: (metrics) => `absent(${metrics.fact('facts_timestamp_seconds')}) or `
        + `time() - ${metrics.fact('facts_timestamp_seconds')} > 60`,
      forSeconds: 120,
      severity: 'critical',
      summary: `Nobody watches ${id}: the pod with its metrics is away, or hears nothing.`,
    },
    {
      name: 'MySqlMetricsRefused',
      expression: (metrics) => `${metrics.fact('member_refuses_password')} == 1`,
      forSeconds: 120,
      severity: 'warning',
      summary: `{{ $labels.member }} of ${id} does not take the password of the account metrics.`,
    },
    {
      name: 'MySqlExporterMissing',
      expression: (metrics) => `${metrics.fact('member_answers')} == 1 unless on (cluster, member) ${metrics.mysql('up')} == 1`,
      forSeconds: 300,
      severity: 'warning',
      summary: `The exporter says nothing of {{ $labels.member }} of ${id}, which answers.`,
    },
    {
      name: 'MySqlRolloutStuck',
      expression: (metrics) => {
        const sets = { namespace, statefulset: `~${statefulSets.join('|')}` };
        return `${metrics.metric('kube_statefulset_status_replicas_updated', sets)} < on (namespace, statefulset) `
          + metrics.metric('kube_statefulset_replicas', sets);
      },
      forSeconds: 1800,
      severity: 'warning',
      requires: 'kube-state-metrics',
      summary: `A change of {{ $labels.statefulset }} of ${id} has not reached all pods for half an hour.`,
    },
  ]);
}
