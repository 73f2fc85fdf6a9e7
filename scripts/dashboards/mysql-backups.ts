import { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { board, Row } from './board';
import { clusterVariable, fact, lastFact, nameVariables } from './mysql';
import { series, stat, timeline } from './panels';

const HOURS = 3600;
const DAYS = 24 * HOURS;
const RECOVERABLE = 'archive_recoverable_until_timestamp_seconds';
const DRILLED = 'drill_passed_timestamp_seconds';
const PROVEN = 'backup_proven_last_timestamp_seconds';

/** The last success of a CronJob of the cluster. */
function cronJobs(word: string): string {
  return `kube_cronjob_status_last_successful_time{namespace="$namespace", cronjob=~"$name-${word}"}`;
}

const FIRST: Row = {
  panels: [
    stat({
      title: 'Recoverable until', width: 4, noValue: 'no archive', unit: 's', decimals: 0,
      steps: ['green', [120, 'orange'], [300, 'red']],
      description: 'How long ago the last moment is that a restore can reach. Later transactions are lost with the members.',
      endless: [1e8, 'NOTHING', 'red'], expr: `time() - (${lastFact(RECOVERABLE)} or 0 * ${lastFact('archive_ready')})`,
    }),
    stat({
      title: 'Last proven backup', width: 4, noValue: 'no archive', unit: 's', decimals: 0,
      steps: ['green', [26 * HOURS, 'orange'], [50 * HOURS, 'red']],
      endless: [1e8, 'NONE', 'red'], description: 'The age of the newest backup that was restored once, to prove it.',
      expr: `time() - (${lastFact(PROVEN)} or 0 * ${lastFact('archive_ready')})`,
    }),
    stat({
      title: 'Archive', width: 4, noValue: 'no archive', name: '{{state}}', steps: ['red', [1, 'green']],
      description: 'The state of the pod that stores binary logs. Red: it is not ready.',
      expr: `(${fact('archive_state', ['state'])} == 1) * on () group_left () ${fact('archive_ready')}`
        + ` or on () label_replace(0 * ${lastFact('archive_ready')}, "state", "NO ANSWER", "", "")`,
    }),
    stat({
      title: 'Last drill', width: 4, noValue: 'no archive', unit: 's', decimals: 0,
      steps: ['green', [8 * DAYS, 'orange'], [15 * DAYS, 'red']],
      description: 'Since a drill restored the cluster into a server of its own and its check passed.',
      endless: [1e8, 'NEVER', 'red'], expr: `time() - (${lastFact(DRILLED)} or 0 * ${lastFact('archive_ready')})`,
    }),
    stat({
      title: 'Proven backups', width: 4, noValue: '?', steps: ['red', [1, 'green']],
      description: 'How many backups a restore can start from.',
      expr: fact('backup_proven_count'),
    }),
    stat({
      title: 'Size of the backups', width: 4, noValue: '?', unit: 'bytes', decimals: 1, steps: ['text'],
      description: 'Of the data in all proven backups, before the store compresses it.', expr: fact('backup_bytes'),
    }),
  ],
};

const HISTORY: Row = {
  title: 'Over time',
  panels: [
    timeline({
      title: 'Archive', width: 24, height: 4, description: 'While it is not ready, no binary log arrives in the store.',
      meanings: { 0: ['not ready', 'red'], 1: ['ready', 'green'] }, lines: [{ name: 'archive', expr: fact('archive_ready') }],
    }),
    series({
      title: 'What would be lost', width: 12, unit: 's', description: 'How far back the last moment is that a restore can reach.',
      lines: [{ name: 'recoverable until', expr: `time() - (${fact(RECOVERABLE)} > 0)` }],
    }),
    series({
      title: 'Age of the last proven backup', width: 12, unit: 's', description: 'It falls whenever a backup is proven.',
      lines: [{ name: 'last proven backup', expr: `time() - (${fact(PROVEN)} > 0)` }],
    }),
    series({
      title: 'Size of the backups', width: 8, unit: 'bytes', description: 'Of the data in all proven backups, and in the newest one.',
      lines: [{ name: 'all', expr: fact('backup_bytes') }, { name: 'newest', expr: fact('backup_last_bytes') }],
    }),
    series({
      title: 'Proven backups', width: 8, description: 'How many a restore can start from.',
      lines: [{ name: 'proven', expr: fact('backup_proven_count') }],
    }),
    series({
      title: 'Free space of the archive', width: 8, unit: 'bytes', description: 'Of its volume, where binary logs wait for the store.',
      lines: [{ name: 'free', expr: fact('archive_volume_free_bytes') }],
    }),
  ],
};

const KUBERNETES: Row = {
  title: 'CronJobs, by kube-state-metrics',
  panels: [
    series({
      title: 'Since the last success', width: 12, unit: 's', description: 'Of each CronJob of the cluster. It needs kube-state-metrics.',
      lines: [{
        name: '{{cronjob}}',
        expr: `time() - max by (cronjob) (${cronJobs('(backup|drill)')})`,
      }],
    }),
    series({
      title: 'Failed Jobs', width: 12, description: 'Jobs that failed and are still there. It needs kube-state-metrics.',
      lines: [{
        name: 'failed',
        expr: 'count(kube_job_status_failed{namespace="$namespace", job_name=~"$name-(backup|drill)-.*"} > 0) or vector(0)',
      }],
    }),
  ],
};

/** The backups: how much would be lost now, and whether a restore would work. */
export function mysqlBackups(): Dashboard {
  return board({
    uid: 'cdk8s-stateful-mysql-backups',
    title: 'MySQL backups',
    description: 'The backups of a MySqlCluster: the archive of binary logs, proven backups, drills.',
    tag: 'cdk8s-stateful-mysql',
    variables: [clusterVariable(), ...nameVariables()],
    rows: [FIRST, HISTORY, KUBERNETES],
  });
}
