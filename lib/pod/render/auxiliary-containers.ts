import { Size } from 'cdk8s';
import { ContainerResources, Cpu, ImagePullPolicy } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { PORT_MAX } from '../../core/limits';
import { requireDnsLabel, requireImage, requireInteger, requireOneOf, requirePortName, requireUnique } from '../../core/validation';
import { requireArrival } from '../../core/yaml-text';
import { exceptTcp, NamedPort, portKey, requireProtocol, tcpPorts } from '../../network/render/listening-ports';
import { AuxiliaryContainer } from '../auxiliary-container';
import { ContainerRestartPolicy } from '../container-restart-policy';
import { InitContainer } from '../init-container';
import { renderEnvironment } from './environment';
import { ContainerMounts, namedMounts, SCRATCH } from './mounts';
import { renderProbes } from './probes';
import { renderResources } from './resources';
import { ContainerConfig } from './stateful-set';

const NAME_MAX = 63 - `${SCRATCH}-`.length;
const NAME_WHY = ` (its volume ${SCRATCH}-<name> reaches the limit of 63)`;
const WRITABLE_PATHS = ['/tmp'];
const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10), limit: Cpu.millis(100) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};

/** A container beside the main one, and what the user calls it, e.g. `sidecars[0]`. */
export interface NamedContainer {
  readonly property: string;
  readonly container: InitContainer;
  /** Whether it runs to its end before the main container starts. */
  readonly ends: boolean;
}

/** The containers of a pod beside the main one: those that run before it, then those that run beside it. */
export function namedContainers(initContainers: InitContainer[] = [], sidecars: AuxiliaryContainer[] = []): NamedContainer[] {
  return [
    ...initContainers.map((container, index) => (
      { container, property: `initContainers[${index}]`, ends: container.restartPolicy !== ContainerRestartPolicy.ALWAYS }
    )),
    ...sidecars.map((container, index) => ({ container, property: `sidecars[${index}]`, ends: false })),
  ];
}

/** What a container beside the main one mounts. */
export function auxiliaryMounts({ container, property }: NamedContainer, isRootReadOnly: boolean): ContainerMounts {
  return {
    mounts: namedMounts(`${property}.mounts`, container.mounts),
    writablePaths: isRootReadOnly ? container.writablePaths ?? WRITABLE_PATHS : [],
    writablePathsProperty: `${property}.writablePaths`,
    scratch: `${SCRATCH}-${container.name}`,
  };
}

/** A container beside the main one. */
export function renderAuxiliaryContainer(
  scope: IConstruct, { container, property, ends }: NamedContainer, gracePeriod: number, volumeMounts?: Record<string, unknown>[],
): ContainerConfig {
  requireAuxiliary(scope, property, container);
  if (ends) {
    requireNothingOfRunning(scope, property, container);
  }
  requireArrival({ scope, property: `${property}.command` }, container.command);
  requireArrival({ scope, property: `${property}.args` }, container.args);
  const [first] = tcpPorts(container.ports ?? []);
  const preStop = container.preStop?._toKube({ origin: { scope, property: `${property}.preStop` }, gracePeriod, portName: first?.name });
  const ports = container.ports?.map(({ name, port, protocol }) => ({ containerPort: port, name, protocol: exceptTcp(protocol) }));
  return {
    name: container.name,
    image: container.image,
    imagePullPolicy: container.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    command: container.command && [...container.command],
    args: container.args && [...container.args],
    ...renderEnvironment(scope, container, `${property}.`),
    ports: ports !== undefined && ports.length > 0 ? ports : undefined,
    resources: renderResources(scope, container.resources, RESOURCES, `${property}.`),
    ...renderProbes(scope, container, first && { name: first.name, containerPort: first.port }, `${property}.`),
    lifecycle: preStop && { preStop },
    restartPolicy: container.restartPolicy,
    volumeMounts,
  };
}

function requireAuxiliary(scope: IConstruct, property: string, { name, image, ports, restartPolicy }: InitContainer): void {
  requireDnsLabel({ scope, property: `${property}.name` }, name, NAME_MAX, NAME_WHY);
  requireImage({ scope, property: `${property}.image` }, image);
  if (restartPolicy !== undefined) {
    requireOneOf({ scope, property: `${property}.restartPolicy` }, restartPolicy, Object.values(ContainerRestartPolicy),
      'leave it out for a container that runs to its end');
  }
  ports?.forEach((port, index) => {
    requirePortName({ scope, property: `${property}.ports[${index}].name` }, port.name);
    requireProtocol({ scope, property: `${property}.ports[${index}].protocol` }, port.protocol);
    requireInteger({ scope, property: `${property}.ports[${index}].port` }, port.port, 1, PORT_MAX,
      'name the port on which the container listens');
  });
}

/** Kubernetes refuses probes and hooks of a container that runs to its end. */
function requireNothingOfRunning(scope: IConstruct, property: string, container: InitContainer): void {
  for (const option of ['startup', 'readiness', 'liveness', 'preStop'] as const) {
    if (container[option] !== undefined) {
      fail(scope, {
        property: `${property}.${option}`, rule: 'be left out of a container that runs to its end', value: container.name,
        fix: 'leave it out; for one that keeps running say restartPolicy: ContainerRestartPolicy.ALWAYS',
      });
    }
  }
}

/** The main container, as the others see it. */
interface MainContainer {
  readonly name: string;
  readonly nameProperty: string;
  readonly ports: NamedPort[];
}

/** Containers of a pod share its network, and Services find a port by its name: even that of a container that has ended. */
export function requireApart(scope: IConstruct, main: MainContainer, others: NamedContainer[]): void {
  const nameProperties = [main.nameProperty, ...others.map(({ property }) => `${property}.name`)];
  requireUnique(scope, (index) => nameProperties[index], [main.name, ...others.map(({ container }) => container.name)], 'container name');
  const ports = [
    ...main.ports.map((port, index) => Object.assign({}, port, { property: `ports[${index}]` })),
    ...others.flatMap(({ container, property }) => (container.ports ?? []).map((port, index) => (
      { ...port, property: `${property}.ports[${index}]` }
    ))),
  ];
  requireUnique(scope, (index) => `${ports[index].property}.name`, ports.map(({ name }) => name), 'port name');
  requireUnique(scope, (index) => `${ports[index].property}.port`, ports.map(portKey), 'port number');
}
