import { MonitoredCluster } from '../../metrics/monitored-cluster';
import { Bounds, Rule, rulesOf, RuleText } from './rule';

const SAID_SECONDS_MAX = 120;
const DAY = 86400;

/** Whether the data could be restored. An archive says what the store has; without one only Kubernetes knows of backups. */
export function backupRules(cluster: MonitoredCluster, { backupSeconds }: Bounds): Rule[] {
  const { id, name, namespace, backups } = cluster;
  if (backups === undefined) {
    return [];
  }
  const tooOld = { name: 'MySqlBackupTooOld', severity: 'critical', summary: `${id} has no proven backup that is new enough.` } as const;
  const late = (suffix: string, seconds: number): RuleText['expression'] => (metrics) => {
    const success = metrics.metric('kube_cronjob_status_last_successful_time', { namespace, cronjob: `${name}-${suffix}` });
    const created = metrics.metric('kube_cronjob_created', { namespace, cronjob: `${name}-${suffix}` });
    return `time() - (${success} or ${created}) > ${seconds}`;
  };
  const ofArchive: RuleText[] = [
    {
      ...tooOld,
      expression: (metrics) => `time() - ${metrics.fact('backup_proven_last_timestamp_seconds')} > ${backupSeconds}`,
      forSeconds: 60,
    },
    {
      name: 'MySqlBackupMissing',
      expression: (metrics) => `${metrics.fact('backup_proven_count')} == 0`,
      forSeconds: backupSeconds,
      severity: 'critical',
      summary: `${id} has no proven backup at all, since longer than one takes to come.`,
    },
    {
      name: 'MySqlArchiveBehind',
      expression: (metrics) => `${metrics.fact('archive_ready')} == 0 or `
        + `time() - ${metrics.fact('archive_said_timestamp_seconds')} > ${SAID_SECONDS_MAX} or `
        + `${metrics.fact('members')} unless on (cluster) ${metrics.fact('archive_ready')}`,
      forSeconds: 120,
      severity: 'critical',
      summary: `The archive of ${id} does not store what is written: it could be lost.`,
    },
  ];
  const drill = backups.drill._schedule;
  return rulesOf(cluster, [
    ...backups.archive === undefined
      ? [{ ...tooOld, expression: late('backup', backupSeconds), forSeconds: 60, requires: 'kube-state-metrics' } as const] : ofArchive,
    ...drill === undefined ? [] : [{
      name: 'MySqlDrillFailed',
      expression: late('drill', (drill._days + 1) * DAY),
      forSeconds: 60,
      severity: 'warning',
      requires: 'kube-state-metrics',
      summary: `No drill of ${id} has succeeded in time: it is not proven that a backup can be restored.`,
    } as const],
  ]);
}
