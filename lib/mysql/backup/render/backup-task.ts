import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireUniqueInApp } from '../../../core/registry';
import { renderCronJob } from '../../../pod/render/jobs';
import { ClusterContext } from '../../context/cluster-context';
import { Component, componentLabels } from '../../context/component-labels';
import { BackupSchedule } from '../backup-schedule';
import { BackupPodConfig, renderBackupPod } from './backup-pod';

/** How long after its time a Job may start, e.g. when the control plane was away. */
const STARTING_DEADLINE_SECONDS = 3600;
/** How long a Job may take that has a copy of the data. */
export const BACKUP_SECONDS_MAX = 12 * 3600;
const RETRIES = 2;
/** The volume of a pod is kept as long as its log. */
const KEPT_SECONDS = 12 * 3600;
const NEVER = '0 0 31 2 *';

/** A task of the backups. */
export interface TaskConfig {
  /** Left out it is suspended: a template of Jobs that an operator creates. */
  readonly schedule?: BackupSchedule;
  readonly deadline: number;
  readonly pod: (labels: BackupPodConfig['labels']) => BackupPodConfig;
}

/** A CronJob whose pod takes the steps of a task. */
export function renderTask(cluster: Construct, context: ClusterContext, component: Component, config: TaskConfig): ApiObject {
  const name = `${context.name}-${component}`;
  const labels = componentLabels(cluster, context, component);
  requireUniqueInApp(cluster, {
    property: 'name', value: name, what: 'a CronJob name', scoped: 'namespace', fix: 'give each cluster its own name',
  });
  return renderCronJob(new Construct(cluster, component), { name, labels: labels.common }, {
    concurrencyPolicy: 'Forbid',
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      spec: {
        activeDeadlineSeconds: config.deadline,
        backoffLimit: config.schedule === undefined ? 0 : RETRIES,
        template: renderBackupPod(cluster, context, config.pod(labels)),
        ttlSecondsAfterFinished: KEPT_SECONDS,
      },
    },
    schedule: config.schedule?._expression ?? NEVER,
    startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
    successfulJobsHistoryLimit: 1,
    suspend: config.schedule === undefined ? true : undefined,
    timeZone: config.schedule?._timeZone,
  });
}
