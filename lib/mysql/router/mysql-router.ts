import { ApiObject } from 'cdk8s';
import { INetworkPolicyPeer, IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { requireImage } from '../../core/validation';
import { PeerOptions } from '../../network/peer-options';
import { noteListeningPorts } from '../../network/render/listening-ports';
import { NetworkRules } from '../../network/render/network-policy';
import { podSelectorConfig } from '../../network/render/pod-peer';
import { renderService } from '../../network/render/service';
import { renderDisruptionBudget } from '../../pod/render/disruption-budget';
import { renderResources } from '../../pod/render/resources';
import { script } from '../constants/paths';
import { ROUTER_PORTS } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { ROUTER_RESOURCES } from '../context/default-resources';
import { MySqlEndpoint } from '../context/mysql-endpoint';
import { renderScripts } from '../files/config-map';
import { scriptsIn } from '../files/script-bundle';
import { RoutersConfig } from '../topology/topology-config';
import { metadataName, renderMetadata } from './metadata';
import { renderRouterDeployment } from './router-deployment';
import { renderRouterClients, renderRouterTraffic, routerPorts } from './router-traffic';

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

  /** The NetworkPolicy of the Routers and of that Deployment, as an escape hatch; undefined with `NetworkIsolation.NONE`. */
  public readonly networkPolicy?: ApiObject;

  private readonly _labels: LabelSet;
  private readonly _network: NetworkRules;
  private readonly _renderClients: () => NetworkRules;
  private readonly _host: string;
  private _clients?: NetworkRules;

  private constructor(cluster: Construct, context: ClusterContext, { replicas, options }: RoutersConfig) {
    super(cluster, 'router');
    this.name = context.names.router!;
    this.image = options.image ?? `${DEFAULT_IMAGE}:${context.version.series}`;
    requireImage({ scope: cluster, property: 'topology.router.image' }, this.image);
    context.version._requireNotOlder({ scope: cluster, property: 'topology.router.image' }, this.image);
    this._labels = componentLabels(cluster, context, 'router');
    this._host = context.names.inDns(this.name);
    this._network = renderRouterTraffic(this, cluster, context);
    noteListeningPorts(this, routerPorts());
    this._renderClients = () => renderRouterClients(this, cluster, context);
    this.networkPolicy = this._network.policy;
    this.service = this._renderService();
    const scripts = `${this.name}-scripts`;
    renderScripts(this, scripts, this._labels.common, scriptsIn('router', ['router']));
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
    this.metadataDeployment = renderMetadata(cluster, context, options, scripts);
  }

  /** The NetworkPolicy with the clients of the Routers, as an escape hatch; undefined before `allowFrom` of the cluster names a client. */
  public get clientsNetworkPolicy(): ApiObject | undefined {
    return this._clients?.policy;
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
    this._clients ??= this._renderClients();
    this._clients.allowFrom(peer, options);
  }

  /** @internal */
  public _allowTo(peer: INetworkPolicyPeer, options: PeerOptions): void {
    this._network.allowTo(peer, options);
  }

  private _renderService(): ApiObject {
    requireUniqueInApp(this, {
      property: 'name', value: this.name, what: 'a Service name', scoped: 'namespace', fix: 'give each cluster its own name',
    });
    return renderService(this, 'Service', {
      name: this.name, labels: this._labels, ports: Object.entries(ROUTER_PORTS).map(([name, port]) => ({ name, port })),
    });
  }

  private _endpoint(port: number): MySqlEndpoint {
    return { serviceName: this.name, host: this._host, port };
  }
}
