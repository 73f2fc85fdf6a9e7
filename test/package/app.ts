// The same application as app.py: scripts/test-package.sh runs both against the packages and compares what they synthesize.
import { App, Chart, Duration, Size } from 'cdk8s';
import { EnvValue, k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { IClaimOwner, NfsPaths, NfsPersistentVolumes, PodSecurity, PodVolume, Probe, StatefulWeb, VolumeClaim } from 'cdk8s-stateful';
import { Construct } from 'constructs';

class Web extends Chart {
  public readonly storage: StatefulWeb;

  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: id });
    this.storage = new StatefulWeb(this, 'storage', {
      image: 'nginx:1.9.1',
      containerName: 'nginx',
      serviceName: 'nginx',
      selectorLabels: { app: 'nginx' },
      replicas: 2,
      claims: [{
        name: 'www',
        mountPath: '/usr/share/nginx/html',
        size: Size.gibibytes(1),
        accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE],
      }],
      security: PodSecurity.asImageBuilt(),
    });
    new StatefulWeb(this, 'hardened', {
      image: 'nginx:1.29',
      ports: [{ port: 8080, name: 'http' }],
      mounts: [{
        volume: PodVolume.configMap('site', 'site', { items: { site: 'site.conf' }, defaultMode: 0o440 }),
        mountPath: '/etc/nginx/conf.d',
        readOnly: true,
      }],
      envVariables: { TZ: EnvValue.fromValue('UTC') },
      readiness: Probe.httpGet('/', { period: Duration.seconds(5) }),
      security: PodSecurity.restricted({ user: 20000, writablePaths: ['/tmp', '/var/cache/nginx'] }),
    });
  }
}

class Volumes extends Chart {
  public constructor(scope: Construct, id: string, owner: IClaimOwner) {
    super(scope, id);
    const volumes = new NfsPersistentVolumes(this, 'nfs', {
      server: '192.168.199.128',
      paths: NfsPaths.numbered('/k8s/nfs', { count: 4 }),
      namePrefix: 'pv',
      capacity: Size.gibibytes(1),
    });
    volumes.reserveFor(owner, { templates: ['www'] });
    volumes.reserveClaims(new VolumeClaim({ name: 'backup', namespace: 'backup', size: Size.mebibytes(512), storageClassName: '' }));
  }
}

const app = new App({ outdir: process.argv[2] });
const { storage } = new Web(app, 'web');
new Volumes(app, 'volumes', storage);
// What the constructs answer, so that the comparison covers it.
new k8s.KubeConfigMap(new Chart(app, 'answers'), 'answers', {
  metadata: { name: 'answers' },
  data: {
    pods: storage.podDnsNames.join(' '),
    claims: storage.claims.map((claim) => `${claim.namespace}/${claim.name} ${claim.size.toMebibytes()}Mi`).join(' '),
    ports: storage.ports.map((port) => `${port.name} ${port.port}`).join(' '),
  },
});
app.synth();
