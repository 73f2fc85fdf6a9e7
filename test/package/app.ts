// The same application as app.py, Program.java and main.go: scripts/test-package.sh runs each one and compares what they synthesize.
import { App, Chart, Duration, Size } from 'cdk8s';
import { EnvValue, k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import {
  IClaimOwner, MySqlAccounts, MySqlCluster, MySqlTopology, NfsPaths, NfsPersistentVolumes, PodSecurity, PodVolume, Probe, StatefulWeb,
  VolumeClaim,
} from 'cdk8s-stateful';
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

class Database extends Chart {
  public readonly cluster: MySqlCluster;

  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: id });
    this.cluster = new MySqlCluster(this, 'mysql', {
      topology: MySqlTopology.innoDbCluster({ members: 3 }),
      accounts: MySqlAccounts.generated(),
      storage: { size: Size.gibibytes(15) },
      databases: [{ name: 'shop' }],
      users: [{ name: 'shop', grants: [{ database: 'shop', privileges: ['SELECT', 'INSERT'] }] }],
    });
  }
}

const app = new App({ outdir: process.argv[2] });
const { storage } = new Web(app, 'web');
new Volumes(app, 'volumes', storage);
const { cluster } = new Database(app, 'database');
// What the constructs answer, so that the comparison covers it; by key, as Go writes maps.
new k8s.KubeConfigMap(new Chart(app, 'answers'), 'answers', {
  metadata: { name: 'answers' },
  data: {
    claims: storage.claims.map((claim) => `${claim.namespace}/${claim.name} ${claim.size.toMebibytes()}Mi`).join(' '),
    database: `${cluster.readWrite.host}:${cluster.readWrite.port}`,
    pods: storage.podDnsNames.join(' '),
    ports: storage.ports.map((port) => `${port.name} ${port.port}`).join(' '),
  },
});
app.synth();
