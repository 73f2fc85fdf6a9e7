import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireUniqueInApp } from '../../../core/registry';
import { renderCronJob } from '../../../pod/render/jobs';
import { PATHS } from '../../constants/paths';
import { ClusterContext } from '../../context/cluster-context';
import { Component, componentLabels } from '../../context/component-labels';
import { BackupSchedule } from '../backup-schedule';
import { ResolvedBackups } from '../mysql-backups';
import { renderServerContainer, renderStoreContainer } from './backup-container';
import { BackupPodConfig, renderBackupPod } from './backup-pod';
import { backupPodConfig, renderLook } from './backup-steps';
import { renderScratch, SCRATCH_MOUNT } from './backup-volumes';
import { fetchSteps } from './fetch-steps';

/** How long after its time a Job may start, e.g. when the control plane was away. */
const STARTING_DEADLINE_SECONDS = 3600;
const BACKUP_SECONDS_MAX = 12 * 3600;
const LIST_SECONDS_MAX = 600;
const RETRIES = 2;
/** The volume of a pod is kept as long as its log. */
const KEPT_SECONDS = 12 * 3600;
const NEVER = '0 0 31 2 *';

/** The ConfigMap with the statements of the drill. */
export const CHECK_VOLUME = 'check';

/** The CronJob of the backup, that of the drill, and a suspended one that lists what there is. */
export function renderBackupCronJobs(cluster: Construct, context: ClusterContext, backups: ResolvedBackups): Record<string, ApiObject> {
  const { store, drill } = backups;
  const { name } = context;
  const scratchMounts = { volumeMounts: [SCRATCH_MOUNT] };
  const look = renderLook(cluster, context, store);
  const backup = renderTask(cluster, context, 'backup', {
    schedule: backups.schedule,
    deadline: BACKUP_SECONDS_MAX,
    pod: (labels) => backupPodConfig(cluster, context, backups, labels),
  });
  const list = renderTask(cluster, context, 'backup-list', {
    deadline: LIST_SECONDS_MAX,
    pod: (labels) => ({
      labels,
      store,
      steps: [
        look,
        renderStoreContainer(cluster, context, store, 'rclone', { name: 'list', program: 'list.sh', environment: {}, ...scratchMounts }),
      ],
      volumes: [{ name: SCRATCH_MOUNT.name, emptyDir: { sizeLimit: '256Mi' } }],
    }),
  });
  const check = drill._check === undefined ? [] : [{ name: CHECK_VOLUME, mountPath: PATHS.backup }];
  const drills = drill._schedule === undefined ? undefined : renderTask(cluster, context, 'drill', {
    schedule: drill._schedule,
    deadline: BACKUP_SECONDS_MAX,
    pod: (labels) => ({
      labels,
      store,
      accounts: [], // so it can change nothing in the cluster
      steps: [
        ...fetchSteps(cluster, context, store, { DRILL: '1', RESTORE_UNTIL: 'latest' }),
        renderServerContainer(cluster, context, {
          name: 'drill', program: 'drill.sh', isAlone: true, volumeMounts: [SCRATCH_MOUNT, ...check],
          environment: {
            VOLUME: PATHS.scratch, RESTORE_UNTIL: 'latest',
            ...drill._check === undefined ? {} : { DRILL_CHECK_FILE: `${PATHS.backup}/check.sql` },
          },
        }),
      ],
      volumes: [
        renderScratch(backups.scratch, labels.common),
        ...drill._check === undefined ? [] : [{ name: CHECK_VOLUME, configMap: { name: `${name}-drill` } }],
      ],
    }),
  });
  return { backup, list, ...drills === undefined ? {} : { drill: drills } };
}

interface CronJobConfig {
  /** Left out it is suspended: a template of Jobs that an operator creates. */
  readonly schedule?: BackupSchedule;
  readonly deadline: number;
  readonly pod: (labels: BackupPodConfig['labels']) => BackupPodConfig;
}

function renderTask(cluster: Construct, context: ClusterContext, component: Component, config: CronJobConfig): ApiObject {
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
