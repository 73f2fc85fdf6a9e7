import { ClusterName } from './clusters';

/** The series of a cluster, by name and labels, and what each has at the beginning of a minute: a number, or `time` less some seconds. */
export type Series = Record<string, string>;

const CLUSTER = 'cluster="data/mysql"';

/** A series of facts.sh. */
export function fact(name: string, labels: Record<string, string> = {}): string {
  return series(`cdk8s_stateful_mysql_${name}`, labels);
}

/** A series of the exporter, or of facts.sh by its whole name. */
export function series(name: string, labels: Record<string, string> = {}): string {
  return `${name}{${[CLUSTER, ...Object.entries(labels).map(([label, value]) => `${label}="${value}"`)].join(',')}}`;
}

/** Of kube-state-metrics. */
export function ofKubernetes(name: string, labels: Record<string, string>): string {
  return `${name}{${Object.entries({ namespace: 'data', ...labels }).map(([label, value]) => `${label}="${value}"`).join(',')}}`;
}

export const MEMBERS: Record<ClusterName, string[]> = {
  group: ['mysql-0', 'mysql-1', 'mysql-2'],
  replicas: ['mysql-source-0', 'mysql-replica-0', 'mysql-replica-1'],
  'without an archive': ['mysql-0', 'mysql-1', 'mysql-2'],
};

/** What a cluster without a fault serves. */
export function healthy(cluster: ClusterName): Series {
  const isGroup = cluster !== 'replicas';
  const [first, ...others] = MEMBERS[cluster];
  return {
    [fact('members')]: '3',
    [fact('facts_timestamp_seconds')]: 'time',
    [fact('longest_transaction_seconds')]: '1',
    ...ofMember(first, isGroup, isGroup ? 'primary' : 'source', isGroup ? 'PRIMARY' : 'SOURCE'),
    ...Object.assign({}, ...others.map((member) => (
      ofMember(member, isGroup, isGroup ? 'secondary' : 'replica', isGroup ? 'SECONDARY' : 'REPLICA')))) as Series,
    ...cluster === 'group' ? ofArchive() : {},
    ...Object.assign({}, ...[isGroup ? 'mysql' : 'mysql-source', ...isGroup ? [] : ['mysql-replica']].map((statefulset) => ({
      [ofKubernetes('kube_statefulset_status_replicas_updated', { statefulset })]: '3',
      [ofKubernetes('kube_statefulset_replicas', { statefulset })]: '3',
    }))) as Series,
    ...Object.assign({}, ...['mysql-backup', 'mysql-drill'].map((cronjob) => ({
      [ofKubernetes('kube_cronjob_created', { cronjob })]: '0',
      [ofKubernetes('kube_cronjob_status_last_successful_time', { cronjob })]: 'time - 3600',
    }))) as Series,
  };
}

function ofMember(member: string, isGroup: boolean, role: string, state: string): Series {
  const isFollowing = ['secondary', 'replica'].includes(role);
  return {
    [fact('member_answers', { member })]: '1',
    [fact('member_refuses_password', { member })]: '0',
    [fact('member_state', { member, state })]: '1',
    [fact('member_role', { member, role })]: '1',
    [fact('member_info', { member, version: '9.7.4' })]: '1',
    [fact('member_ready', { member })]: '1',
    [fact('member_agent_silent_seconds', { member })]: '3',
    [fact('member_open_for_writes', { member })]: isFollowing ? '0' : '1',
    [fact('member_errant_transactions', { member })]: '0',
    [fact('member_lag_seconds', { member })]: '0',
    [fact('member_online_count', { member })]: isGroup ? '3' : '0',
    [fact('member_majority', { member })]: '1',
    ...isFollowing ? { [fact('member_applier_running', { member })]: '1' } : {},
    ...isFollowing && !isGroup ? { [fact('member_receiver_running', { member })]: '1' } : {},
    [fact('member_volume_free_bytes', { member })]: '1000000000',
    [fact('member_volume_used_ratio', { member })]: '0.4',
    [fact('member_certificate_not_after_timestamp_seconds', { member })]: '900000000',
    [fact('member_start_timestamp_seconds', { member })]: '0',
    [series('mysql_up', { member })]: '1',
    [series('mysql_global_status_threads_connected', { member })]: '10',
    [series('mysql_global_variables_max_connections', { member })]: '100',
  };
}

function ofArchive(): Series {
  return {
    [fact('archive_ready')]: '1',
    [fact('archive_said_timestamp_seconds')]: 'time - 5',
    [fact('backup_proven_count')]: '3',
    [fact('backup_proven_last_timestamp_seconds')]: 'time - 3600',
    [fact('drill_passed_timestamp_seconds')]: 'time - 86400',
    [fact('drill_failed_timestamp_seconds')]: 'time - 172800', // times of before 1970 here: promtool begins there
  };
}
