import { MonitoredCluster } from '../../metrics/monitored-cluster';
import { Bounds, Rule, rulesOf } from './rule';

/** What is wrong with one member. */
export function memberRules(cluster: MonitoredCluster, bounds: Bounds): Rule[] {
  const { id, isGroup, maxLagSeconds } = cluster;
  const pod = `{{ $labels.member }} of ${id}`;
  return rulesOf(cluster, [
    {
      name: 'MySqlMemberDown',
      expression: (metrics) => `${metrics.fact('member_answers')} == 0 unless on (cluster, member) `
        + `${metrics.fact('member_refuses_password')} == 1`,
      forSeconds: 120,
      severity: 'warning',
      summary: `${pod} does not answer.`,
    },
    {
      name: 'MySqlMemberNotReady',
      expression: (metrics) => `${metrics.fact('member_state')} and on (cluster, member) ${metrics.fact('member_ready')} == 0`,
      forSeconds: 600,
      severity: 'warning',
      summary: `${pod} has not been ready for 10 minutes: {{ $labels.state }}.`,
    },
    {
      name: 'MySqlAgentSilent',
      expression: (metrics) => `${metrics.fact('member_agent_silent_seconds')} > 60`,
      forSeconds: 60,
      severity: 'warning',
      summary: `The agent of ${pod} has said nothing for {{ $value }} s.`,
    },
    {
      name: 'MySqlServerRestarts',
      expression: (metrics) => `changes(${metrics.fact('member_start_timestamp_seconds')}[1h]) > 3`,
      forSeconds: 0,
      severity: 'warning',
      summary: `The server of ${pod} has started {{ $value }} times in an hour.`,
    },
    {
      name: 'MySqlErrantTransactions',
      expression: (metrics) => `${metrics.fact('member_errant_transactions')} > 0`,
      forSeconds: 60,
      severity: 'critical',
      summary: `${pod} has {{ $value }} transactions that no other member has.`,
    },
    {
      name: 'MySqlReplicationStopped',
      expression: (metrics) => `(${[
        `${metrics.fact('member_applier_running')} == 0`,
        ...isGroup ? [] : [`${metrics.fact('member_receiver_running')} == 0`],
      ].join(' or ')}) and on (cluster, member) ${metrics.fact('member_role', { role: isGroup ? 'secondary' : 'replica' })}`,
      forSeconds: 60,
      severity: 'warning',
      summary: `${pod} does not get or apply what others write.`,
    },
    {
      name: 'MySqlReplicationLag',
      expression: (metrics) => `${metrics.fact('member_lag_seconds')} > ${maxLagSeconds}`,
      forSeconds: 120,
      severity: 'warning',
      summary: `${pod} is {{ $value }} s behind, and refuses clients from ${maxLagSeconds} s on.`,
    },
    {
      name: 'MySqlConnectionsNearLimit',
      expression: (metrics) => `${metrics.mysql('global_status_threads_connected')} / `
        + `${metrics.mysql('global_variables_max_connections')} > ${bounds.connections}`,
      forSeconds: 300,
      severity: 'warning',
      summary: `${pod} has {{ $value | humanizePercentage }} of the connections that it takes.`,
    },
    {
      name: 'MySqlLongTransaction',
      expression: (metrics) => `${metrics.fact('longest_transaction_seconds')} > ${bounds.transactionSeconds}`,
      forSeconds: 60,
      severity: 'warning',
      summary: `A transaction of ${id} has been open for {{ $value | humanizeDuration }}.`,
    },
    {
      name: 'MySqlVolumeFillsUp',
      expression: (metrics) => `predict_linear(${metrics.fact('member_volume_free_bytes')}[6h], 86400) < 0 and on (cluster, member) `
        + `${metrics.fact('member_volume_used_ratio')} > 0.8`,
      forSeconds: 1800,
      severity: 'warning',
      summary: `The volume of ${pod} is full within a day if it goes on like this.`,
    },
    {
      name: 'MySqlVolumeFull',
      expression: (metrics) => `${metrics.fact('member_volume_used_ratio')} >= 0.9`,
      forSeconds: 60,
      severity: 'critical',
      summary: `The volume of ${pod} is {{ $value | humanizePercentage }} full.`,
    },
    {
      name: 'MySqlCertificateExpires',
      expression: (metrics) => `${metrics.fact('member_certificate_not_after_timestamp_seconds')} - time() < ${bounds.certificateSeconds}`,
      forSeconds: 60,
      severity: 'warning',
      summary: `The certificate of ${pod} expires in {{ $value | humanizeDuration }}.`,
    },
    {
      name: 'MySqlVersionsDiffer',
      expression: (metrics) => `count by (cluster) (count by (cluster, version) (${metrics.fact('member_info')})) > 1`,
      forSeconds: 1800,
      severity: 'warning',
      summary: `The members of ${id} have had different versions for half an hour.`,
    },
  ]);
}
