import { Duration, Size } from 'cdk8s';
import { Cpu, EnvFieldPaths, EnvValue, ImagePullPolicy, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { ClaimTemplate, PodSecurity, PodVolume, Probe, StatefulWebProps, VolumeMount } from '../../lib';

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

/** Every property set: `Required` makes the compiler ask for those that are added later. */
export const EVERYTHING: Required<StatefulWebProps> = {
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
};
