import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { NetworkRules } from '../network/render/network-policy';
import { gracePeriodSeconds } from '../pod/render/rollout';
import { memberRules } from './backup/render/backup-traffic';
import { backupComponents, BackupParts, RenderedBackups, renderBackups } from './backup/render/render-backups';
import { restoreName } from './backup/render/restore-job';
import { renderAccounts } from './context/account';
import { ClusterContext } from './context/cluster-context';
import { memoryLimit } from './context/default-resources';
import { labelledPods } from './context/member-names';
import { renderClusterFiles } from './files/cluster-files';
import { renderClientService } from './members/client-service';
import { renderMemberBudget } from './members/member-budget';
import { RenderedMemberSet, renderMemberSet } from './members/member-set';
import { renderMemberTraffic } from './members/member-traffic';
import { metricsRules } from './metrics/metrics-traffic';
import { MonitoredCluster, monitoredCluster } from './metrics/monitored-cluster';
import { RenderedMetrics, renderMetrics } from './metrics/render-metrics';
import { MySqlClusterProps } from './mysql-cluster-props';
import { renderAccountsJob } from './operations/accounts-job';
import { renderOperations } from './operations/cron-jobs';
import { accountsJobAccount, operationAccount } from './operations/operation-accounts';
import { renderOperationTraffic } from './operations/operation-traffic';
import { MySqlRouter } from './router/mysql-router';

const DEFAULT_GRACE_PERIOD = Duration.minutes(5);

/** The rendered objects of a cluster that its user may patch. */
export interface RenderedCluster {
  readonly network: NetworkRules;
  /** The rules of the Jobs. */
  readonly operationNetwork: NetworkRules;
  /** The headless Service. */
  readonly membersService: ApiObject;
  readonly readWriteService: ApiObject;
  readonly readOnlyService: ApiObject;
  readonly sets: RenderedMemberSet[];
  readonly disruptionBudget?: ApiObject;
  readonly router?: MySqlRouter;
  readonly backups: RenderedBackups;
  readonly metrics?: RenderedMetrics;
  /** What is monitored, for a construct that says so where the cluster has no metrics. */
  readonly monitored: (scope: Construct) => MonitoredCluster;
}

/** All objects of a cluster. */
export function renderCluster(
  scope: Construct, context: ClusterContext, props: MySqlClusterProps, parts: BackupParts,
): RenderedCluster {
  const { name, names, labels, topology, tlsSecret } = context;
  const wantedMetrics = props.metrics?._resolve(scope, topology.scripts === 'group');
  renderAccounts(scope, [
    { name, labels: labels.common, rules: topology.agentAccess.rules(labelledPods(name, topology)) },
    operationAccount(scope, context),
    ...props.accounts._isGenerated ? [accountsJobAccount(scope, context)] : [],
  ]);
  props.tls?._render(scope, { secretName: tlsSecret, labels: labels.common, dnsNames: names.certificateDnsNames });
  const checksum = renderClusterFiles(scope, context, {
    configuration: props.configuration ?? {}, memoryLimit: memoryLimit(props.resources),
    restoreHost: parts.restore && names.inDns(restoreName(context)),
    archivePod: parts.backups?.archive && `${name}-archive-0`,
  });
  const ofBackups = memberRules(scope, context, backupComponents(parts));
  const { network, membersService } = renderMemberTraffic(scope, context, {
    from: [...ofBackups.from, ...metricsRules(scope, context, wantedMetrics)], to: ofBackups.to,
  });
  const readWriteService = renderClientService(scope, 'ReadWriteService', {
    name: names.readWrite, property: 'readWriteServiceName', labels, role: topology.readWrite.role,
  });
  const readOnlyService = renderClientService(scope, 'ReadOnlyService', {
    name: names.readOnly, property: 'readOnlyServiceName', labels, role: topology.readOnly.role,
  });
  const gracePeriod = gracePeriodSeconds(scope, 'terminationGracePeriod', props.terminationGracePeriod ?? DEFAULT_GRACE_PERIOD);
  const sets = topology.memberSets.map((set) => renderMemberSet(scope, context, {
    set,
    storage: props.storage,
    claimRetention: props.claimRetention,
    resources: props.resources,
    spreading: props.spreading,
    gracePeriod,
    checksum,
    extras: { sidecars: props.sidecars, mounts: props.mounts },
  }));
  const disruptionBudget = renderMemberBudget(scope, context, props.disruptionBudget);
  const operationNetwork = renderOperationTraffic(scope, context);
  renderOperations(scope, context);
  if (props.accounts._isGenerated) {
    renderAccountsJob(scope, context, props.accounts._keys);
  }
  const backups = renderBackups(scope, context, parts);
  const router = topology.routers && MySqlRouter._of(scope, context, topology.routers);
  const metrics = wantedMetrics && renderMetrics(scope, context, wantedMetrics);
  return {
    network, operationNetwork, membersService, readWriteService, readOnlyService, sets, disruptionBudget, router, backups, metrics,
    monitored: (monitor) => monitoredCluster(monitor, scope, context, {
      namespace: Chart.of(scope).namespace,
      statefulSets: sets.map(({ statefulSet }) => statefulSet.name),
      hasMetrics: metrics !== undefined,
      backups: parts.backups,
    }),
  };
}
