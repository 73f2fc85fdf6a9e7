import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../../../core/checksum';
import { renderJob } from '../../../pod/render/jobs';
import { ClusterContext } from '../../context/cluster-context';
import { componentLabels } from '../../context/component-labels';
import { ResolvedBackups } from '../mysql-backups';
import { ResolvedRestore } from '../mysql-restore';
import { renderBackupPod } from './backup-pod';
import { backupPodConfig } from './backup-steps';
import { CHECKSUM_LENGTH } from './restore-job';

const RETRIES = 6; // with pauses of 10 s to 6 minutes

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
  const name = `${context.name}-backup-${id}-${checksum(template).slice(0, CHECKSUM_LENGTH)}`;
  return renderJob(scope, { name, labels: labels.common }, { backoffLimit: RETRIES, template });
}
