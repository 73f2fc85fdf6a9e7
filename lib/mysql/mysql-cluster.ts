import { ApiObject } from 'cdk8s';
import { ImagePullPolicy, INetworkPolicyPeer, IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { labelSet } from '../core/labels';
import { requireImage } from '../core/validation';
import { PeerOptions } from '../network/peer-options';
import { PodMonitorOptions } from '../network/pod-monitor-options';
import { tcpPorts } from '../network/render/listening-ports';
import { renderPodMonitor } from '../network/render/monitors';
import { podSelectorConfig } from '../network/render/pod-peer';
import { IClaimOwner } from '../storage/claim-owner';
import { VolumeClaim } from '../storage/volume-claim';
import { resolveUsers } from './accounts/databases-and-users';
import { namedAfterCluster, resolveBackups } from './cluster-backups';
import { renderCluster, RenderedCluster } from './cluster-objects';
import { requireValidCluster } from './cluster-validation';
import { Connector } from './connect/connector';
import { MySqlConnectOptions } from './connect/mysql-connect-options';
import { MySqlConnection } from './connect/mysql-connection';
import { ClusterContext } from './context/cluster-context';
import { ClusterNames } from './context/cluster-names';
import { allMembers } from './context/member-names';
import { memberSecurity } from './context/member-security';
import { MySqlEndpoint } from './context/mysql-endpoint';
import { MySqlVersion } from './context/mysql-version';
import { MonitoredCluster } from './metrics/monitored-cluster';
import { MySqlClusterProps } from './mysql-cluster-props';
import { requireFittingDnsNames, requireFittingName } from './name-limits';
import { MySqlRouter } from './router/mysql-router';

const DEFAULT_IMAGE = 'mysql:9.7';

/**
 * MySQL servers that replicate: a StatefulSet for each kind of member, Services for reads and writes and for reads only, the scripts that
 * give each server its data and its role, and the NetworkPolicies that exclude all other peers.
 *
 * Every error names the construct's path, the property, its value, the rule and the fix.
 *
 * @throws when a name, size, option or quantity is not one that Kubernetes or MySQL accepts
 * @throws when buffer pool and connections do not fit the memory limit
 * @throws when another construct of the app has the same name
 */
export class MySqlCluster extends Construct implements IClaimOwner, INetworkPolicyPeer, IPodSelector {
  /** The beginning of the names of all objects. */
  public readonly name: string;

  /** The image of the servers. */
  public readonly image: string;

  /** The version in the image. */
  public readonly version: MySqlVersion;

  /** The name of the Secret with the passwords of the accounts. */
  public readonly accountsSecretName: string;

  /** The DNS names that a certificate of the servers must hold. */
  public readonly certificateDnsNames: string[];

  private readonly _context: ClusterContext;
  private readonly _rendered: RenderedCluster;
  private readonly _connector: Connector;
  private readonly _sidecarPorts: string[];

  public constructor(scope: Construct, id: string, props: MySqlClusterProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.image = props.image ?? DEFAULT_IMAGE;
    requireImage({ scope: this, property: 'image' }, this.image);
    this.version = props.version ?? MySqlVersion._ofImage({ scope: this, property: 'version' }, this.image);
    requireValidCluster(this, this, props);
    const topology = props.topology._bind(this, this.name);
    const backups = resolveBackups(this, this.name, props);
    const moreAccounts = props.metrics === undefined ? [] : ['metrics'];
    requireFittingName(this, this.name, topology, props.accounts._isGenerated, namedAfterCluster(backups));
    const names = new ClusterNames(this, this.name, topology, props);
    requireFittingDnsNames(this, names, allMembers(this.name, topology));
    this.accountsSecretName = props.accounts._bind(this, this.name);
    this.certificateDnsNames = names.certificateDnsNames;
    this._context = {
      name: this.name,
      image: this.image,
      imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
      imagePullSecrets: props.imagePullSecrets,
      version: this.version,
      topology,
      names,
      labels: labelSet(this, { name: this.name, component: 'database', extra: props.labels }),
      userLabels: props.labels,
      podAnnotations: props.podAnnotations,
      security: memberSecurity(this, props.security),
      isolation: props.isolation,
      accountsSecret: this.accountsSecretName,
      moreAccounts,
      databases: props.databases ?? [],
      users: resolveUsers(this, props.users ?? [], {
        clusterName: this.name, secretName: this.accountsSecretName, isGenerated: props.accounts._isGenerated,
      }, { ...topology.own, users: [...topology.own.users, ...moreAccounts] }),
      members: allMembers(this.name, topology),
      tlsSecret: props.tls?._secretName(this.name),
    };
    this._sidecarPorts = (props.sidecars ?? []).flatMap(({ ports }) => tcpPorts(ports ?? []).map(({ name }) => name));
    this._rendered = renderCluster(this, this._context, props, backups);
    this._connector = new Connector(this, this._context, (client) => this.allowFrom(client));
  }

  /** The endpoint for clients that read and write. */
  public get readWrite(): MySqlEndpoint {
    return this._context.names.endpoint(this._context.names.readWrite);
  }

  /** The endpoint for clients that only read, and that accept the lag of a replica. */
  public get readOnly(): MySqlEndpoint {
    return this._context.names.endpoint(this._context.names.readOnly);
  }

  /** The MySQL Routers before the members; undefined when there are none. */
  public get router(): MySqlRouter | undefined {
    return this._rendered.router;
  }

  /** The names of the pods. */
  public get podNames(): string[] {
    return [...this._context.members];
  }

  /** The DNS name of each pod. */
  public get podDnsNames(): string[] {
    return this.podNames.map((pod) => this._context.names.inDns(`${pod}.${this._context.names.members}`));
  }

  /** The name of the headless Service that names the members in DNS. */
  public get membersServiceName(): string {
    return this._context.names.members;
  }

  /** The headless Service, as an escape hatch. */
  public get membersService(): ApiObject {
    return this._rendered.membersService;
  }

  /** The Service for reads and writes, as an escape hatch. */
  public get readWriteService(): ApiObject {
    return this._rendered.readWriteService;
  }

  /** The Service for reads only, as an escape hatch. */
  public get readOnlyService(): ApiObject {
    return this._rendered.readOnlyService;
  }

  /** The PodDisruptionBudget, as an escape hatch; undefined with `DisruptionBudget.none()`. */
  public get disruptionBudget(): ApiObject | undefined {
    return this._rendered.disruptionBudget;
  }

  /** The StatefulSets, as an escape hatch. */
  public get statefulSets(): ApiObject[] {
    return this._rendered.sets.map(({ statefulSet }) => statefulSet);
  }

  /** The claims of all pods, kind after kind. */
  public get claims(): VolumeClaim[] {
    return this._rendered.sets.flatMap(({ claims }) => claims());
  }

  /** The CronJob of the backup, of which `kubectl create job --from` makes one now, as an escape hatch; undefined without backups. */
  public get backupCronJob(): ApiObject | undefined {
    return this._rendered.backups.backupCronJob;
  }

  /** The CronJob of the drill, as an escape hatch; undefined without drills. */
  public get drillCronJob(): ApiObject | undefined {
    return this._rendered.backups.drillCronJob;
  }

  /** The CronJob of the dump, as an escape hatch; undefined without dumps. */
  public get dumpCronJob(): ApiObject | undefined {
    return this._rendered.backups.dumpCronJob;
  }

  /** The StatefulSet of the archive of binary logs, as an escape hatch; undefined without one. */
  public get archiveStatefulSet(): ApiObject | undefined {
    return this._rendered.backups.archive;
  }

  /** The Job that restores data, as an escape hatch; undefined without `restore`. */
  public get restoreJob(): ApiObject | undefined {
    return this._rendered.backups.restoreJob;
  }

  /** The Deployment with the metrics, as an escape hatch; undefined without `metrics`. */
  public get metricsDeployment(): ApiObject | undefined {
    return this._rendered.metrics?.deployment;
  }

  /** The NetworkPolicy of the members, as an escape hatch; undefined with `NetworkIsolation.NONE`. */
  public get networkPolicy(): ApiObject | undefined {
    return this._rendered.network.policy;
  }

  /** The NetworkPolicy of the Jobs, as an escape hatch; undefined with `NetworkIsolation.NONE`. */
  public get operationNetworkPolicy(): ApiObject | undefined {
    return this._rendered.operationNetwork.policy;
  }

  /**
   * Connects an application: gives a container of it the host, port, database, user, password and authority, and lets its pods reach the
   * cluster on both sides of the NetworkPolicies. It reads the password from the Secret of the user, so that none is in a manifest. Where a
   * workload of cdk8s-plus restricts its egress, as with `isolate`, a policy lets it reach the cluster and DNS.
   *
   * @param client a `StatefulWeb`, or a workload of cdk8s-plus-27: Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod
   * @throws when the cluster has no such user or database, or the user no grant on it
   * @throws when the container does not exist, or has the variables or the folder already
   * @throws when the application is in another namespace and `secretName` is left out
   */
  public connect(client: INetworkPolicyPeer, options: MySqlConnectOptions): MySqlConnection {
    return this._connector.connect(client, options);
  }

  /**
   * Lets clients connect: to the members, and to the Routers where there are some.
   *
   * @param peer a `StatefulWeb`, or a workload, pods, namespaces or IP block of cdk8s-plus-27
   */
  public allowFrom(peer: INetworkPolicyPeer, options: PeerOptions = {}): void {
    this._rendered.network.allowFrom(peer, options);
    this._rendered.router?._allowFrom(peer, options);
  }

  /**
   * Lets all pods of the cluster reach a peer: members, Jobs, Routers, metrics. They reach each other, its DNS and the usual ports
   * of the API server already; this is for another port of the API server, and for DNS that is elsewhere.
   *
   * @param peer a `StatefulWeb`, or a workload, pods, namespaces or IP block of cdk8s-plus-27
   */
  public allowTo(peer: INetworkPolicyPeer, options: PeerOptions = {}): void {
    const { network, operationNetwork, metrics, router } = this._rendered;
    [network, operationNetwork, metrics?.network].forEach((rules) => rules?.allowTo(peer, options));
    router?._allowTo(peer, options);
  }

  /**
   * Names the store of backups, and that of the restore, for the NetworkPolicies of the pods that reach it. Until it is named they reach
   * its port at any address, since a policy knows no names.
   *
   * @param peer an IP block, a `StatefulWeb`, or a workload, pods or namespaces of cdk8s-plus-27
   * @throws when the cluster has no store that pods reach by network
   */
  public allowStoreTo(peer: INetworkPolicyPeer, options: PeerOptions = {}): void {
    const { traffic } = this._rendered.backups;
    if (traffic.length === 0) {
      const rule = 'be named where allowStoreTo names their store';
      fail(this, { property: 'backups', rule, value: undefined, fix: 'name backups, or leave the call out' });
    }
    traffic.forEach((policies) => policies.allowStoreTo(peer, options));
  }

  /**
   * Adds a PodMonitor of the Prometheus Operator for a port of the sidecars. Let Prometheus in: `allowFrom(prometheus, { ports })`.
   *
   * @throws when no sidecar has a port, or none of this name
   */
  public addPodMonitor(options: PodMonitorOptions = {}): ApiObject {
    const { name, labels } = this._context;
    if (this._sidecarPorts.length === 0) {
      fail(this, {
        property: 'sidecars', rule: 'have a port of TCP where a PodMonitor reads metrics', value: this._sidecarPorts,
        fix: 'add an exporter with a port, or monitor one that runs in a Deployment of its own',
      });
    }
    return renderPodMonitor(this, { name, labels, portNames: this._sidecarPorts }, options);
  }

  /** The pods as NetworkPolicies of cdk8s-plus-27 ask for them. */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** The pods as connections of cdk8s-plus-27 ask for them. */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  /** The labels and the namespace of the pods. */
  public toPodSelectorConfig(): PodSelectorConfig {
    return podSelectorConfig(this, this._context.labels.selector);
  }

  /** @internal */
  public _monitored(scope: Construct): MonitoredCluster {
    return this._rendered.monitored(scope);
  }
}
