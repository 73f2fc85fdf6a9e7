import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterContext } from '../../context/cluster-context';
import { componentLabels } from '../../context/component-labels';
import { ResolvedBackups } from '../mysql-backups';
import { ResolvedRestore } from '../mysql-restore';
import { renderBackupPod } from './backup-pod';
import { backupPodConfig } from './backup-steps';
import { renderOneTimeJob } from './one-time-job';

/**
 * The Job that makes the first backup of the timeline that a restore begins. Without a base of its own nothing of that timeline could be
 * restored until the next scheduled backup.
 */
export function renderFirstBackupJob(
  cluster: Construct, context: ClusterContext, backups: ResolvedBackups, { id }: ResolvedRestore,
): ApiObject {
  const scope = new Construct(cluster, 'first-backup');
  const labels = componentLabels(cluster, context, 'backup');
  const template = renderBackupPod(scope, context, {
    ...backupPodConfig(scope, context, backups, labels, id), awaitsAccounts: true,
  });
  return renderOneTimeJob(scope, context, labels, `backup-${id}`, template);
}
