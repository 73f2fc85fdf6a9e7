import { Duration, Size } from 'cdk8s';
import { Cpu, EnvValue, PersistentVolumeAccessMode, Protocol } from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import {
  ClaimTemplate, ConfigFiles, DisruptionBudget, EnvFromSource, PodSecurity, PodVolume, PreStop, Probe, StatefulWebProps, UpdateStrategy,
  VolumeMount, WebPort,
} from '../../lib';

/** Texts that are a name to somebody: right ones, and those that people and generators get wrong. */
const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('web', 'a', 'a-b', 'web-0', 'shop', 'a'.repeat(52)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '0', '1web', 'a.b', '', ' ', 'Web', 'a_b', '-a', 'a-', 'a--b', '.', '..', 'a b', 'ü', 'a\nb', '$(NAME)', 'a'.repeat(53),
      'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(254), 'scratch', 'example.com/a', '/', 'null', 'true', '0o14', '0X1F', 'a\u2028b', '\ta\n',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);
const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('/srv', '/srv/www', '/tmp', '/var/run', '/healthz', '/srv/a/b') },
  { weight: 1, arbitrary: fc.constantFrom('/srv/', '/', '//srv', '/srv/../etc', 'srv', '/a:b', '/\u0000', '') },
  { weight: 1, arbitrary: text },
);
const number = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(1, 2, 80, 1023, 8080) },
  { weight: 1, arbitrary: fc.constantFrom(0, 65535, 65536, 2147483647, 2147483648, -1, 0.5, NaN, Infinity, 1e21) },
);
const size = fc.constantFrom(
  Size.gibibytes(1), Size.mebibytes(512), Size.gibibytes(0.1), Size.kibibytes(1), Size.kibibytes(0.5), Size.gibibytes(0),
  Size.pebibyte(8000),
);
const duration = fc.constantFrom(
  Duration.seconds(1), Duration.seconds(30), Duration.minutes(5), Duration.seconds(0), Duration.millis(1500), Duration.days(40000),
);
const image = fc.oneof(fc.constantFrom(
  'nginx:1.29', 'nginx', 'host:5000/nginx', 'host:5000/a/b:1', ':1', 'nginx:', 'Nginx:1', 'nginx:1@sha256:00', 'a//b:1', 'nginx:1 ',
), text);
const mode = fc.oneof(fc.constantFrom(...Object.values(PersistentVolumeAccessMode)), text as fc.Arbitrary<PersistentVolumeAccessMode>);
const few = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 });
const some = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[]) =>
  fc.record(shape, { requiredKeys: required }) as unknown as fc.Arbitrary<T>;

const claim = some<ClaimTemplate>({
  name: text, mountPath: path, size, accessModes: few(mode), storageClassName: text, subPath: path, readOnly: fc.boolean(),
  volumeAttributesClassName: text,
}, ['name', 'mountPath', 'size']);
const probeOptions = fc.record({
  port: number, initialDelay: duration, period: duration, timeout: duration, failureThreshold: number, successThreshold: number,
}, { requiredKeys: [] });
const probe = fc.oneof(
  fc.tuple(path, probeOptions).map(([at, options]) => Probe.httpGet(at, options)),
  probeOptions.map((options) => Probe.tcpSocket(options)),
  fc.tuple(few(text), probeOptions).map(([command, options]) => Probe.exec(command, options)),
  fc.tuple(text, probeOptions).map(([service, options]) => Probe.grpc({ service, ...options })),
);
const volume = fc.oneof(
  fc.tuple(text, text, number).map(([name, from, defaultMode]) => PodVolume.configMap(name, from, { defaultMode })),
  fc.tuple(text, text, text, path).map(([name, from, key, at]) => PodVolume.secret(name, from, { items: { [key]: at } })),
  fc.tuple(text, size).map(([name, sizeLimit]) => PodVolume.emptyDir(name, { sizeLimit })),
  fc.tuple(text, text, path).map(([name, server, at]) => PodVolume.nfs(name, server, at)),
  fc.tuple(text, text).map(([name, from]) => PodVolume.persistentVolumeClaim(name, from)),
);
const mount = some<VolumeMount>({ volume, mountPath: path, subPath: path, readOnly: fc.boolean() }, ['volume', 'mountPath']);
const range = fc.record({ request: size, limit: size }, { requiredKeys: [] });
const cpu = number.filter(Number.isFinite).map((amount) => Cpu.millis(amount));

const PROPS: { [K in keyof StatefulWebProps]?: fc.Arbitrary<StatefulWebProps[K]> } = {
  name: text,
  serviceName: text,
  containerName: text,
  replicas: number,
  firstOrdinal: number,
  clusterDomain: text,
  labels: fc.dictionary(text, text, { maxKeys: 2 }),
  selectorLabels: fc.dictionary(text, text, { maxKeys: 2 }),
  podAnnotations: fc.dictionary(text, text, { maxKeys: 2 }),
  nodeSelector: fc.dictionary(text, text, { maxKeys: 2 }),
  ports: few(some<WebPort>({ name: text, port: number, protocol: fc.constantFrom(Protocol.TCP, Protocol.UDP) }, ['port'])),
  claims: few(claim),
  mounts: few(mount),
  envVariables: fc.dictionary(text, text.map((value) => EnvValue.fromValue(value)), { maxKeys: 2 }),
  envFrom: few(text.map((name) => EnvFromSource.secret(name))),
  configFiles: few(fc.tuple(path, fc.dictionary(text, text, { maxKeys: 2 })).map(([at, files]) => ConfigFiles.fromText(at, files))),
  command: few(text),
  args: few(text),
  resources: fc.record({
    memory: range, ephemeralStorage: range, cpu: fc.record({ request: cpu, limit: cpu }, { requiredKeys: [] }),
  }, { requiredKeys: [] }),
  startup: probe,
  readiness: probe,
  liveness: probe,
  security: fc.oneof(
    fc.tuple(number, number, few(path)).map(([user, group, writablePaths]) => PodSecurity.restricted({ user, group, writablePaths })),
    fc.constant(PodSecurity.asImageBuilt()),
  ),
  preStop: fc.oneof(duration.map((time) => PreStop.sleep(time)), few(text).map((command) => PreStop.exec(command))),
  updateStrategy: number.map((partition) => UpdateStrategy.rollingUpdate({ partition })),
  minReady: duration,
  terminationGracePeriod: duration,
  revisionHistoryLimit: number,
  disruptionBudget: number.map((pods) => DisruptionBudget.maxUnavailable(pods)),
  priorityClassName: text,
  serviceAccountName: text,
  imagePullSecrets: few(text),
};

/** A StatefulWeb with a few properties that may each be right or wrong: with many of them nothing but errors would come out. */
export const arbitraryWeb: fc.Arbitrary<StatefulWebProps> = fc
  .subarray(Object.keys(PROPS) as (keyof StatefulWebProps)[], { minLength: 1, maxLength: 3 })
  .chain((keys) => fc.record({
    ...Object.fromEntries(keys.map((key) => [key, PROPS[key]!])),
    image: fc.oneof({ arbitrary: fc.constant('nginx:1.29'), weight: 6 }, { arbitrary: image, weight: 1 }),
  }));
