import { Construct } from 'constructs';
import { ContainerConfig } from '../../../pod/render/stateful-set';
import { ClusterContext } from '../../context/cluster-context';
import { ResolvedStore } from '../mysql-backup';
import { renderStoreContainer } from './backup-container';
import { SCRATCH_MOUNT } from './backup-volumes';

/**
 * The steps that fetch a backup and binary logs, in front of one that runs a server with them: those of a restore, a drill and a dump.
 *
 * @param ofBase the variables of the step that fetches the backup; left out they are those of the one that fetches the logs
 */
export function fetchSteps(
  scope: Construct, context: ClusterContext, store: ResolvedStore, environment: Record<string, string>, ofBase = environment,
): ContainerConfig[] {
  const step = (name: string, tool: 'rclone' | 'restic', program: string, variables: Record<string, string>) => (
    renderStoreContainer(scope, context, store, tool, { name, program, environment: variables, volumeMounts: [SCRATCH_MOUNT] })
  );
  return [
    step('look', 'rclone', 'look.sh', {}),
    step('fetch-logs', 'rclone', 'fetch-logs.sh', environment),
    step('fetch-base', 'restic', 'fetch-base.sh', ofBase),
  ];
}
