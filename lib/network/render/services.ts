import { ApiObject, Duration } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { LabelSet } from '../../core/labels';
import { PORT_MAX } from '../../core/limits';
import { requireUniqueInApp } from '../../core/registry';
import {
  requireAnnotations, requireInteger, requireOneOf, requireQualifiedName, requireServiceName, requireUnique,
} from '../../core/validation';
import { ClientServiceOptions } from '../client-service-options';
import { PodServicesOptions } from '../pod-services-options';
import { NamedPort, portKey } from './listening-ports';
import { renderService } from './service';

const TYPES: string[] = [ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER];
const DAY_SECONDS = 86400;

/** What the Services of a workload have in common. */
export interface ServicesConfig {
  readonly labels: LabelSet;
  /** The ports of the container. */
  readonly ports: NamedPort[];
}

/** Which ports the client Service offers, in the container's order. */
export function clientServicePorts(scope: Construct, { ports }: ServicesConfig, wanted?: { [portName: string]: number }): NamedPort[] {
  if (wanted === undefined) {
    return ports;
  }
  const property = 'clientService.ports';
  for (const [name, port] of Object.entries(wanted)) {
    requireOneOf({ scope, property }, name, ports.map((own) => own.name), 'name a port of the container');
    requireInteger({ scope, property: `${property}.${name}` }, port, 1, PORT_MAX, 'name the port that clients use');
  }
  const offered = ports.filter(({ name }) => wanted[name] !== undefined).map((own) => ({ ...own, port: wanted[own.name] }));
  if (offered.length === 0) {
    fail(scope, { property, rule: 'name at least one port', value: wanted, fix: 'leave it out for all ports of the container' });
  }
  requireUnique(scope, (index) => `${property}.${offered[index].name}`, offered.map(portKey), 'port number');
  return offered;
}

/** The Service in front of all pods. */
export function renderClientService(
  scope: Construct, config: ServicesConfig & { readonly name: string }, options: ClientServiceOptions,
): ApiObject {
  const { type, sessionAffinity, loadBalancerClass, annotations } = options;
  const property = 'clientService';
  requireType(scope, property, type);
  requireAnnotations({ scope, property: `${property}.annotations` }, annotations ?? {});
  if (loadBalancerClass !== undefined) {
    requireQualifiedName({ scope, property: `${property}.loadBalancerClass` }, loadBalancerClass,
      'leave it out for the cluster\'s own load balancer');
    if (type !== ServiceType.LOAD_BALANCER) {
      fail(scope, {
        property: `${property}.loadBalancerClass`, rule: 'come with ServiceType.LOAD_BALANCER', value: loadBalancerClass,
        fix: `set ${property}.type, or leave the class out`,
      });
    }
  }
  const timeoutSeconds = affinitySeconds(scope, `${property}.sessionAffinity`, sessionAffinity);
  requireName(scope, `${property}.name`, config.name);
  return renderService(scope, 'ClientService', {
    ...config,
    annotations,
    spec: {
      loadBalancerClass,
      sessionAffinity: timeoutSeconds === undefined ? undefined : 'ClientIP',
      sessionAffinityConfig: timeoutSeconds === undefined ? undefined : { clientIP: { timeoutSeconds } },
      type: exceptClusterIp(type),
    },
  });
}

/** A Service for each pod, under the pod's name. */
export function renderPodServices(scope: Construct, config: ServicesConfig, pods: string[], options: PodServicesOptions): ApiObject[] {
  const { type, annotations } = options;
  requireType(scope, 'podServices', type);
  requireAnnotations({ scope, property: 'podServices.annotations' }, annotations ?? {});
  return pods.map((pod) => {
    requireName(scope, 'podServices', pod);
    return renderService(scope, `PodService-${pod}`, {
      ...config, name: pod, annotations, narrowedTo: { 'statefulset.kubernetes.io/pod-name': pod }, spec: { type: exceptClusterIp(type) },
    });
  });
}

function requireName(scope: Construct, property: string, name: string): void {
  requireServiceName({ scope, property }, name);
  requireUniqueInApp(scope, { property, value: name, what: 'a Service name', scoped: 'namespace', fix: 'give each its own name' });
}

function affinitySeconds(scope: Construct, property: string, duration?: Duration): number | undefined {
  const seconds = duration?.toSeconds({ integral: false });
  if (seconds !== undefined) {
    requireInteger({ scope, property }, seconds, 1, DAY_SECONDS, 'write it as in Duration.hours(3), or leave it out for no affinity');
  }
  return seconds;
}

function requireType(scope: Construct, property: string, type?: ServiceType): void {
  requireOneOf({ scope, property: `${property}.type` }, type ?? ServiceType.CLUSTER_IP, TYPES, 'leave it out for ClusterIP');
}

/** The type unless it is the API's default. */
function exceptClusterIp(type?: ServiceType): ServiceType | undefined {
  return type === ServiceType.CLUSTER_IP ? undefined : type;
}
