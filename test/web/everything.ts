import { Duration, Size } from 'cdk8s';
import {
  Cpu, EnvFieldPaths, EnvValue, ImagePullPolicy, PercentOrAbsolute, PersistentVolumeAccessMode, PodManagementPolicy, ServiceType,
  TaintEffect,
} from 'cdk8s-plus-27';
import {
  AuxiliaryContainer, ClaimRetention, ClaimTemplate, ConfigFiles, ContainerRestartPolicy, DisruptionBudget, EnvFromSource,
  NetworkIsolation, NodeRequirement, PodSecurity, PodVolume, PreStop, Probe, Spreading, StatefulWebProps, Toleration,
  UnsatisfiableSpread, UpdateStrategy, VolumeMount,
} from '../../lib';

const CLAIM: Required<ClaimTemplate> = {
  name: 'www',
  mountPath: '/srv/www',
  size: Size.gibibytes(1),
  accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY, PersistentVolumeAccessMode.READ_ONLY_MANY],
  storageClassName: 'fast',
  volumeAttributesClassName: 'gold',
  subPath: 'public/html',
  readOnly: true,
};

const MOUNT: Required<VolumeMount> = {
  volume: PodVolume.configMap('conf', 'web-conf', { items: { 'nginx.conf': 'nginx.conf' }, defaultMode: 0o440, optional: true }),
  mountPath: '/etc/nginx/nginx.conf',
  subPath: 'nginx.conf',
  readOnly: true,
};

const PROBE_OPTIONS = {
  port: 8443,
  initialDelay: Duration.seconds(1),
  period: Duration.seconds(2),
  timeout: Duration.seconds(3),
  failureThreshold: 4,
  successThreshold: 1,
};

const AUXILIARY: Required<AuxiliaryContainer> = {
  name: 'exporter',
  image: 'registry.example.com/exporter:2.0',
  imagePullPolicy: ImagePullPolicy.ALWAYS,
  command: ['exporter'],
  args: ['--all'],
  envVariables: { LEVEL: EnvValue.fromValue('info') },
  envFrom: [EnvFromSource.secret('exporter')],
  resources: { cpu: { request: Cpu.millis(20) }, memory: {}, ephemeralStorage: { limit: Size.mebibytes(8) } },
  mounts: [{ volume: PodVolume.claimTemplate('www'), mountPath: '/srv/www', readOnly: true }],
  writablePaths: ['/tmp', '/var/lib/exporter'],
  ports: [{ port: 9000, name: 'metrics' }],
  startup: Probe.httpGet('/', { port: 9000 }),
  readiness: Probe.httpGet('/ready'),
  liveness: Probe.tcpSocket(),
  preStop: PreStop.exec(['exporter', '--stop']),
};

/**
 * Every property set but `autoscaling`, which excludes `replicas`, and the objects that stand for names: `Required` makes the compiler ask
 * for those that are added later.
 */
export const EVERYTHING: Required<Omit<StatefulWebProps, 'autoscaling' | 'dockerRegistryAuth' | 'serviceAccount'>> = {
  image: 'registry.example.com:5000/shop/nginx:1.29@sha256:0000000000000000000000000000000000000000000000000000000000000000',
  name: 'shop',
  serviceName: 'shop-pods',
  containerName: 'nginx',
  replicas: 3,
  ports: [{ port: 8080, name: 'http' }, { port: 8443, name: 'https' }],
  claims: [CLAIM, { name: 'cache', mountPath: '/var/cache/nginx', size: Size.mebibytes(512), storageClassName: '' }],
  mounts: [
    MOUNT,
    { volume: PodVolume.secret('tls', 'web-tls', { items: { 'tls.crt': 'crt', 'tls.key': 'key' } }), mountPath: '/etc/tls' },
    { volume: PodVolume.emptyDir('memory', { inMemory: true, sizeLimit: Size.mebibytes(16) }), mountPath: '/run/memory' },
    { volume: PodVolume.persistentVolumeClaim('shared', 'shared-files'), mountPath: '/srv/shared' },
    { volume: PodVolume.nfs('archive', 'nfs.example.com', '/archive'), mountPath: '/srv/archive', readOnly: true },
  ],
  envVariables: { TZ: EnvValue.fromValue('UTC'), POD: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME) },
  command: ['nginx'],
  args: ['-g', 'daemon off;'],
  resources: {
    cpu: { request: Cpu.millis(250), limit: Cpu.units(1) },
    memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
    ephemeralStorage: { request: Size.mebibytes(10), limit: Size.mebibytes(20) },
  },
  startup: Probe.exec(['nginx', '-t'], PROBE_OPTIONS),
  readiness: Probe.httpGet('/ready', PROBE_OPTIONS),
  liveness: Probe.grpc({ ...PROBE_OPTIONS, service: 'shop' }),
  security: PodSecurity.restricted({ user: 20000, group: 30000, writablePaths: ['/tmp', '/var/cache/nginx'] }),
  imagePullPolicy: ImagePullPolicy.ALWAYS,
  selectorLabels: { app: 'shop' },
  labels: { 'example.com/team': 'shop', 'app.kubernetes.io/component': 'frontend' },
  clusterDomain: 'cluster.example.com',
  isolation: NetworkIsolation.POLICY,
  clientService: {
    name: 'shop-front',
    type: ServiceType.LOAD_BALANCER,
    ports: { https: 443, http: 80 },
    sessionAffinity: Duration.hours(1),
    annotations: { 'example.com/pool': 'public' },
    loadBalancerClass: 'example.com/public',
  },
  podServices: { type: ServiceType.NODE_PORT, annotations: { 'example.com/pool': 'pods' } },
  disruptionBudget: DisruptionBudget.minAvailablePercent(50),
  firstOrdinal: 10,
  podManagementPolicy: PodManagementPolicy.PARALLEL,
  publishNotReadyAddresses: true,
  minReady: Duration.seconds(10),
  revisionHistoryLimit: 5,
  updateStrategy: UpdateStrategy.rollingUpdate({ partition: 11, maxUnavailable: PercentOrAbsolute.percent(25) }),
  terminationGracePeriod: Duration.minutes(1),
  preStop: PreStop.sleep(Duration.seconds(5)),
  envFrom: [EnvFromSource.configMap('shop-env', { prefix: 'SHOP_', optional: true }), EnvFromSource.secret('shop-keys')],
  configFiles: [
    ConfigFiles.fromText('/etc/nginx/conf.d', { 'b.conf': '# b\r\n', 'a.conf': 'server {\n  listen 8080;\n}\n' }),
    ConfigFiles.fromText('/etc/nginx/mime.types', { 'mime.types': 'types {}\n' }, { name: 'mime', subPath: 'mime.types' }),
  ],
  initContainers: [
    { name: 'prepare', image: 'busybox:1.28.3', command: ['sh', '-c', 'cp -r /seed/. /www'], mounts: [
      { volume: PodVolume.claimTemplate('cache'), mountPath: '/www' },
    ] },
    { ...AUXILIARY, name: 'proxy', ports: [{ port: 9001, name: 'proxy' }], restartPolicy: ContainerRestartPolicy.ALWAYS },
  ],
  sidecars: [AUXILIARY],
  podAnnotations: { 'example.com/owner': 'team "shop"' },
  priorityClassName: 'important',
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  requiredNodes: [NodeRequirement.isIn('kubernetes.io/arch', ['amd64', 'arm64']), NodeRequirement.doesNotExist('example.com/gpu')],
  preferredNodes: [NodeRequirement.greaterThan('example.com/generation', 3), NodeRequirement.exists('example.com/nvme')],
  tolerations: [
    Toleration.equal('dedicated', 'web', { effect: TaintEffect.NO_SCHEDULE }),
    Toleration.exists('node.kubernetes.io/unreachable', { effect: TaintEffect.NO_EXECUTE, tolerationPeriod: Duration.seconds(30) }),
  ],
  spreading: Spreading.byTopology([{
    topologyKey: 'topology.kubernetes.io/zone', maxSkew: 2, whenUnsatisfiable: UnsatisfiableSpread.DO_NOT_SCHEDULE, minDomains: 2,
  }]),
  serviceAccountName: 'shop',
  automountServiceAccountToken: true,
  imagePullSecrets: ['registry'],
  claimRetention: ClaimRetention.deleting({ whenScaled: true }),
};
