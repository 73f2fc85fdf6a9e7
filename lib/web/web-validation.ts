import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { INT32_MAX, PORT_MAX } from '../core/limits';
import { requireUniqueInApp } from '../core/registry';
import {
  requireDnsLabel, requireDnsName, requireImage, requireInteger, requirePortName, requireServiceName, requireUnique,
} from '../core/validation';
import { portKey, requireProtocol } from '../network/render/listening-ports';
import { requireAutoscaling } from '../pod/render/autoscaler';
import { requireDrainable } from '../pod/render/disruption-budget';
import { StatefulWebProps } from './stateful-web-props';
import { WebPort } from './web-port';

const NAME_MAX = 52;
const DNS_NAME_MAX = 253;
const NAME_WHY = ' (the label controller-revision-hash adds 11 to reach the limit of 63)';

/** A web's names, with their defaults. */
interface Names {
  readonly name: string;
  readonly serviceName: string;
}

/** The values of a web that may be defaults. */
interface Resolved extends Names {
  readonly replicas: number;
  readonly ports: WebPort[];
}

/** Refuses what no other part of the web checks. */
export function requireValidWeb(scope: Construct, { name, serviceName, replicas, ports }: Resolved, props: StatefulWebProps): void {
  const { namespace } = Chart.of(scope);
  if (namespace) {
    requireDnsLabel({ scope, property: 'namespace of the chart' }, namespace);
  }
  requireDnsLabel({ scope, property: 'name' }, name, NAME_MAX, NAME_WHY);
  requireServiceName({ scope, property: 'serviceName' }, serviceName);
  requireImage({ scope, property: 'image' }, props.image);
  requireInteger({ scope, property: 'replicas' }, props.replicas ?? 1, 0, INT32_MAX, 'leave it out for 1');
  if (props.clusterDomain !== undefined) {
    requireDnsName({ scope, property: 'clusterDomain' }, props.clusterDomain);
  }
  requireDnsLabel({ scope, property: 'containerName' }, props.containerName ?? name);
  requirePorts(scope, ports);
  if (props.autoscaling !== undefined) {
    requireAutoscaling(scope, props.autoscaling, props);
  }
  if (props.disruptionBudget !== undefined) {
    requireDrainable(scope, props.disruptionBudget, props.autoscaling?.minReplicas ?? replicas);
  }
}

/** Refuses names that another construct of the app has. */
export function requireUniqueWeb(scope: Construct, { name, serviceName }: Names): void {
  requireUniqueInApp(scope, {
    property: 'name', value: name, what: 'a StatefulSet name', scoped: 'namespace', fix: 'give each its own name',
  });
  requireUniqueInApp(scope, {
    property: 'serviceName', value: serviceName, what: 'a Service name', scoped: 'namespace', fix: 'give each its own serviceName',
  });
}

/** A resolver asks for no longer names. */
export function requireResolvable(scope: Construct, lastPodDnsName: string): void {
  if (lastPodDnsName.length > DNS_NAME_MAX) {
    fail(scope, {
      property: 'clusterDomain', rule: `make names of pods with at most ${DNS_NAME_MAX} characters`, value: lastPodDnsName.length,
      fix: 'shorten it, or name or serviceName',
    });
  }
}

function requirePorts(scope: Construct, ports: WebPort[]): void {
  if (ports.length === 0) {
    fail(scope, { property: 'ports', rule: 'name at least one port', value: ports, fix: 'leave it out for port 80' });
  }
  ports.forEach(({ name, port, protocol }, index) => {
    requireProtocol({ scope, property: `ports[${index}].protocol` }, protocol);
    requirePortName({ scope, property: `ports[${index}].name` }, name ?? '');
    requireInteger({ scope, property: `ports[${index}].port` }, port, 1, PORT_MAX, 'name the port on which the container listens');
  });
  requireUnique(scope, (index) => `ports[${index}].name`, ports.map((port) => port.name ?? ''), 'port name');
  requireUnique(scope, (index) => `ports[${index}].port`, ports.map(portKey), 'port number');
}
