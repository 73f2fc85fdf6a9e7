import { MonitoredCluster } from '../../metrics/monitored-cluster';
import { Metrics, Rule, rulesOf, RuleText } from './rule';

/** Whether writes go somewhere, and to one member only. */
export function availabilityRules(cluster: MonitoredCluster): Rule[] {
  const { id } = cluster;
  return rulesOf(cluster, [
    {
      name: 'MySqlNoPrimary',
      // Where a member does not take the password, it is unknown whether that one is open.
      expression: (metrics) => `${metrics.fact('members')} unless on (cluster) `
        + `(sum by (cluster) (${metrics.fact('member_open_for_writes')}) > 0) unless on (cluster) `
        + `(sum by (cluster) (${metrics.fact('member_refuses_password')}) > 0)`,
      forSeconds: 25,
      severity: 'critical',
      isUrgent: true,
      summary: `${id} takes no writes: no member is open for them.`,
    },
    {
      name: 'MySqlTwoPrimaries',
      expression: (metrics) => `sum by (cluster) (${metrics.fact('member_open_for_writes')}) > 1`,
      forSeconds: 25,
      severity: 'critical',
      isUrgent: true,
      summary: `${id} has {{ $value }} members that are open for writes.`,
    },
    ...cluster.isGroup ? ofGroups(id) : [],
  ]);
}

const views = (metrics: Metrics) => (
  `${metrics.fact('member_online_count')} and on (cluster, member) ${metrics.fact('member_role', { role: '~primary|secondary' })}`
);

function ofGroups(id: string): RuleText[] {
  return [
    {
      // No failover looks so, and members leave such a group after half a minute.
      name: 'MySqlGroupNoMajority',
      expression: (metrics) => `max by (cluster) (${metrics.fact('member_majority')}) == 0 and on (cluster) `
        + `max by (cluster) (${metrics.fact('member_online_count')}) > 0`,
      forSeconds: 10,
      severity: 'critical',
      isUrgent: true,
      summary: `No member of ${id} reaches more than half of the group.`,
    },
    {
      name: 'MySqlGroupNobodyOnline',
      expression: (metrics) => `max by (cluster) (${metrics.fact('member_online_count')}) == 0`,
      forSeconds: 60,
      severity: 'critical',
      isUrgent: true,
      summary: `No member of ${id} is in a group that works.`,
    },
    {
      name: 'MySqlGroupDegraded',
      expression: (metrics) => `max by (cluster) (${views(metrics)}) < on (cluster) ${metrics.fact('members')}`,
      forSeconds: 300,
      severity: 'warning',
      summary: `Only {{ $value }} members of ${id} are in the group.`,
    },
    {
      name: 'MySqlGroupViewsDiffer',
      expression: (metrics) => `max by (cluster) (${views(metrics)}) - min by (cluster) (${views(metrics)}) > 0`,
      forSeconds: 300,
      severity: 'warning',
      summary: `Members of ${id} do not agree on who is in the group.`,
    },
  ];
}
