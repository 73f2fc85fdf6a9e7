import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { PATHS } from '../../constants/paths';
import { ClusterContext } from '../../context/cluster-context';
import { ResolvedBackups } from '../mysql-backups';
import { renderServerContainer, renderStoreContainer } from './backup-container';
import { BACKUP_SECONDS_MAX, renderTask } from './backup-task';
import { renderScratch, SCRATCH_MOUNT } from './backup-volumes';
import { fetchSteps } from './fetch-steps';

/** The scratch volume holds the restored data, and as much again for the statements. */
const SCRATCH_FACTOR = 2;
const SCRATCH_MOUNTS = { volumeMounts: [SCRATCH_MOUNT] };

/** The CronJob of the dump, which restores the newest backup as a drill does; undefined without dumps. */
export function renderDumpCronJob(cluster: Construct, context: ClusterContext, backups: ResolvedBackups): ApiObject | undefined {
  const { store, dump, folder, scratch } = backups;
  if (dump._schedule === undefined) {
    return undefined;
  }
  return renderTask(cluster, context, 'dump', {
    schedule: dump._schedule,
    deadline: BACKUP_SECONDS_MAX,
    pod: (labels) => ({
      labels,
      store,
      accounts: [], // so it can change nothing in the cluster
      steps: [
        ...fetchSteps(cluster, context, store, { DRILL: '1', RESTORE_UNTIL: 'latest' }, {}),
        renderServerContainer(cluster, context, {
          name: 'dump', program: 'dump.sh', isAlone: true, ...SCRATCH_MOUNTS,
          environment: { VOLUME: PATHS.scratch, RESTORE_UNTIL: 'latest', DUMP_DATABASES: dump._databases.join(' ') },
        }),
        renderStoreContainer(cluster, context, store, 'restic', {
          name: 'store', program: 'store-dump.sh', environment: { CLUSTER: folder, KEEP_DUMPS: String(dump._keep) }, ...SCRATCH_MOUNTS,
        }),
      ],
      volumes: [
        renderScratch({ ...scratch, size: Size.kibibytes(scratch.size.toKibibytes() * SCRATCH_FACTOR) }, labels.common),
      ],
    }),
  });
}
