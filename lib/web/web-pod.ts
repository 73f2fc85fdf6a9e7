import { ImagePullPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { LabelSet } from '../core/labels';
import { merged } from '../core/merged';
import { requireAnnotations } from '../core/validation';
import { requireArrival } from '../core/yaml-text';
import { exceptTcp, NamedPort, tcpPorts } from '../network/render/listening-ports';
import { PodSecurity } from '../pod/pod-security';
import { auxiliaryMounts, namedContainers, renderAuxiliaryContainer, requireApart } from '../pod/render/auxiliary-containers';
import { renderConfigFiles } from '../pod/render/config-maps';
import { renderEnvironment } from '../pod/render/environment';
import { namedMounts, renderMounts, SCRATCH } from '../pod/render/mounts';
import { renderProbes } from '../pod/render/probes';
import { renderResources } from '../pod/render/resources';
import { gracePeriodSeconds } from '../pod/render/rollout';
import { ContainerConfig, StatefulSetConfig } from '../pod/render/stateful-set';
import { DEFAULT_LIVENESS, DEFAULT_PRE_STOP, DEFAULT_READINESS, DEFAULT_RESOURCES, DEFAULT_STARTUP } from './defaults';
import { StatefulWebProps } from './stateful-web-props';

/** The resolved values of a web, before its pods are rendered. */
interface WebPodConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly ports: NamedPort[];
  readonly security: PodSecurity;
}

/** The part of a StatefulSet that the pods of a web contribute. */
type WebPod = Pick<StatefulSetConfig, 'containers' | 'initContainers' | 'podAnnotations' | 'podSpec' | 'security' | 'volumes'>;

/** The pods of a web, and the ConfigMaps that they mount. */
export function renderWebPod(scope: Construct, props: StatefulWebProps, { name, labels, ports, security }: WebPodConfig): WebPod {
  const gracePeriod = gracePeriodSeconds(scope, 'terminationGracePeriod', props.terminationGracePeriod);
  const others = namedContainers(props.initContainers, props.sidecars);
  const containerName = props.containerName ?? name;
  requireApart(scope, { name: containerName, nameProperty: props.containerName === undefined ? 'name' : 'containerName', ports }, others);
  requireAnnotations({ scope, property: 'podAnnotations' }, props.podAnnotations ?? {});
  requireArrival({ scope, property: 'command' }, props.command);
  requireArrival({ scope, property: 'args' }, props.args);

  const configFiles = renderConfigFiles(scope, name, labels.common, props.configFiles ?? []);
  const { volumes, volumeMounts: [ownMounts, ...otherMounts] } = renderMounts(scope, props.claims ?? [], [
    {
      mounts: [...namedMounts('mounts', props.mounts), ...configFiles.mounts],
      writablePaths: security._rules.writablePaths,
      writablePathsProperty: 'security.writablePaths',
      scratch: SCRATCH,
    },
    ...others.map((other) => auxiliaryMounts(other, security._rules.container.readOnlyRootFilesystem === true)),
  ]);
  const main: ContainerConfig = { name: containerName, volumeMounts: ownMounts, ...renderMain(scope, props, ports, gracePeriod) };
  const rendered = others.map((other, index) => renderAuxiliaryContainer(scope, other, gracePeriod, otherMounts[index]));
  const initCount = props.initContainers?.length ?? 0;
  const annotations = { ...props.podAnnotations, ...configFiles.annotations };
  return {
    containers: [main, ...rendered.slice(initCount)],
    initContainers: rendered.slice(0, initCount),
    podAnnotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    podSpec: { terminationGracePeriodSeconds: props.terminationGracePeriod && gracePeriod },
    security,
    volumes,
  };
}

/** The main container, but for its name and mounts. */
function renderMain(
  scope: Construct, props: StatefulWebProps, ports: NamedPort[], gracePeriod: number,
): Omit<ContainerConfig, 'name'> {
  const [first] = tcpPorts(ports);
  const origin = { scope, property: 'preStop' };
  const preStop = (props.preStop ?? DEFAULT_PRE_STOP)._toKube({ origin, portName: first?.name, gracePeriod });
  return merged({
    image: props.image,
    imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    ports: ports.map(({ name, port, protocol }) => ({ containerPort: port, name, protocol: exceptTcp(protocol) })),
    resources: renderResources(scope, props.resources, DEFAULT_RESOURCES),
    lifecycle: preStop && { preStop },
  }, renderEnvironment(scope, props), renderProbes(scope, {
    startup: props.startup ?? DEFAULT_STARTUP,
    readiness: props.readiness ?? DEFAULT_READINESS,
    liveness: props.liveness ?? DEFAULT_LIVENESS,
  }, first && { name: first.name, containerPort: first.port }));
}
