import { Size } from 'cdk8s';
import { Cpu, EnvValue, Secret } from 'cdk8s-plus-27';
import {
  AuxiliaryContainer, ContainerRestartPolicy, EnvFromSource, InitContainer, PodSecurity, PodVolume, PreStop, Probe, StatefulWebProps,
} from '../../lib';
import { addWeb, claim, objectOfKind, podOf, renderWeb, synth, testChart } from '../util';

const SIDE: AuxiliaryContainer = { name: 'side', image: 'busybox:1.28.3' };
const side = (changes: Partial<InitContainer>) => ({ ...SIDE, ...changes });

describe('the smallest sidecar', () => {
  const { pod } = renderWeb({ sidecars: [SIDE] });

  test('comes behind the main container with resources and a folder of its own', () => {
    expect(pod.containers.map(({ name }) => name)).toEqual(['web', 'side']);
    expect(pod.containers[1]).toEqual({
      name: 'side',
      image: 'busybox:1.28.3',
      imagePullPolicy: 'IfNotPresent',
      resources: {
        limits: { cpu: '100m', 'ephemeral-storage': '64Mi', memory: '64Mi' },
        requests: { cpu: '10m', 'ephemeral-storage': '16Mi', memory: '32Mi' },
      },
      securityContext: pod.containers[0].securityContext,
      volumeMounts: [{ name: 'scratch-side', mountPath: '/tmp', subPath: 'tmp' }],
    });
    expect(pod.volumes).toEqual([{ name: 'scratch', emptyDir: {} }, { name: 'scratch-side', emptyDir: {} }]);
  });

  test('changes nothing of the main container', () => {
    expect(pod.containers[0]).toEqual(renderWeb().container);
  });
});

describe('containers beside the main one', () => {
  test('that run before it are init containers, in order', () => {
    const { pod } = renderWeb({ initContainers: [side({ name: 'b' }), side({ name: 'a' })] });
    expect(pod.initContainers?.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(pod.containers.map(({ name }) => name)).toEqual(['web']);
    expect(pod.initContainers?.[0].securityContext).toEqual({
      allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true,
    });
  });

  test('that run before it may be always started again, and are probed then', () => {
    const { pod } = renderWeb({
      initContainers: [side({ restartPolicy: ContainerRestartPolicy.ALWAYS, startup: Probe.exec(['true']), preStop: PreStop.exec(['x']) })],
    });
    expect(pod.initContainers?.[0]).toMatchObject({
      restartPolicy: 'Always', startupProbe: { exec: { command: ['true'] } }, lifecycle: { preStop: { exec: { command: ['x'] } } },
    });
  });

  test('run what they are told', () => {
    const { pod } = renderWeb({
      sidecars: [side({
        command: ['a'], args: ['b'], envVariables: { Z: EnvValue.fromValue('1') }, envFrom: [EnvFromSource.secret('keys')],
        resources: { cpu: { request: Cpu.units(1) }, memory: {}, ephemeralStorage: { limit: Size.gibibytes(1) } },
      })],
    });
    expect(pod.containers[1]).toMatchObject({
      command: ['a'], args: ['b'], env: [{ name: 'Z', value: '1' }], envFrom: [{ secretRef: { name: 'keys' } }],
      resources: { limits: { 'ephemeral-storage': '1Gi' }, requests: { cpu: '1' } },
    });
  });

  test('are probed on their own first port', () => {
    const { pod } = renderWeb({
      sidecars: [side({
        ports: [{ port: 9000, name: 'metrics' }], startup: Probe.tcpSocket(), readiness: Probe.grpc(), liveness: Probe.httpGet('/'),
        preStop: PreStop.httpGet('/stop'),
      })],
    });
    expect(pod.containers[1]).toMatchObject({
      ports: [{ containerPort: 9000, name: 'metrics' }],
      startupProbe: { tcpSocket: { port: 'metrics' } },
      readinessProbe: { grpc: { port: 9000 } },
      livenessProbe: { httpGet: { path: '/', port: 'metrics' } },
      lifecycle: { preStop: { httpGet: { path: '/stop', port: 'metrics' } } },
    });
  });

  test('without ports are probed by commands, and on ports that are named', () => {
    const { pod } = renderWeb({
      sidecars: [side({
        readiness: Probe.tcpSocket({ port: 9000 }), liveness: Probe.exec(['true']), preStop: PreStop.httpGet('/', { port: 1 }),
      })],
    });
    expect(pod.containers[1]).toMatchObject({
      readinessProbe: { tcpSocket: { port: 9000 } }, livenessProbe: { exec: { command: ['true'] } },
      lifecycle: { preStop: { httpGet: { path: '/', port: 1 } } },
    });
  });

  test('stop at once by default, and when that is said', () => {
    expect(renderWeb({ sidecars: [side({ preStop: PreStop.none() })] }).pod).toEqual(renderWeb({ sidecars: [SIDE] }).pod);
  });

  test('mount the claims and volumes of the pod', () => {
    const shared = PodVolume.emptyDir('shared');
    const { pod, statefulSet } = renderWeb({
      claims: [claim()],
      mounts: [{ volume: shared, mountPath: '/shared' }, { volume: PodVolume.claimTemplate('www'), mountPath: '/logs', subPath: 'logs' }],
      initContainers: [side({ name: 'init', mounts: [{ volume: PodVolume.claimTemplate('www'), mountPath: '/www' }] })],
      sidecars: [side({ mounts: [{ volume: shared, mountPath: '/from', readOnly: true }], writablePaths: [] })],
    });
    expect(pod.initContainers?.[0].volumeMounts?.[0]).toEqual({ name: 'www', mountPath: '/www' });
    expect(pod.containers[0].volumeMounts?.slice(0, 3)).toEqual([
      { name: 'www', mountPath: '/usr/share/nginx/html' },
      { name: 'shared', mountPath: '/shared' },
      { name: 'www', mountPath: '/logs', subPath: 'logs' },
    ]);
    expect(pod.containers[1].volumeMounts).toEqual([{ name: 'shared', mountPath: '/from', readOnly: true }]);
    expect(pod.volumes?.map(({ name }) => name)).toEqual(['shared', 'scratch', 'scratch-init']);
    expect(statefulSet.spec?.volumeClaimTemplates?.map(({ metadata }) => metadata?.name)).toEqual(['www']);
  });

  test('write where they like when the image runs as it was built', () => {
    const { pod } = renderWeb({ security: PodSecurity.asImageBuilt(), sidecars: [side({ writablePaths: ['/data'] })] });
    expect([pod.volumes, pod.containers[1].volumeMounts]).toEqual([undefined, undefined]);
    expect(pod.containers[1].securityContext).toEqual({ allowPrivilegeEscalation: false });
  });

  test('may listen on a privileged port too', () => {
    const { pod } = renderWeb({ ports: [{ port: 8080 }], sidecars: [side({ ports: [{ port: 443, name: 'tls' }] })] });
    expect(pod.securityContext?.sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '443' }]);
  });

  test('with properties that are explicitly undefined are those of properties left out', () => {
    const explicit: Partial<InitContainer> = {
      imagePullPolicy: undefined, command: undefined, args: undefined, envVariables: undefined, envFrom: undefined, resources: undefined,
      mounts: undefined, writablePaths: undefined, ports: undefined, startup: undefined, readiness: undefined, liveness: undefined,
      preStop: undefined, restartPolicy: undefined,
    };
    expect(renderWeb({ initContainers: [side(explicit)] })).toEqual(renderWeb({ initContainers: [SIDE] }));
  });

  test('do not change with arrays that the caller changes later', () => {
    const sidecars = [{ ...SIDE, command: ['true'], ports: [{ port: 1, name: 'one' }] }];
    const chart = testChart();
    addWeb(chart, { sidecars });
    const before = synth(chart);
    sidecars[0].command.push('--more');
    sidecars[0].ports.push({ port: 2, name: 'two' });
    sidecars.push(sidecars[0]);
    expect(synth(chart)).toEqual(before);
  });
});

describe('the environment', () => {
  test('can come from a Secret', () => {
    const chart = testChart();
    const secret = Secret.fromSecretName(chart, 'keys', 'shop-keys');
    addWeb(chart, { envVariables: { KEY: EnvValue.fromSecretValue({ secret, key: 'api' }) } });
    expect(podOf(objectOfKind(synth(chart), 'StatefulSet')).containers[0].env)
      .toEqual([{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'shop-keys', key: 'api' } } }]);
  });

  test('can come from all keys of ConfigMaps and Secrets, in order', () => {
    const { container } = renderWeb({
      envFrom: [EnvFromSource.secret('z', { optional: true }), EnvFromSource.configMap('a', { prefix: 'A_', optional: false })],
    });
    expect(container.envFrom).toEqual([{ secretRef: { name: 'z', optional: true } }, { configMapRef: { name: 'a' }, prefix: 'A_' }]);
  });
});

const LABEL_CURE = 'use lower-case letters, digits and hyphens, with a letter or digit at both ends';
const NAME = 'be a DNS label of at most 55 characters (its volume scratch-<name> reaches the limit of 63)';
const DNS_NAME = 'be a DNS name of at most 253 characters';
const DNS_NAME_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const ENV = 'be the name of an environment variable';
const ENV_CURE = 'use letters, digits, "-", "_" and ".", not a digit first';
const NO_PORT = `must name a port, got nothing: the container has none of TCP; name it here or in the container's ports`;
const ENDS = 'must be left out of a container that runs to its end, got "side": ' +
  'leave it out; for one that keeps running say restartPolicy: ContainerRestartPolicy.ALWAYS';

test.each<[what: string, props: Partial<StatefulWebProps>, message: string]>([
  ['a name of 56 characters', { sidecars: [side({ name: 'n'.repeat(56) })] },
    `'sidecars[0].name' must ${NAME}, got "${'n'.repeat(56)}": ${LABEL_CURE}`],
  ['the name of the main container', { containerName: 'nginx', initContainers: [side({ name: 'nginx' })] },
    `'initContainers[0].name' must be a container name of its own, got "nginx": 'containerName' has it already`],
  ['the name that is the main container\'s by default', { sidecars: [side({ name: 'web' })] },
    `'sidecars[0].name' must be a container name of its own, got "web": 'name' has it already`],
  ['a name twice', { initContainers: [SIDE], sidecars: [SIDE] },
    `'sidecars[0].name' must be a container name of its own, got "side": 'initContainers[0].name' has it already`],
  ['an image without tag', { sidecars: [side({ image: 'busybox' })] },
    `'sidecars[0].image' must have a tag or a digest, got "busybox": ` +
    'add the version that you tested, as in "nginx:1.29"; without one the image changes under you'],
  ['an unknown restart policy', { initContainers: [side({ restartPolicy: 'Never' as ContainerRestartPolicy })] },
    `'initContainers[0].restartPolicy' must be one of Always, got "Never": leave it out for a container that runs to its end`],
  ['the port of the main container', { sidecars: [side({ ports: [{ port: 80, name: 'more' }] })] },
    `'sidecars[0].ports[0].port' must be a port number of its own, got 80: 'ports[0].port' has it already`],
  ['the port name of the main container', { sidecars: [side({ ports: [{ port: 81, name: 'web' }] })] },
    `'sidecars[0].ports[0].name' must be a port name of its own, got "web": 'ports[0].name' has it already`],
  // The API server warns: Services that select the port by its name would use that of the container that has ended.
  ['the port name of the main container in one that ends', { initContainers: [side({ ports: [{ port: 81, name: 'web' }] })] },
    `'initContainers[0].ports[0].name' must be a port name of its own, got "web": 'ports[0].name' has it already`],
  ['port 0', { sidecars: [side({ ports: [{ port: 0, name: 'zero' }] })] },
    `'sidecars[0].ports[0].port' must be a whole number from 1 to 65535, got 0: name the port on which the container listens`],
  ['a port without name', { initContainers: [side({ ports: [{ port: 1, name: '' }] })] },
    `'initContainers[0].ports[0].name' must be a port name of at most 15 characters, got "": ` +
    'use lower-case letters, digits and single hyphens, with at least one letter and no hyphen at an end'],
  ['a probe of no port', { sidecars: [side({ readiness: Probe.grpc() })] }, `'sidecars[0].readiness' ${NO_PORT}`],
  ['a hook of no port', { sidecars: [side({ preStop: PreStop.httpGet('/') })] }, `'sidecars[0].preStop' ${NO_PORT}`],
  ['a probe of what ends', { initContainers: [side({ liveness: Probe.exec(['true']) })] }, `'initContainers[0].liveness' ${ENDS}`],
  ['a hook of what ends', { initContainers: [side({ preStop: PreStop.exec(['true']) })] }, `'initContainers[0].preStop' ${ENDS}`],
  ['two successes of liveness', { sidecars: [side({ liveness: Probe.exec(['true'], { successThreshold: 2 }) })] },
    `'sidecars[0].liveness.successThreshold' must be 1, got 2: leave it out; only readiness may ask for more`],
  ['a request over its limit', { sidecars: [side({ resources: { cpu: { request: Cpu.units(2), limit: Cpu.units(1) } } })] },
    `'sidecars[0].resources.cpu.request' must be at most the limit of 1, got 2: lower the request or raise the limit`],
  ['an environment variable with a blank', { sidecars: [side({ envVariables: { 'A B': EnvValue.fromValue('') } })] },
    `'sidecars[0].envVariables.A B' must ${ENV}, got "A B": ${ENV_CURE}`],
  ['a ConfigMap in capitals', { envFrom: [EnvFromSource.secret('a'), EnvFromSource.configMap('B')] },
    `'envFrom[1].name' must ${DNS_NAME}, got "B": ${DNS_NAME_CURE}`],
  ['a prefix with a blank', { initContainers: [side({ envFrom: [EnvFromSource.secret('a', { prefix: 'A ' })] })] },
    `'initContainers[0].envFrom[0].prefix' must ${ENV}, got "A ": ${ENV_CURE}`],
  ['a relative mount path', { sidecars: [side({ mounts: [{ volume: PodVolume.emptyDir('v'), mountPath: 'v' }] })] },
    `'sidecars[0].mounts[0].mountPath' must be an absolute path without "..", ":", doubled or trailing slashes, got "v": write "/v"`],
  ['a relative writable path', { sidecars: [side({ writablePaths: ['tmp'] })] },
    `'sidecars[0].writablePaths[0]' must be an absolute path without "..", ":", doubled or trailing slashes, got "tmp": write "/tmp"`],
  ['a claim that there is not', {
    claims: [claim()], sidecars: [side({ mounts: [{ volume: PodVolume.claimTemplate('w'), mountPath: '/w' }] })],
  }, `'sidecars[0].mounts[0].volume.name' must be the name of a claim template, got "w": the claims are www`],
  ['a claim without any', { mounts: [{ volume: PodVolume.claimTemplate('w'), mountPath: '/w' }] },
    `'mounts[0].volume.name' must be the name of a claim template, got "w": there are no claims; name one`],
  ['the name of the folder that a sidecar may write to', {
    mounts: [{ volume: PodVolume.emptyDir('scratch-side'), mountPath: '/s' }], sidecars: [SIDE],
  }, `'mounts[0].volume.name' must be a volume name of its own, got "scratch-side": ` +
  'the folders that must be writable use this name; choose another one'],
])('fails with %s', (_, props, message) => {
  expect(() => renderWeb(props)).toThrow(new Error(`[test/web] ${message}`));
});
