import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { requireDatabaseNames } from './accounts/databases-and-users';
import { oneTimeJobSuffix } from './backup/render/one-time-job';
import { BackupParts } from './backup/render/render-backups';
import { restoreTask } from './backup/render/restore-job';
import { DEFAULT_OPTIONS } from './configuration/default-options';
import { optionName } from './configuration/option-name';
import { MySqlClusterProps } from './mysql-cluster-props';
import { NamedAfter } from './name-limits';

const BINARY_LOG_OPTION = 'binlog_expire_logs_seconds';

/** The backups and the restore of a cluster, checked and with all defaults. */
export function resolveBackups(
  scope: IConstruct, name: string, { backups, restore, storage, configuration = {} }: MySqlClusterProps,
): BackupParts {
  const { namespace } = Chart.of(scope);
  const cluster = { name, namespace, storage: { size: storage.size, storageClassName: storage.storageClassName } };
  const resolved = backups?._resolve(scope, { ...cluster, binaryLogSeconds: binaryLogSeconds(configuration) });
  requireDatabaseNames(scope, 'backups.dump.databases', resolved?.dump._databases ?? []);
  return {
    backups: resolved,
    restore: restore?._resolve(scope, cluster),
  };
}

/** The objects of backups whose names have limits. */
export function namedAfterCluster({ backups, restore }: BackupParts): NamedAfter[] {
  return [
    ...backups === undefined ? [] : [{ kind: 'cronJob', suffix: 'backup-list' } as const],
    ...backups?.archive === undefined ? [] : [{ kind: 'statefulSet', suffix: 'archive' } as const],
    ...restore === undefined ? [] : [{ kind: 'job', suffix: oneTimeJobSuffix(restoreTask(restore)) } as const],
  ];
}

/** How long servers keep their binary logs: 0 means forever. */
function binaryLogSeconds(configuration: Record<string, string>): number {
  const [, value] = Object.entries(configuration).find(([option]) => optionName(option).key === BINARY_LOG_OPTION)
    ?? [BINARY_LOG_OPTION, DEFAULT_OPTIONS[BINARY_LOG_OPTION].value];
  return Number(value) || Infinity;
}
