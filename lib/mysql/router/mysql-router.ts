import { ApiObject } from 'cdk8s';
import { INetworkPolicyPeer, IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checksum } from '../../core/checksum';
import { LabelSet } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { requireImage } from '../../core/validation';
import { PeerOptions } from '../../network/peer-options';
import { NetworkRules } from '../../network/render/network-policy';
import { podSelectorConfig } from '../../network/render/pod-peer';
import { renderService } from '../../network/render/service';
import { renderDisruptionBudget } from '../../pod/render/disruption-budget';
import { renderResources } from '../../pod/render/resources';
import { script } from '../constants/paths';
import { MYSQL_PORT, ROUTER_PORTS } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { ROUTER_RESOURCES } from '../context/default-resources';
import { MySqlEndpoint } from '../context/mysql-endpoint';
import { renderFiles } from '../files/config-map';
import { scriptBundle } from '../files/script-bundle';
import { RoutersConfig } from '../topology/topology-config';
import { metadataName, renderMetadata } from './metadata';
import { renderRouterDeployment, RouterDeploymentConfig } from './router-deployment';

const DEFAULT_IMAGE = 'container-registry.oracle.com/mysql/community-router';
const STOP_SECONDS = 5; // until no new clients are routed here (docs/adr/0006-graceful-stop.md)

/**
 * MySQL Routers before a group, and what keeps the metadata that they read. A `MySqlCluster` makes them.
 *
 * @see https://dev.mysql.com/doc/mysql-router/9.7/en/
 */
export class MySqlRouter extends Construct implements INetworkPolicyPeer, IPodSelector {
  /** @internal */
  public static _of(cluster: Construct, context: ClusterContext, routers: RoutersConfig): MySqlRouter {
    return new MySqlRouter(cluster, context, routers);
  }

  /** The name of the Deployment and of the Service. */
  public readonly name: string;

  /** The image of the Routers. */
  public readonly image: string;

  /** The Deployment of the Routers, as an escape hatch. */
  public readonly deployment: ApiObject;

  /** The Deployment `<name of the cluster>-router-metadata`, which keeps the metadata that Routers read, as an escape hatch. */
  public readonly metadataDeployment: ApiObject;

  /** The Service in front of the Routers, as an escape hatch. */
  public readonly service: ApiObject;

  /** The NetworkPolicy of the Routers, as an escape hatch; undefined with `NetworkIsolation.NONE`. */
  public readonly networkPolicy?: ApiObject;

  /** The NetworkPolicy of that Deployment, as an escape hatch; undefined with `NetworkIsolation.NONE`. */
  public readonly metadataNetworkPolicy?: ApiObject;

  private readonly _labels: LabelSet;
  private readonly _network: NetworkRules;
  private readonly _networks: NetworkRules[];
  private readonly _host: string;

  private constructor(cluster: Construct, context: ClusterContext, { replicas, options }: RoutersConfig) {
    super(cluster, 'router');
    this.name = context.names.router!;
    this.image = options.image ?? `${DEFAULT_IMAGE}:${context.version.series}`;
    requireImage({ scope: cluster, property: 'topology.router.image' }, this.image);
    context.version._requireNotOlder({ scope: cluster, property: 'topology.router.image' }, this.image);
    this._labels = componentLabels(cluster, context, 'router');
    this._host = context.names.inDns(this.name);
    this._network = this._renderTraffic(context);
    this.networkPolicy = this._network.policy;
    this.service = this._renderService();
    const scripts = this._renderScripts();
    this.deployment = renderRouterDeployment(this, context, {
      name: this.name,
      labels: this._labels,
      replicas,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      placement: options.placement,
      container: {
        name: 'router',
        image: this.image,
        command: [script('router.sh')],
        lifecycle: { preStop: { exec: { command: ['sleep', String(STOP_SECONDS)] } } },
        ports: Object.entries(ROUTER_PORTS).map(([name, containerPort]) => ({ containerPort, name })),
        resources: renderResources(cluster, options.resources, ROUTER_RESOURCES, 'topology.router.'),
      },
      environment: { ADOPTION: metadataName(context), ROUTER_SERVICE: this.name },
      accounts: ['router'],
      tls: context.tlsSecret === undefined ? undefined : { secretName: context.tlsSecret, keys: ['tls.crt', 'tls.key', 'ca.crt'] },
      scripts,
    });
    renderDisruptionBudget(this, this.name, this._labels);
    const metadata = renderMetadata(cluster, context, options, scripts);
    this.metadataDeployment = metadata.deployment;
    this.metadataNetworkPolicy = metadata.network.policy;
    this._networks = [this._network, metadata.network];
  }

  /** The endpoint for clients that read and write: it leads to the primary. */
  public get readWrite(): MySqlEndpoint {
    return this._endpoint(ROUTER_PORTS['read-write']);
  }

  /** The endpoint for clients that only read: it leads to a secondary, or to the primary if there is none. */
  public get readOnly(): MySqlEndpoint {
    return this._endpoint(ROUTER_PORTS['read-only']);
  }

  /** The endpoint that routes each statement on its own: reads to a secondary, writes to the primary. */
  public get readWriteSplit(): MySqlEndpoint {
    return this._endpoint(ROUTER_PORTS['rw-split']);
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
    return podSelectorConfig(this, this._labels.selector);
  }

  /** @internal */
  public _allowFrom(peer: INetworkPolicyPeer, options: PeerOptions): void {
    this._network.allowFrom(peer, options);
  }

  /** @internal */
  public _allowTo(peer: INetworkPolicyPeer, options: PeerOptions): void {
    this._networks.forEach((network) => network.allowTo(peer, options));
  }

  /** The NetworkPolicy of the Routers: no client until `allowFrom` of the cluster; egress to the members and DNS. */
  private _renderTraffic({ isolation, labels }: ClusterContext): NetworkRules {
    const members = {
      peers: [{ podSelector: { matchLabels: labels.selector } }], ports: [{ port: MYSQL_PORT, protocol: 'TCP' }],
    };
    return new NetworkRules(this, {
      name: this.name,
      labels: this._labels,
      isolation,
      ports: Object.values(ROUTER_PORTS).map((port) => ({ port })),
      clients: 'nobody',
      always: { from: [], to: [members] },
    });
  }

  private _renderService(): ApiObject {
    requireUniqueInApp(this, {
      property: 'name', value: this.name, what: 'a Service name', scoped: 'namespace', cure: 'give each cluster its own name',
    });
    return renderService(this, 'Service', {
      name: this.name, labels: this._labels, ports: Object.entries(ROUTER_PORTS).map(([name, port]) => ({ name, port })),
    });
  }

  private _renderScripts(): RouterDeploymentConfig['scripts'] {
    const data = scriptBundle('router');
    const name = `${this.name}-scripts`;
    renderFiles(this, 'Scripts', name, this._labels.common, data);
    return { name, checksum: checksum(data) };
  }

  private _endpoint(port: number): MySqlEndpoint {
    return { serviceName: this.name, host: this._host, port };
  }
}
