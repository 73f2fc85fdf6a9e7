import { QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { query } from './board';

/** A fact of the agents about the chosen cluster, `max by` these labels: so the pods that serve facts may change and overlap. */
export function fact(name: string, by: string[] = [], matchers = ''): string {
  const what = `cdk8s_stateful_mysql_${name}{cluster="$cluster"${matchers}}`;
  return by.length === 0 ? `max(${what})` : `max by (${by.join(', ')}) (${what})`;
}

/** The same, or what it was last in the range of time of the dashboard: what a pod said that is away now. */
export function lastFact(name: string): string {
  return `max(last_over_time(cdk8s_stateful_mysql_${name}{cluster="$cluster"}[$__range]))`;
}

/** A metric of the exporter about the chosen members of the cluster. */
export function ofMembers(name: string, matchers = ''): string {
  return `mysql_${name}{cluster="$cluster", pod=~"$member"${matchers}}`;
}

/** The cluster, as `namespace/name`. */
export function clusterVariable(): QueryVariableBuilder {
  return query('cluster', { label: 'Cluster', query: 'label_values(cdk8s_stateful_mysql_members, cluster)' });
}

export function memberVariable(): QueryVariableBuilder {
  return query('member', {
    label: 'Member', query: 'label_values(cdk8s_stateful_mysql_member_answers{cluster="$cluster"}, member)', isMany: true,
  });
}

/** What parts of the name of the chosen cluster are: hidden variables `namespace` and `name`, for metrics of Kubernetes. */
export function nameVariables(): QueryVariableBuilder[] {
  const all = 'label_values(cdk8s_stateful_mysql_members{cluster="$cluster"}, cluster)';
  return [
    query('namespace', { label: 'Namespace', query: all, part: '/^([^\\/]+)\\//', isHidden: true }),
    query('name', { label: 'Name', query: all, part: '/\\/(.+)$/', isHidden: true }),
  ];
}
