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
  const byKubernetes = (text: Pick<RuleText, 'name' | 'severity' | 'summary'>, suffix: string, seconds: number): RuleText => (
    { ...text, expression: late(suffix, seconds), forSeconds: 60, requires: 'kube-state-metrics' });
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
  const hasArchive = backups.archive !== undefined;
  const drill = backups.drill._schedule;
  const drillSeconds = drill === undefined ? 0 : (drill._days + 1) * DAY;
  const unproven = `No drill of ${id} has passed in time: it is not proven that a backup can be restored.`;
  const drillTooOld = { name: 'MySqlDrillTooOld', severity: 'warning', summary: unproven } as const;
  const ofDrills: RuleText[] = [
    {
      name: 'MySqlDrillFailed',
      expression: (metrics) => `${metrics.fact('drill_failed_timestamp_seconds')} > ${metrics.fact('drill_passed_timestamp_seconds')}`,
      forSeconds: 60,
      severity: 'critical',
      summary: `The last drill of ${id} failed: what is stored could not be restored, or does not pass the check.`,
    },
    {
      ...drillTooOld,
      expression: (metrics) => `time() - (${metrics.fact('drill_passed_timestamp_seconds')} != 0) > ${drillSeconds}`,
      forSeconds: 60,
    },
    {
      name: 'MySqlDrillMissing',
      expression: (metrics) => `${metrics.fact('drill_passed_timestamp_seconds')} == 0`,
      forSeconds: drillSeconds,
      severity: 'warning',
      summary: `No drill of ${id} has ever passed, since longer than one takes to come.`,
    },
  ];
  return rulesOf(cluster, [
    ...hasArchive ? ofArchive : [byKubernetes(tooOld, 'backup', backupSeconds)],
    ...drill === undefined ? [] : hasArchive ? ofDrills : [byKubernetes(drillTooOld, 'drill', drillSeconds)],
  ]);
}
