import { ApiObject, Chart } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { PodSecurity } from '../pod/pod-security';
import { ClaimTemplates } from '../private/claim-templates';
import { renderDisruptionBudget } from '../private/disruption-budget';
import { renderEnvironment } from '../private/environment';
import { fail } from '../private/errors';
import { renderHeadlessService } from '../private/headless-service';
import { labelSet } from '../private/labels';
import { renderMounts } from '../private/mounts';
import { renderProbes } from '../private/probes';
import { requireUniqueInApp } from '../private/registry';
import { renderResources } from '../private/resources';
import { requireOwnPods } from '../private/selectors';
import { renderStatefulSet } from '../private/stateful-set';
import {
  requireDnsLabel, requireDnsName, requireImage, requireInteger, requirePortName, requireServiceName, requireUnique,
} from '../private/validation';
import { IClaimOwner } from '../storage/claim-owner';
import { VolumeClaim } from '../storage/volume-claim';
import { DEFAULT_LIVENESS, DEFAULT_READINESS, DEFAULT_RESOURCES, DEFAULT_STARTUP } from './defaults';
import { StatefulWebProps } from './stateful-web-props';
import { WebPort } from './web-port';

const REPLICAS_MAX = 2147483647; // the API's int32
const NAME_MAX = 52;
const NAME_WHY = ' (the label controller-revision-hash adds 11 to reach the limit of 63)';
const DEFAULT_PORTS: WebPort[] = [{ port: 80 }];
const DEFAULT_PORT_NAME = 'web';

/**
 * A web server whose pods keep their names and, with claims, their volumes: a StatefulSet, the headless Service that names its pods in
 * DNS, and from two replicas on a PodDisruptionBudget.
 *
 * Every error names the construct's path, the property, its value, the rule and the cure.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 * @throws when a name, label, port, path, image, size or quantity is not one that Kubernetes accepts
 * @throws when two claims, ports or mount paths are the same, or another construct of the app has the same name or selector
 */
export class StatefulWeb extends Construct implements IClaimOwner {
  /** The name of the StatefulSet. */
  public readonly name: string;

  /** The name of the headless Service. */
  public readonly serviceName: string;

  /** How many pods run. */
  public readonly replicas: number;

  /** The StatefulSet, to patch what no property says. */
  public readonly statefulSet: ApiObject;

  /** The headless Service, to patch what no property says. */
  public readonly service: ApiObject;

  /** The PodDisruptionBudget, to patch what no property says; undefined with fewer than two replicas. */
  public readonly disruptionBudget?: ApiObject;

  private readonly _ports: Required<WebPort>[];
  private readonly _claims: ClaimTemplates;
  private readonly _clusterDomain: string;

  public constructor(scope: Construct, id: string, props: StatefulWebProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.serviceName = props.serviceName ?? this.name;
    this.replicas = props.replicas ?? 1;
    this._ports = (props.ports ?? DEFAULT_PORTS).map(({ name, port }) => ({ name: name ?? DEFAULT_PORT_NAME, port }));
    this._clusterDomain = props.clusterDomain ?? 'cluster.local';
    this._requireValid(props);

    const security = props.security ?? PodSecurity.restricted();
    const labels = labelSet(this, { name: this.name, component: 'web', selector: props.selectorLabels, extra: props.labels });
    this._claims = new ClaimTemplates(this, props.claims ?? []);
    const { volumes, volumeMounts } = renderMounts(this, {
      claims: props.claims ?? [],
      mounts: props.mounts ?? [],
      writablePaths: security._rules.writablePaths,
    });
    this._requireUniqueInApp();
    requireOwnPods(this, labels);

    this.service = renderHeadlessService(this, 'Service', { name: this.serviceName, labels, ports: this._ports });
    this.statefulSet = renderStatefulSet(this, {
      name: this.name,
      serviceName: this.serviceName,
      labels,
      replicas: this.replicas,
      security,
      volumes,
      claims: this._claims,
      containers: [this._renderContainer(props, volumeMounts)],
    });
    this.disruptionBudget = this.replicas > 1 ? renderDisruptionBudget(this, this.name, labels) : undefined;
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
    const namespace = Chart.of(this).namespace;
    const domain = !namespace ? '' : `.${namespace}.svc.${this._clusterDomain}`;
    return this.podNames.map((pod) => `${pod}.${this.serviceName}${domain}`);
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

  private _renderContainer(props: StatefulWebProps, volumeMounts: Record<string, unknown>[]) {
    const [{ name, port: containerPort }] = this._ports;
    return {
      name: props.containerName ?? this.name,
      image: props.image,
      imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
      command: props.command && [...props.command],
      args: props.args && [...props.args],
      env: renderEnvironment(this, props.envVariables),
      ports: this._ports.map((port) => ({ containerPort: port.port, name: port.name })),
      resources: renderResources(this, props.resources, DEFAULT_RESOURCES),
      ...renderProbes(this, {
        startup: props.startup ?? DEFAULT_STARTUP,
        readiness: props.readiness ?? DEFAULT_READINESS,
        liveness: props.liveness ?? DEFAULT_LIVENESS,
      }, { name, containerPort }),
      volumeMounts: volumeMounts.length > 0 ? volumeMounts : undefined,
    };
  }

  private _requireValid(props: StatefulWebProps): void {
    const { namespace } = Chart.of(this);
    if (namespace) {
      requireDnsLabel({ scope: this, property: 'namespace of the chart' }, namespace);
    }
    requireDnsLabel({ scope: this, property: 'name' }, this.name, NAME_MAX, NAME_WHY);
    requireServiceName({ scope: this, property: 'serviceName' }, this.serviceName);
    requireImage({ scope: this, property: 'image' }, props.image);
    requireInteger({ scope: this, property: 'replicas' }, this.replicas, 0, REPLICAS_MAX, 'leave it out for 1');
    requireDnsName({ scope: this, property: 'clusterDomain' }, this._clusterDomain);
    requireDnsLabel({ scope: this, property: 'containerName' }, props.containerName ?? this.name);
    if (this._ports.length === 0) {
      fail(this, { property: 'ports', rule: 'name at least one port', value: props.ports, cure: 'leave it out for port 80' });
    }
    this._ports.forEach(({ name, port }, index) => {
      requirePortName({ scope: this, property: `ports[${index}].name` }, name);
      requireInteger({ scope: this, property: `ports[${index}].port` }, port, 1, 65535, 'name the port on which the container listens');
    });
    requireUnique(this, (index) => `ports[${index}].name`, this._ports.map((port) => port.name), 'port name');
    requireUnique(this, (index) => `ports[${index}].port`, this._ports.map((port) => port.port), 'port number');
  }

  private _requireUniqueInApp(): void {
    requireUniqueInApp(this, {
      property: 'name', value: this.name, what: 'a StatefulSet name', scoped: 'namespace', cure: 'give each its own name',
    });
    requireUniqueInApp(this, {
      property: 'serviceName', value: this.serviceName, what: 'a Service name', scoped: 'namespace', cure: 'give each its own serviceName',
    });
  }

  private get _ordinals(): number[] {
    return [...Array(this.replicas).keys()];
  }
}
