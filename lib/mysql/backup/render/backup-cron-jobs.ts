import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PATHS } from '../../constants/paths';
import { ClusterContext } from '../../context/cluster-context';
import { ResolvedBackups } from '../mysql-backups';
import { renderServerContainer, renderStoreContainer } from './backup-container';
import { backupPodConfig, renderLook } from './backup-steps';
import { BACKUP_SECONDS_MAX, renderTask } from './backup-task';
import { renderScratch, SCRATCH_MOUNT } from './backup-volumes';
import { fetchSteps } from './fetch-steps';

const LIST_SECONDS_MAX = 600;

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
        renderStoreContainer(cluster, context, store, 'rclone', {
          name: 'publish', program: 'publish-drill.sh', environment: {}, ...scratchMounts,
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
