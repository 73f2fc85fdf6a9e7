import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterContext } from '../../context/cluster-context';
import { Component, componentLabels } from '../../context/component-labels';
import { renderFiles, renderScripts } from '../../files/config-map';
import { scriptsBeside } from '../../files/script-bundle';
import { ResolvedStore } from '../mysql-backup';
import { ResolvedBackups } from '../mysql-backups';
import { ResolvedRestore } from '../mysql-restore';
import { renderArchive } from './archive';
import { backupBundle } from './backup-container';
import { renderBackupCronJobs } from './backup-cron-jobs';
import { BackupTraffic } from './backup-traffic';
import { backupScripts } from './backup-volumes';
import { renderDumpCronJob } from './dump-cron-job';
import { renderFirstBackupJob } from './first-backup-job';
import { renderRestoreJob } from './restore-job';

/** What a cluster has of backups. */
export interface BackupParts {
  readonly backups?: ResolvedBackups;
  readonly restore?: ResolvedRestore;
}

/** The rendered objects of the backups that users may patch. */
export interface RenderedBackups {
  readonly archive?: ApiObject;
  readonly backupCronJob?: ApiObject;
  readonly drillCronJob?: ApiObject;
  readonly dumpCronJob?: ApiObject;
  readonly restoreJob?: ApiObject;
  /** The policies of what reaches the store of the backups, and of what reaches that of the restore. */
  readonly traffic: BackupTraffic[];
}

/** The kinds of pods that a cluster has for its backups. */
export function backupComponents({ backups, restore }: BackupParts): Component[] {
  return [
    ...backups === undefined ? [] : ['backup', 'backup-list'] as const,
    ...backups?.archive === undefined ? [] : ['archive'] as const,
    ...backups?.drill._schedule === undefined ? [] : ['drill'] as const,
    ...backups?.dump._schedule === undefined ? [] : ['dump'] as const,
    ...restore === undefined ? [] : ['restore'] as const,
  ];
}

/** All objects of backups and of the restore. */
export function renderBackups(cluster: Construct, context: ClusterContext, parts: BackupParts): RenderedBackups {
  const { backups, restore } = parts;
  const components = backupComponents(parts);
  if (components.length === 0) {
    return { traffic: [] };
  }
  const scope = new Construct(cluster, 'backups');
  const labels = componentLabels(cluster, context, 'backup').common;
  renderScripts(scope, backupScripts(context), labels, scriptsBeside(backupBundle(context), context.topology.scripts));
  if (backups?.drill._check !== undefined) {
    renderFiles(scope, 'Drill', { name: `${context.name}-drill`, labels }, { 'check.sql': `${backups.drill._check.trim()}\n` });
  }
  if (backups !== undefined && restore !== undefined) {
    renderFirstBackupJob(scope, context, backups, restore);
  }
  const cronJobs = backups && renderBackupCronJobs(scope, context, backups);
  return {
    archive: backups?.archive && renderArchive(scope, context, backups, backups.archive),
    backupCronJob: cronJobs?.backup,
    drillCronJob: cronJobs?.drill,
    dumpCronJob: backups && renderDumpCronJob(scope, context, backups),
    restoreJob: restore && renderRestoreJob(scope, context, restore, backups),
    traffic: [
      ...backups === undefined ? [] : [renderTraffic(scope, context, backups.store, backupComponents({ backups }))],
      ...restore === undefined ? [] : [renderTraffic(scope, context, restore.store, backupComponents({ restore }))],
    ],
  };
}

function renderTraffic(scope: Construct, context: ClusterContext, { port }: ResolvedStore, components: Component[]): BackupTraffic {
  const traffic = new BackupTraffic(scope, context, port);
  const present = (...names: Component[]) => names.filter((name) => components.includes(name));
  traffic.render(present('backup', 'archive'), { reaches: true, isReached: false });
  traffic.render(present('drill', 'dump', 'backup-list'), { reaches: false, isReached: false }); // a drill must not reach the cluster
  traffic.render(present('restore'), { reaches: true, isReached: true });
  return traffic;
}
