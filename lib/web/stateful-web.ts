import { ApiObject, Chart } from 'cdk8s';
import {
  Container, IngressBackend, INetworkPolicyPeer, IPodSelector, IScalable, ISubject, NetworkPolicyPeerConfig, PodSelectorConfig,
  ScalingTarget, SubjectConfiguration,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { LabelSet, labelSet } from '../core/labels';
import { requireOwnPods } from '../core/selectors';
import { HttpRouteOptions } from '../network/http-route-options';
import { IngressOptions } from '../network/ingress-options';
import { PeerOptions } from '../network/peer-options';
import { PodMonitorOptions } from '../network/pod-monitor-options';
import { renderHeadlessService } from '../network/render/headless-service';
import { NamedPort } from '../network/render/listening-ports';
import { podSelectorConfig } from '../network/render/pod-peer';
import { ServiceMonitorOptions } from '../network/service-monitor-options';
import { PodAdditions } from '../pod/additions/pod-additions';
import { requireNoAutoscaler } from '../pod/render/autoscaler';
import { renderDisruptionBudget } from '../pod/render/disruption-budget';
import { serviceAccountNameOf } from '../pod/render/pod-access';
import { renderRollout } from '../pod/render/rollout';
import { renderStatefulSet } from '../pod/render/stateful-set';
import { IClaimOwner } from '../storage/claim-owner';
import { ClaimTemplates } from '../storage/render/claim-templates';
import { VolumeClaim } from '../storage/volume-claim';
import { DEFAULT_RESOURCES, DEFAULT_RETENTION, DEFAULT_SECURITY } from './defaults';
import { StatefulWebProps } from './stateful-web-props';
import { renderWebPod } from './web-pod';
import { WebPort } from './web-port';
import { WebTraffic } from './web-traffic';
import { requireResolvable, requireUniqueWeb, requireValidWeb } from './web-validation';

const DEFAULT_PORTS: WebPort[] = [{ port: 80 }];
const DEFAULT_PORT_NAME = 'web';

/**
 * A web server whose pods keep their names and, with claims, their volumes: a StatefulSet, the headless Service that names its pods in
 * DNS, a NetworkPolicy, and from two replicas on a PodDisruptionBudget.
 *
 * Every error names the construct's path, the property, its value, the rule and the fix.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 * @throws when a name, label, port, path, image, size or quantity is not one that Kubernetes accepts
 * @throws when two claims, ports or mount paths are the same, or another construct of the app has the same name or selector
 */
export class StatefulWeb extends Construct implements IClaimOwner, INetworkPolicyPeer, IPodSelector, IScalable, ISubject {
  /** The name of the StatefulSet. */
  public readonly name: string;

  /** The name of the headless Service. */
  public readonly serviceName: string;

  /** How many pods run; with `autoscaling` the most that may. */
  public readonly replicas: number;

  /** The StatefulSet, as an escape hatch. */
  public readonly statefulSet: ApiObject;

  /** The headless Service, as an escape hatch. */
  public readonly service: ApiObject;

  /** Whether an autoscaler chooses the number of pods, so that `replicas` is not rendered. */
  public hasAutoscaler: boolean;

  /** @internal */
  public readonly _openPod: PodAdditions;

  private readonly _ports: NamedPort[];
  private readonly _claims: ClaimTemplates;
  private readonly _clusterDomain: string;
  private readonly _firstOrdinal: number;
  private readonly _labels: LabelSet;
  private readonly _props: StatefulWebProps;
  private readonly _traffic: WebTraffic;
  private _disruptionBudget?: ApiObject;

  public constructor(scope: Construct, id: string, props: StatefulWebProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.serviceName = props.serviceName ?? this.name;
    this.replicas = props.autoscaling?.maxReplicas ?? props.replicas ?? 1;
    this.hasAutoscaler = props.autoscaling !== undefined;
    this._props = { ...props };
    this._ports = (props.ports ?? DEFAULT_PORTS).map((port) => Object.assign({}, port, { name: port.name ?? DEFAULT_PORT_NAME }));
    this._clusterDomain = props.clusterDomain ?? 'cluster.local';
    this._firstOrdinal = props.firstOrdinal ?? 0;
    requireValidWeb(this, this, props);

    const labels = labelSet(this, { name: this.name, component: 'web', selector: props.selectorLabels, extra: props.labels });
    this._labels = labels;
    this._claims = new ClaimTemplates(this, props.claims ?? []);
    requireUniqueWeb(this, this);
    requireResolvable(this, `${this.name}-${this._firstOrdinal + Math.max(this.replicas, 1) - 1}.${this.serviceName}${this._domain}`);
    requireOwnPods(this, labels);

    this.service = renderHeadlessService(this, 'Service', {
      name: this.serviceName, labels, ports: this._ports, publishNotReadyAddresses: props.publishNotReadyAddresses,
    });
    this._traffic = new WebTraffic(this, { name: this.name, labels, ports: this._ports, podNames: () => this.podNames }, props);
    const pod = renderWebPod(this, props, { name: this.name, labels, ports: this._ports, security: props.security ?? DEFAULT_SECURITY });
    this._openPod = new PodAdditions({ ...pod, claimNames: (props.claims ?? []).map((claim) => claim.name) });
    this.statefulSet = renderStatefulSet(this, {
      name: this.name,
      serviceName: this.serviceName,
      labels,
      replicas: this.replicas,
      claims: this._claims,
      claimRetention: props.claimRetention ?? DEFAULT_RETENTION,
      spec: renderRollout(this, this.replicas, props),
      scheduling: props,
      access: props,
      isAutoscaled: () => this.hasAutoscaler,
      ...pod,
      additions: this._openPod,
    });
    this._addDisruptionBudget(this.replicas > 1);
  }

  /** The names of the pods: `<name>-0`, `<name>-1`... */
  public get podNames(): string[] {
    return this._ordinals.map((ordinal) => `${this.name}-${ordinal}`);
  }

  /**
   * The DNS name of each pod: `<pod>.<serviceName>.<namespace>.svc.<clusterDomain>`; when the chart names no namespace
   * `<pod>.<serviceName>`, which is right inside of the pods' own namespace.
   */
  public get podDnsNames(): string[] {
    return this.podNames.map((pod) => `${pod}.${this.serviceName}${this._domain}`);
  }

  /** The Service with an address of its own, as an escape hatch; undefined until `clientService` or a route asks for it. */
  public get clientService(): ApiObject | undefined {
    return this._traffic.clientService;
  }

  /** The name of that Service. */
  public get clientServiceName(): string | undefined {
    return this.clientService && this._traffic.clientServiceName;
  }

  /** @internal */
  public get _fewestReplicas(): number {
    return this._props.autoscaling?.minReplicas ?? (this.hasAutoscaler ? 1 : this.replicas);
  }

  /** The DNS name of that Service: `<name>.<namespace>.svc.<clusterDomain>`, or only its name when the chart names no namespace. */
  public get clientDnsName(): string | undefined {
    return this.clientServiceName && `${this.clientServiceName}${this._domain}`;
  }

  /** The Services of the pods, named as these, in the order of `podNames`; empty without `podServices`. */
  public get podServices(): ApiObject[] {
    return [...this._traffic.podServices];
  }

  /** The DNS names of the Services of the pods. */
  public get podServiceDnsNames(): string[] {
    return this._traffic.podServices.map(({ name }) => `${name}${this._domain}`);
  }

  /** The NetworkPolicy, as an escape hatch; undefined with `NetworkIsolation.NONE`. */
  public get networkPolicy(): ApiObject | undefined {
    return this._traffic.network.policy;
  }

  /** The HorizontalPodAutoscaler, as an escape hatch; undefined without `autoscaling`. */
  public get autoscaler(): ApiObject | undefined {
    return this._traffic.autoscaler;
  }

  /** The PodDisruptionBudget, as an escape hatch; undefined with one pod, unless a budget or an autoscaler is given. */
  public get disruptionBudget(): ApiObject | undefined {
    return this._disruptionBudget;
  }

  /** The claims of all pods: all of pod 0, then all of pod 1... */
  public get claims(): VolumeClaim[] {
    return this._claims.claims(this.name, this._ordinals);
  }

  /** The names of the claims of all pods: `<claim>-<name>-0`, `<claim>-<name>-1`..., all of pod 0 first. */
  public get claimNames(): string[] {
    return this.claims.map((claim) => claim.name);
  }

  /** The ports on which the container listens, with their names. */
  public get ports(): WebPort[] {
    return [...this._ports];
  }

  /**
   * Lets a peer send requests. With the first call only the peers that are named may; until then all pods of the cluster.
   *
   * @param peer a `StatefulWeb`, or a workload, pods, namespaces or IP block of cdk8s-plus-27
   */
  public allowFrom(peer: INetworkPolicyPeer, options: PeerOptions = {}): void {
    this._traffic.network.allowFrom(peer, options);
  }

  /**
   * Lets the pods send requests to a peer, which must admit them itself.
   *
   * @param peer a `StatefulWeb`, or a workload, pods, namespaces or IP block of cdk8s-plus-27
   */
  public allowTo(peer: INetworkPolicyPeer, options: PeerOptions = {}): void {
    this._traffic.network.allowTo(peer, options);
  }

  /** Adds an Ingress that hands requests to the client Service, which is made if there is none. */
  public exposeViaIngress(options: IngressOptions = {}): ApiObject {
    return this._traffic.exposeViaIngress(options);
  }

  /** Adds an HTTPRoute of the Gateway API that hands requests to the client Service, which is made if there is none. */
  public exposeViaHttpRoute(options: HttpRouteOptions): ApiObject {
    return this._traffic.exposeViaHttpRoute(options);
  }

  /** Adds a PodMonitor of the Prometheus Operator. */
  public addPodMonitor(options: PodMonitorOptions = {}): ApiObject {
    return this._traffic.addPodMonitor(options);
  }

  /** Adds a ServiceMonitor of the Prometheus Operator: in place of a PodMonitor, since each reads the metrics of every pod. */
  public addServiceMonitor(options: ServiceMonitorOptions = {}): ApiObject {
    return this._traffic.addServiceMonitor(this.service, options);
  }

  /**
   * The client Service as the backend of an Ingress of cdk8s-plus-27.
   *
   * @param portName the name of the container's port, if not the first
   */
  public toIngressBackend(portName?: string): IngressBackend {
    return this._traffic.toIngressBackend(portName);
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

  /**
   * The ServiceAccount of the pods, as a RoleBinding of cdk8s-plus-27 asks for it.
   *
   * @throws when the pods have no account of their own, so that every pod of the namespace would get the role
   */
  public toSubjectConfiguration(): SubjectConfiguration {
    const name = serviceAccountNameOf(this, this._props) ?? fail(this, {
      property: 'serviceAccount', rule: 'be given where a role is bound to the pods', value: undefined,
      fix: 'without one the role would be bound to the account "default" of all pods; set serviceAccount or serviceAccountName',
    });
    return { kind: 'ServiceAccount', name, apiGroup: '', namespace: Chart.of(this).namespace };
  }

  /** Called by a HorizontalPodAutoscaler of cdk8s-plus-27 that scales the pods. */
  public markHasAutoscaler(): void {
    requireNoAutoscaler(this, this._props.autoscaling);
    this.hasAutoscaler = true;
    this._addDisruptionBudget(true);
  }

  /** The facts that a HorizontalPodAutoscaler of cdk8s-plus-27 needs. */
  public toScalingTarget(): ScalingTarget {
    const { image, resources = DEFAULT_RESOURCES, replicas } = this._props;
    return { apiVersion: 'apps/v1', kind: 'StatefulSet', name: this.name, containers: [new Container({ image, resources })], replicas };
  }

  private _addDisruptionBudget(isWanted: boolean): void {
    const { disruptionBudget } = this._props;
    if (this._disruptionBudget === undefined && (isWanted || disruptionBudget !== undefined)) {
      this._disruptionBudget = renderDisruptionBudget(this, this.name, this._labels, disruptionBudget);
    }
  }

  /** The suffix of a Service in DNS. */
  private get _domain(): string {
    const namespace = Chart.of(this).namespace;
    return !namespace ? '' : `.${namespace}.svc.${this._clusterDomain}`;
  }

  private get _ordinals(): number[] {
    return [...Array(this.replicas).keys()].map((index) => this._firstOrdinal + index);
  }
}
