import { isDeepStrictEqual } from 'util';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireUniqueInApp } from '../../../core/registry';
import { renderHeadlessService } from '../../../network/render/headless-service';
import { PATHS } from '../../constants/paths';
import { MYSQL_PORT, MYSQL_PORT_NAME } from '../../constants/ports';
import { ClusterContext } from '../../context/cluster-context';
import { componentLabels } from '../../context/component-labels';
import { AGENT_RESOURCES } from '../../context/default-resources';
import { ResolvedBackups } from '../mysql-backups';
import { ResolvedRestore } from '../mysql-restore';
import { renderServerContainer } from './backup-container';
import { renderBackupPod } from './backup-pod';
import { renderScratch, SCRATCH_MOUNT } from './backup-volumes';
import { fetchSteps } from './fetch-steps';
import { renderOneTimeJob } from './one-time-job';

const GRACE_SECONDS = 60;
/** The restored data gets the accounts of the cluster with the passwords of today. */
const ACCOUNTS = ['admin', 'clone', 'monitor', 'replication', 'root'];

/** The name of the Service of the server with the restored data. */
export function restoreName({ name }: Pick<ClusterContext, 'name'>): string {
  return `${name}-restore`;
}

/** What the Job does, in its name. */
export function restoreTask({ id }: ResolvedRestore): string {
  return `restore-${id}`;
}

/**
 * The Job that restores data into a server of its own, from which the first member copies it.
 */
export function renderRestoreJob(
  cluster: Construct, context: ClusterContext, restore: ResolvedRestore, backups?: ResolvedBackups,
): ApiObject {
  const { store, id, until, timeline } = restore;
  const scope = new Construct(cluster, 'restore');
  const labels = componentLabels(cluster, context, 'restore');
  const service = restoreName(context);
  requireUniqueInApp(cluster, {
    property: 'name', value: service, what: 'a Service name', scoped: 'namespace', fix: 'give each cluster its own name',
  });
  renderHeadlessService(scope, 'Service', {
    name: service, labels, publishNotReadyAddresses: true, ports: [{ name: MYSQL_PORT_NAME, port: MYSQL_PORT }],
  });
  const environment = {
    RESTORE_ID: id,
    RESTORE_UNTIL: until._text,
    ...timeline === undefined ? {} : { RESTORE_TIMELINE: timeline },
    ...ownPath(restore, backups),
  };
  const ofServer = { environment: { ...environment, VOLUME: PATHS.scratch }, volumeMounts: [SCRATCH_MOUNT] };
  const template = renderBackupPod(scope, context, {
    labels,
    store,
    accounts: ACCOUNTS,
    awaitsAccounts: true,
    gracePeriodSeconds: GRACE_SECONDS,
    steps: [
      renderServerContainer(scope, context, { name: 'ask', program: 'ask-members.sh', ...ofServer, resources: AGENT_RESOURCES }),
      ...fetchSteps(scope, context, store, environment),
      renderServerContainer(scope, context, {
        name: 'restore', program: 'restore.sh', ...ofServer, fields: { ports: [{ containerPort: MYSQL_PORT, name: MYSQL_PORT_NAME }] },
      }),
    ],
    volumes: [renderScratch(restore.scratch, labels.common)],
  });
  return renderOneTimeJob(scope, context, labels, restoreTask(restore), template);
}

/** Where the timeline of the restore would be, if the cluster has backups in the same store. */
function ownPath({ store }: ResolvedRestore, backups?: ResolvedBackups): Record<string, string> {
  const own = backups?.store.environment;
  const isSame = own !== undefined && ['STORE_KIND', 'STORE_ENDPOINT'].every((name) => own[name] === store.environment[name])
    && isDeepStrictEqual(backups?.store.volume, store.volume);
  return isSame && own.STORE_PATH !== store.environment.STORE_PATH ? { RESTORE_OWN_PATH: own.STORE_PATH } : {};
}
