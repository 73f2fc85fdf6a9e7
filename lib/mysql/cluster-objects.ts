import { ApiObject, Duration } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { NetworkRules } from '../network/render/network-policy';
import { gracePeriodSeconds } from '../pod/render/rollout';
import { renderAccountsJob } from './accounts-job';
import { renderClientService } from './client-service';
import { ClusterContext } from './cluster-context';
import { renderClusterFiles } from './cluster-files';
import { ResolvedUser } from './declaration';
import { renderMemberAccount } from './member-account';
import { renderMemberBudget } from './member-budget';
import { MemberPod, renderMemberPod } from './member-pod';
import { RenderedMemberSet, renderMemberSet } from './member-set';
import { renderMemberTraffic } from './member-traffic';
import { MySqlRouter } from './mysql-router';
import { MySqlTls } from './mysql-tls';
import { renderOperationTraffic } from './operation-traffic';
import { renderOperations } from './operations';
import { MemberSet } from './topology/topology-config';

const DEFAULT_GRACE_PERIOD = Duration.minutes(5);

/** What a cluster rendered and shows to its user. */
export interface RenderedCluster {
  readonly network: NetworkRules;
  /** Of the Jobs. */
  readonly operationNetwork: NetworkRules;
  readonly readWriteService: ApiObject;
  readonly readOnlyService: ApiObject;
  readonly sets: RenderedMemberSet[];
  readonly disruptionBudget?: ApiObject;
  readonly router?: MySqlRouter;
}

/** All objects of a cluster. */
export function renderCluster(scope: Construct, context: ClusterContext): RenderedCluster {
  const { name, names, labels, topology, props } = context;
  renderMemberAccount(scope, context);
  const tlsSecret = (props.tls ?? MySqlTls.serverGenerated())._bind(scope, {
    clusterName: name, labels: labels.common, dnsNames: names.certificateDnsNames,
  });
  const checksum = renderClusterFiles(scope, context, tlsSecret !== undefined);
  const network = renderMemberTraffic(scope, context);
  const readWriteService = renderClientService(scope, 'ReadWriteService', {
    name: names.readWrite, property: 'readWriteServiceName', labels, role: topology.readWrite.role,
  });
  const readOnlyService = renderClientService(scope, 'ReadOnlyService', {
    name: names.readOnly, property: 'readOnlyServiceName', labels, role: topology.readOnly.role,
  });
  const gracePeriod = gracePeriodSeconds(scope, 'terminationGracePeriod', props.terminationGracePeriod ?? DEFAULT_GRACE_PERIOD);
  const sets = topology.memberSets.map((set) => (
    renderMemberSet(scope, context, { set, pod: renderPod(scope, context, set, tlsSecret), gracePeriod, checksum })
  ));
  const disruptionBudget = renderMemberBudget(scope, context);
  const operationNetwork = renderOperationTraffic(scope, context);
  renderOperations(scope, context, tlsSecret);
  if (props.accounts._isGenerated) {
    renderAccountsJob(scope, context);
  }
  const router = topology.routers && MySqlRouter._of(scope, context, topology.routers, tlsSecret);
  return { network, operationNetwork, readWriteService, readOnlyService, sets, disruptionBudget, router };
}

function renderPod(scope: Construct, context: ClusterContext, set: MemberSet, tlsSecret?: string): MemberPod {
  const { image, props, names, topology, accountsSecret, users } = context;
  return renderMemberPod(scope, {
    image,
    imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    resources: props.resources,
    environment: { ...names.environment, ...topology.environment, SERVER_ID_BASE: String(set.serverIdBase) },
    claimName: props.storage.claimName ?? 'data',
    configMaps: names.configMaps,
    accountsSecret,
    userSecrets: bySecret(users),
    tlsSecret,
    agentUsesApi: topology.agentLabelsPods,
    serverPreStop: topology.serverPreStop,
  });
}

/** The Secrets that hold passwords of users, each with the keys that are used of it. */
function bySecret(users: ResolvedUser[]): { secretName: string; keys: string[] }[] {
  const keys = new Map<string, string[]>();
  for (const { secretName, secretKey } of users) {
    keys.set(secretName, [...new Set([...keys.get(secretName) ?? [], secretKey])]);
  }
  return [...keys].map(([secretName, names]) => ({ secretName, keys: names }));
}
