import { Construct } from 'constructs';
import { LabelSet } from '../../../core/labels';
import { ContainerConfig } from '../../../pod/render/stateful-set';
import { PATHS } from '../../constants/paths';
import { ClusterContext } from '../../context/cluster-context';
import { ResolvedStore } from '../mysql-backup';
import { ResolvedBackups } from '../mysql-backups';
import { renderServerContainer, renderStoreContainer } from './backup-container';
import { BackupPodConfig } from './backup-pod';
import { renderScratch, SCRATCH_MOUNT } from './backup-volumes';

/** A first backup waits so long for a member that may be copied: the others copy the restored data first. */
const WAIT_SECONDS_MAX = 24 * 3600;
const SCRATCH_MOUNTS = { volumeMounts: [SCRATCH_MOUNT] };

/** The step that reads what the store has. */
export function renderLook(
  scope: Construct, context: ClusterContext, store: ResolvedStore, environment: Record<string, string> = {},
): ContainerConfig {
  return renderStoreContainer(scope, context, store, 'rclone', { name: 'look', program: 'look.sh', environment, ...SCRATCH_MOUNTS });
}

/**
 * The pod that makes a backup.
 *
 * @param firstOf the timeline of which this is the first backup: it waits for its data, and does nothing where there is a base of it
 */
export function backupPodConfig(
  scope: Construct, context: ClusterContext, backups: ResolvedBackups, labels: LabelSet, firstOf?: string,
): BackupPodConfig {
  const { store } = backups;
  const clusterName = { CLUSTER: backups.folder };
  const first: Record<string, string> = firstOf === undefined ? {} : { FIRST_OF: firstOf };
  return {
    labels,
    store,
    accounts: ['clone', 'monitor'],
    steps: [
      renderLook(scope, context, store, first),
      renderServerContainer(scope, context, {
        name: 'copy', program: 'copy.sh', ...SCRATCH_MOUNTS,
        environment: {
          ...clusterName, VOLUME: PATHS.scratch,
          ...backups.bandwidth === undefined ? {} : { BANDWIDTH: String(backups.bandwidth) },
          ...firstOf === undefined ? {} : { ...first, WAIT_SECONDS_MAX: String(WAIT_SECONDS_MAX) },
        },
      }),
      renderStoreContainer(scope, context, store, 'restic', {
        name: 'store', program: 'store-base.sh', environment: { ...clusterName, ...backups.retention }, ...SCRATCH_MOUNTS,
      }),
      renderStoreContainer(scope, context, store, 'rclone', { name: 'keep', program: 'keep.sh', environment: {}, ...SCRATCH_MOUNTS }),
    ],
    volumes: [renderScratch(backups.scratch, labels.common)],
  };
}
