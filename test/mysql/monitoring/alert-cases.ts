import { ClusterName } from './clusters';
import { fact, ofKubernetes, Series, series } from './healthy';

/** A fault, and the alert of it. */
export interface AlertCase {
  readonly alert: string;
  readonly cluster: ClusterName;
  /** What series have while it lasts; `none` for one that is gone. Else they are healthy. */
  readonly fault: Series;
  /** The same, but for what makes it one: nobody is to hear of it. */
  readonly twin: Series;
  /** The labels of the series, and the sentence with the numbers. */
  readonly labels: Record<string, string>;
  readonly summary: string;
  /** Other alerts that it brings along. */
  readonly implies?: string[];
  /** For how long it must last before somebody hears of it, in minutes, if not as long as the rule says. */
  readonly minutes?: number;
  /** How long after the fault it may stay, in minutes: 10 if it is not said. */
  readonly resolves?: number;
  /** Between two samples, in minutes. */
  readonly interval?: number;
}

const one = (member: string) => ({ member });
const CLUSTER = {};
/** A member that does not answer has no other series of facts. */
const silent = (cluster: ClusterName, member: string, role: string, state: string): Series => ({
  [fact('member_answers', { member })]: '0',
  ...Object.fromEntries([
    fact('member_state', { member, state }), fact('member_role', { member, role }), fact('member_info', { member, version: '9.7.4' }),
    ...['ready', 'agent_silent_seconds', 'open_for_writes', 'errant_transactions', 'lag_seconds', 'online_count', 'majority',
      'applier_running', 'volume_free_bytes', 'volume_used_ratio', 'certificate_not_after_timestamp_seconds', 'start_timestamp_seconds',
    ].map((name) => fact(`member_${name}`, { member })),
    ...cluster === 'replicas' ? [fact('member_receiver_running', { member })] : [],
  ].map((name) => [name, 'none'])),
  [series('mysql_up', { member })]: '0',
});

/** Each alert at least once. */
export const ALERT_CASES: AlertCase[] = [
  {
    alert: 'MySqlNoPrimary', cluster: 'group', labels: CLUSTER, summary: 'data/mysql takes no writes: no member is open for them.',
    fault: { [fact('member_open_for_writes', one('mysql-0'))]: '0' },
    twin: { [fact('member_open_for_writes', one('mysql-0'))]: '0', [fact('member_open_for_writes', one('mysql-1'))]: '1' },
  },
  {
    alert: 'MySqlNoPrimary', cluster: 'replicas', labels: CLUSTER, summary: 'data/mysql takes no writes: no member is open for them.',
    fault: silent('replicas', 'mysql-source-0', 'source', 'SOURCE'), implies: ['MySqlMemberDown'], minutes: 3,
    // Where a member does not take the password, nobody knows whether it is open.
    twin: {
      ...silent('replicas', 'mysql-source-0', 'source', 'SOURCE'), [fact('member_refuses_password', one('mysql-source-0'))]: '1',
    },
  },
  {
    alert: 'MySqlTwoPrimaries', cluster: 'group', labels: CLUSTER, summary: 'data/mysql has 2 members that are open for writes.',
    fault: { [fact('member_open_for_writes', one('mysql-1'))]: '1' },
    twin: { [fact('member_open_for_writes', one('mysql-1'))]: '1', [fact('member_open_for_writes', one('mysql-0'))]: '0' },
  },
  {
    alert: 'MySqlGroupNoMajority', cluster: 'group', labels: CLUSTER,
    summary: 'No member of data/mysql reaches more than half of the group.',
    fault: {
      ...Object.fromEntries(['mysql-0', 'mysql-1', 'mysql-2'].flatMap((member) => [
        [fact('member_majority', { member }), '0'], [fact('member_online_count', { member }), '1'],
      ])),
      [fact('member_open_for_writes', one('mysql-0'))]: '0',
    },
    implies: ['MySqlNoPrimary', 'MySqlGroupDegraded'],
    twin: { [fact('member_majority', one('mysql-2'))]: '0' },
  },
  {
    alert: 'MySqlGroupNobodyOnline', cluster: 'group', labels: CLUSTER, summary: 'No member of data/mysql is in a group that works.',
    fault: {
      ...Object.fromEntries(['mysql-0', 'mysql-1', 'mysql-2'].flatMap((member) => [
        [fact('member_majority', { member }), '0'], [fact('member_online_count', { member }), '0'],
      ])),
      [fact('member_open_for_writes', one('mysql-0'))]: '0',
    },
    implies: ['MySqlNoPrimary', 'MySqlGroupDegraded'],
    twin: { [fact('member_online_count', one('mysql-2'))]: '0', [fact('member_role', { member: 'mysql-2', role: 'secondary' })]: 'none' },
  },
  {
    alert: 'MySqlGroupDegraded', cluster: 'group', labels: CLUSTER, summary: 'Only 2 members of data/mysql are in the group.',
    fault: {
      [fact('member_online_count', one('mysql-0'))]: '2', [fact('member_online_count', one('mysql-1'))]: '2',
      [fact('member_role', { member: 'mysql-2', role: 'secondary' })]: 'none',
    },
    twin: { [fact('member_role', { member: 'mysql-2', role: 'secondary' })]: 'none' },
  },
  {
    alert: 'MySqlGroupViewsDiffer', cluster: 'group', labels: CLUSTER,
    summary: 'Members of data/mysql do not agree on who is in the group.',
    fault: { [fact('member_online_count', one('mysql-1'))]: '2' },
    twin: { [fact('member_online_count', one('mysql-1'))]: '2', [fact('member_role', { member: 'mysql-1', role: 'secondary' })]: 'none' },
  },
  {
    alert: 'MySqlMemberDown', cluster: 'group', labels: one('mysql-2'), summary: 'mysql-2 of data/mysql does not answer.',
    fault: {
      ...silent('group', 'mysql-2', 'secondary', 'SECONDARY'),
      [fact('member_online_count', one('mysql-0'))]: '2', [fact('member_online_count', one('mysql-1'))]: '2',
    },
    implies: ['MySqlGroupDegraded'],
    twin: { ...silent('group', 'mysql-2', 'secondary', 'SECONDARY'), [fact('member_refuses_password', one('mysql-2'))]: '1' },
  },
  {
    alert: 'MySqlMemberNotReady', cluster: 'group', labels: { ...one('mysql-1'), state: 'SECONDARY' },
    summary: 'mysql-1 of data/mysql has not been ready for 10 minutes: SECONDARY.',
    fault: { [fact('member_ready', one('mysql-1'))]: '0' },
    twin: { [fact('member_lag_seconds', one('mysql-1'))]: '20' },
  },
  {
    alert: 'MySqlAgentSilent', cluster: 'group', labels: one('mysql-1'),
    summary: 'The agent of mysql-1 of data/mysql has said nothing for 75 s.',
    fault: { [fact('member_agent_silent_seconds', one('mysql-1'))]: '75' },
    twin: { [fact('member_agent_silent_seconds', one('mysql-1'))]: '15' },
  },
  {
    alert: 'MySqlServerRestarts', cluster: 'group', labels: one('mysql-1'), minutes: 30, resolves: 65,
    summary: 'The server of mysql-1 of data/mysql has started 35 times in an hour.',
    fault: { [fact('member_start_timestamp_seconds', one('mysql-1'))]: 'time' },
    twin: { [fact('member_start_timestamp_seconds', one('mysql-1'))]: '700' },
  },
  {
    alert: 'MySqlErrantTransactions', cluster: 'group', labels: one('mysql-1'),
    summary: 'mysql-1 of data/mysql has 2 transactions that no other member has.',
    fault: { [fact('member_errant_transactions', one('mysql-1'))]: '2' },
    twin: { [fact('member_missing_transactions', one('mysql-1'))]: '2' },
  },
  {
    alert: 'MySqlReplicationStopped', cluster: 'replicas', labels: one('mysql-replica-0'),
    summary: 'mysql-replica-0 of data/mysql does not get or apply what others write.',
    fault: { [fact('member_receiver_running', one('mysql-replica-0'))]: '0' },
    twin: {
      [fact('member_receiver_running', one('mysql-replica-0'))]: '0',
      [fact('member_role', { member: 'mysql-replica-0', role: 'replica' })]: 'none',
    },
  },
  {
    alert: 'MySqlReplicationStopped', cluster: 'group', labels: one('mysql-2'),
    summary: 'mysql-2 of data/mysql does not get or apply what others write.',
    fault: { [fact('member_applier_running', one('mysql-2'))]: '0' },
    twin: { [fact('member_queue_transactions', one('mysql-2'))]: '1000' },
  },
  {
    alert: 'MySqlReplicationLag', cluster: 'replicas', labels: one('mysql-replica-1'),
    summary: 'mysql-replica-1 of data/mysql is 31 s behind, and refuses clients from 30 s on.',
    fault: { [fact('member_lag_seconds', one('mysql-replica-1'))]: '31' },
    twin: { [fact('member_lag_seconds', one('mysql-replica-1'))]: '30' },
  },
  {
    alert: 'MySqlConnectionsNearLimit', cluster: 'group', labels: one('mysql-0'),
    summary: 'mysql-0 of data/mysql has 81% of the connections that it takes.',
    fault: { [series('mysql_global_status_threads_connected', one('mysql-0'))]: '81' },
    twin: { [series('mysql_global_status_threads_connected', one('mysql-0'))]: '80' },
  },
  {
    alert: 'MySqlLongTransaction', cluster: 'group', labels: CLUSTER, summary: 'A transaction of data/mysql has been open for 30m 1s.',
    fault: { [fact('longest_transaction_seconds')]: '1801' },
    twin: { [fact('longest_transaction_seconds')]: '1799' },
  },
  {
    alert: 'MySqlVolumeFillsUp', cluster: 'group', labels: one('mysql-1'), minutes: 60,
    summary: 'The volume of mysql-1 of data/mysql is full within a day if it goes on like this.',
    fault: { [fact('member_volume_free_bytes', one('mysql-1'))]: 'falls', [fact('member_volume_used_ratio', one('mysql-1'))]: '0.85' },
    twin: { [fact('member_volume_free_bytes', one('mysql-1'))]: 'falls', [fact('member_volume_used_ratio', one('mysql-1'))]: '0.79' },
  },
  {
    alert: 'MySqlVolumeFull', cluster: 'group', labels: one('mysql-1'), summary: 'The volume of mysql-1 of data/mysql is 90% full.',
    fault: { [fact('member_volume_used_ratio', one('mysql-1'))]: '0.9' },
    twin: { [fact('member_volume_used_ratio', one('mysql-1'))]: '0.89' },
  },
  {
    alert: 'MySqlCertificateExpires', cluster: 'group', labels: one('mysql-1'),
    summary: 'The certificate of mysql-1 of data/mysql expires in 13d 0h 0m 0s.',
    fault: { [fact('member_certificate_not_after_timestamp_seconds', one('mysql-1'))]: 'time + 1123200' },
    twin: { [fact('member_certificate_not_after_timestamp_seconds', one('mysql-1'))]: 'time + 1296000' },
  },
  {
    alert: 'MySqlVersionsDiffer', cluster: 'group', labels: CLUSTER,
    summary: 'The members of data/mysql have had different versions for half an hour.',
    fault: {
      [fact('member_info', { member: 'mysql-2', version: '9.7.4' })]: 'none',
      [fact('member_info', { member: 'mysql-2', version: '9.7.5' })]: '1',
    },
    twin: { [fact('member_info', { member: 'mysql-2', version: '9.7.4' })]: 'none' },
  },
  {
    alert: 'MySqlBackupTooOld', cluster: 'group', labels: CLUSTER, summary: 'data/mysql has no proven backup that is new enough.',
    fault: { [fact('backup_proven_last_timestamp_seconds')]: 'time - 129601' },
    twin: { [fact('backup_proven_last_timestamp_seconds')]: 'time - 129599' },
  },
  {
    alert: 'MySqlBackupMissing', cluster: 'group', labels: CLUSTER,
    summary: 'data/mysql has no proven backup at all, since longer than one takes to come.',
    fault: { [fact('backup_proven_last_timestamp_seconds')]: 'none', [fact('backup_proven_count')]: '0' },
    twin: { [fact('backup_proven_count')]: '1' }, minutes: 2160, interval: 4,
  },
  {
    alert: 'MySqlBackupTooOld', cluster: 'without an archive', labels: { namespace: 'data', cronjob: 'mysql-backup' },
    summary: 'data/mysql has no proven backup that is new enough.',
    fault: { [ofKubernetes('kube_cronjob_status_last_successful_time', { cronjob: 'mysql-backup' })]: 'time - 129601' },
    twin: { [ofKubernetes('kube_cronjob_status_last_successful_time', { cronjob: 'mysql-backup' })]: 'none' },
  },
  {
    alert: 'MySqlArchiveBehind', cluster: 'group', labels: CLUSTER,
    summary: 'The archive of data/mysql does not store what is written: it could be lost.',
    fault: { [fact('archive_ready')]: '0' },
    twin: { [fact('archive_said_timestamp_seconds')]: 'time - 60' },
  },
  {
    alert: 'MySqlArchiveBehind', cluster: 'group', labels: CLUSTER,
    summary: 'The archive of data/mysql does not store what is written: it could be lost.',
    fault: {
      [fact('archive_ready')]: 'none', [fact('archive_said_timestamp_seconds')]: 'none', [fact('backup_proven_count')]: 'none',
      [fact('backup_proven_last_timestamp_seconds')]: 'none', [fact('drill_passed_timestamp_seconds')]: 'none',
      [fact('drill_failed_timestamp_seconds')]: 'none',
    },
    twin: { [fact('backup_proven_count')]: '1' },
  },
  {
    alert: 'MySqlDrillFailed', cluster: 'group', labels: CLUSTER,
    summary: 'The last drill of data/mysql failed: what is stored could not be restored, or does not pass the check.',
    fault: { [fact('drill_failed_timestamp_seconds')]: 'time - 3600' },
    twin: { [fact('drill_failed_timestamp_seconds')]: 'time - 86500' },
  },
  {
    alert: 'MySqlDrillTooOld', cluster: 'group', labels: CLUSTER,
    summary: 'No drill of data/mysql has passed in time: it is not proven that a backup can be restored.',
    fault: { [fact('drill_passed_timestamp_seconds')]: 'time - 691201', [fact('drill_failed_timestamp_seconds')]: 'time - 777600' },
    twin: { [fact('drill_passed_timestamp_seconds')]: 'time - 691199' },
  },
  {
    alert: 'MySqlDrillMissing', cluster: 'group', labels: CLUSTER,
    summary: 'No drill of data/mysql has ever passed, since longer than one takes to come.',
    fault: { [fact('drill_passed_timestamp_seconds')]: '0', [fact('drill_failed_timestamp_seconds')]: '0' },
    twin: { [fact('drill_passed_timestamp_seconds')]: 'time - 86400' }, minutes: 11520, interval: 16,
  },
  {
    alert: 'MySqlDrillTooOld', cluster: 'without an archive', labels: { namespace: 'data', cronjob: 'mysql-drill' },
    summary: 'No drill of data/mysql has passed in time: it is not proven that a backup can be restored.',
    fault: { [ofKubernetes('kube_cronjob_status_last_successful_time', { cronjob: 'mysql-drill' })]: 'time - 691201' },
    twin: { [ofKubernetes('kube_cronjob_status_last_successful_time', { cronjob: 'mysql-drill' })]: 'time - 691199' },
  },
  {
    alert: 'MySqlFactsMissing', cluster: 'group', labels: CLUSTER,
    summary: 'Nobody watches data/mysql: the pod with its metrics is away, or hears nothing.',
    fault: { [fact('facts_timestamp_seconds')]: 'none' },
    twin: { [fact('facts_timestamp_seconds')]: 'time - 45' },
  },
  {
    alert: 'MySqlFactsMissing', cluster: 'group', labels: CLUSTER,
    summary: 'Nobody watches data/mysql: the pod with its metrics is away, or hears nothing.',
    fault: { [fact('facts_timestamp_seconds')]: 'time - 61' },
    twin: { [fact('facts_timestamp_seconds')]: 'time - 45' },
  },
  {
    alert: 'MySqlMetricsRefused', cluster: 'group', labels: one('mysql-1'),
    summary: 'mysql-1 of data/mysql does not take the password of the account metrics.',
    fault: { ...silent('group', 'mysql-1', 'secondary', 'SECONDARY'), [fact('member_refuses_password', one('mysql-1'))]: '1' },
    twin: { [fact('member_ready', one('mysql-1'))]: '0' },
  },
  {
    alert: 'MySqlExporterMissing', cluster: 'group', labels: one('mysql-1'),
    summary: 'The exporter says nothing of mysql-1 of data/mysql, which answers.',
    fault: { [series('mysql_up', one('mysql-1'))]: 'none' },
    twin: { [series('mysql_up', one('mysql-1'))]: 'none', ...silent('group', 'mysql-1', 'secondary', 'SECONDARY') },
  },
  {
    alert: 'MySqlRolloutStuck', cluster: 'group', labels: { namespace: 'data', statefulset: 'mysql' },
    summary: 'A change of mysql of data/mysql has not reached all pods for half an hour.',
    fault: { [ofKubernetes('kube_statefulset_status_replicas_updated', { statefulset: 'mysql' })]: '2' },
    twin: { [ofKubernetes('kube_statefulset_replicas', { statefulset: 'mysql' })]: '2' },
  },
];
