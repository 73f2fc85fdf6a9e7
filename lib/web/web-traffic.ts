import { ApiObject, App, Chart } from 'cdk8s';
import { IngressBackend, Service, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { LabelSet } from '../core/labels';
import { requireOneOf } from '../core/validation';
import { ClientServiceOptions } from '../network/client-service-options';
import { HttpRouteOptions } from '../network/http-route-options';
import { IngressOptions } from '../network/ingress-options';
import { MonitoredService } from '../network/monitored-service';
import { PodMonitorOptions } from '../network/pod-monitor-options';
import { Backend, renderHttpRoute, renderIngress } from '../network/render/exposure';
import { NamedPort, tcpPorts } from '../network/render/listening-ports';
import { renderPodMonitor, renderServiceMonitor } from '../network/render/monitors';
import { NetworkRules } from '../network/render/network-policy';
import { clientServicePorts, renderClientService, renderPodServices } from '../network/render/services';
import { ServiceMonitorOptions } from '../network/service-monitor-options';
import { renderAutoscaler } from '../pod/render/autoscaler';
import { StatefulWebProps } from './stateful-web-props';

export interface WebTrafficConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly ports: NamedPort[];
  readonly podNames: () => string[];
}

/** The objects that a `StatefulWeb` renders in front of its pods. */
export class WebTraffic {
  public readonly network: NetworkRules;
  public readonly clientServiceName: string;
  public readonly podServices: ApiObject[];
  public readonly autoscaler?: ApiObject;

  private readonly _clientPorts: NamedPort[];
  private _clientService?: ApiObject;

  public constructor(private readonly _scope: Construct, private readonly _config: WebTrafficConfig, props: StatefulWebProps) {
    const { name, labels, ports, podNames } = _config;
    const { clientService, podServices, autoscaling, isolation } = props;
    this._clientPorts = clientServicePorts(_scope, _config, clientService?.ports);
    this.clientServiceName = clientService?.name ?? `${name}-client`;
    if (clientService !== undefined) {
      this._renderClientService(clientService);
    }
    this.podServices = podServices === undefined ? [] : renderPodServices(_scope, _config, podNames(), podServices);
    this.network = new NetworkRules(_scope, {
      name,
      labels,
      isolation,
      ports,
      clients: [clientService?.type, podServices?.type].every((type) => (type ?? ServiceType.CLUSTER_IP) === ServiceType.CLUSTER_IP)
        ? 'cluster' : 'everybody',
    });
    this.autoscaler = autoscaling && renderAutoscaler(_scope, name, labels.common, autoscaling);
  }

  public get clientService(): ApiObject | undefined {
    return this._clientService;
  }

  public exposeViaIngress(options: IngressOptions): ApiObject {
    return renderIngress(this._scope, this._workload, this._backend('exposeViaIngress', options.portName, true), options);
  }

  public exposeViaHttpRoute(options: HttpRouteOptions): ApiObject {
    return renderHttpRoute(this._scope, this._workload, this._backend('exposeViaHttpRoute', options.portName, true), options);
  }

  public addPodMonitor(options: PodMonitorOptions): ApiObject {
    const { name, labels, ports } = this._config;
    return renderPodMonitor(this._scope, { name, labels, portNames: tcpPorts(ports).map((port) => port.name) }, options);
  }

  public addServiceMonitor(headless: ApiObject, options: ServiceMonitorOptions): ApiObject {
    const role = options.service ?? MonitoredService.HEADLESS;
    requireOneOf({ scope: this._scope, property: 'service of the ServiceMonitor' }, role, Object.values(MonitoredService),
      'use MonitoredService');
    const [service, ports] = role === MonitoredService.HEADLESS
      ? [headless, this._config.ports] : [this._requireClientService('a ServiceMonitor of it'), this._clientPorts];
    return renderServiceMonitor(this._scope, this._config, { service, role, portNames: tcpPorts(ports).map(({ name }) => name) }, options);
  }

  /** cdk8s-plus makes backends of its own Services only, so this one makes it of a Service in a temporary app, which is not rendered. */
  public toIngressBackend(portName?: string): IngressBackend {
    const { serviceName, port } = this._backend('toIngressBackend', portName);
    const service = new Service(new Chart(new App(), 'backend'), 'service', { metadata: { name: serviceName }, ports: [{ port }] });
    return IngressBackend.fromService(service);
  }

  private get _workload() {
    return { name: this._config.name, labels: this._config.labels.common };
  }

  /** @param isMade whether the client Service is made where there is none */
  private _backend(method: string, portName?: string, isMade = false): Backend {
    const { name: serviceName } = isMade ? this._clientService ?? this._renderClientService({})
      : this._requireClientService(`${method}, which needs a Service with an address of its own`);
    const ports = tcpPorts(this._clientPorts);
    const name = portName ?? ports[0]?.name;
    const origin = { scope: this._scope, property: `portName of ${method}` };
    requireOneOf(origin, name, ports.map((port) => port.name), 'name a port of the client Service');
    return { serviceName, port: ports.find((port) => port.name === name)!.port };
  }

  private _renderClientService(options: ClientServiceOptions): ApiObject {
    const { labels } = this._config;
    const config = { name: this.clientServiceName, labels, ports: this._clientPorts };
    this._clientService = renderClientService(this._scope, config, options);
    return this._clientService;
  }

  private _requireClientService(purpose: string): ApiObject {
    return this._clientService ?? fail(this._scope, {
      property: 'clientService', rule: `be set for ${purpose}`, value: undefined, fix: 'set clientService: {}',
    });
  }
}
