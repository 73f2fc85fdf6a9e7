import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { NfsPersistentVolumes, PodSecurity, SharedClaim, StatefulWeb } from '../../lib';
import { diagnosed } from './support/diagnosed';
import { exec, get, kubectl } from './support/kubectl';
import { until } from './support/wait';

const NAMESPACE = 'shared-claim';
const VOLUMES = ['persistentvolume/shared-claim-rw-000', 'persistentvolume/shared-claim-ro-000'];
const SERVER = process.env.NFS_SERVER ?? '';

describe('a folder of an NFS server for all pods', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-shared-'));

  beforeAll(async () => {
    expect(await kubectl('get', ...VOLUMES, '--ignore-not-found')).toBe('');
    await kubectl('create', 'namespace', NAMESPACE);
    synthesize(folder);
  }, 60_000);

  afterAll(async () => {
    await kubectl('delete', 'namespace', NAMESPACE, '--timeout', '120s');
    await kubectl('delete', ...VOLUMES, '--ignore-not-found', '--timeout', '60s');
    rmSync(folder, { recursive: true });
  }, 240_000);

  diagnosed('what one pod writes another one reads, and nobody writes through a read-only volume', [NAMESPACE], async () => {
    for (const chart of ['volumes', 'data', 'web']) {
      await kubectl('apply', '--filename', join(folder, `${chart}.k8s.yaml`));
    }
    await until('both pods are ready', 240, async () => (await get('statefulset', 'web', NAMESPACE))?.status?.readyReplicas === 2);
    await exec(NAMESPACE, 'web-0', 'sh', '-c', 'echo hello > /srv/uploads/greeting');
    expect(await exec(NAMESPACE, 'web-1', 'cat', '/srv/uploads/greeting')).toBe('hello\n');
    expect(await exec(NAMESPACE, 'web-1', 'cat', '/srv/frozen/greeting')).toBe('hello\n');
    await expect(exec(NAMESPACE, 'web-1', 'sh', '-c', 'echo bye > /srv/frozen/greeting')).rejects.toThrow('Read-only file system');
    await exec(NAMESPACE, 'web-0', 'rm', '/srv/uploads/greeting');
  });
});

/** Two volumes on one folder, the second one read-only: the volumes themselves, not the mounts of the pods. */
function synthesize(outdir: string): void {
  const app = new App({ outdir });
  const volumes = new Chart(app, 'volumes');
  const data = new Chart(app, 'data', { namespace: NAMESPACE });
  const common = { server: SERVER, paths: ['/k8s/nfs2'], capacity: Size.gibibytes(1) };
  const uploads = new SharedClaim(data, 'uploads', { size: Size.gibibytes(1) });
  const frozen = new SharedClaim(data, 'frozen', { size: Size.gibibytes(1), accessModes: [PersistentVolumeAccessMode.READ_ONLY_MANY] });
  new NfsPersistentVolumes(volumes, 'shared-claim-rw', { ...common, accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY] })
    .reserveFor(uploads);
  new NfsPersistentVolumes(volumes, 'shared-claim-ro', { ...common, readOnly: true }).reserveFor(frozen);
  new StatefulWeb(new Chart(app, 'web', { namespace: NAMESPACE }), 'web', {
    image: 'nginx:1.29',
    replicas: 2,
    mounts: [{ volume: uploads.asVolume(), mountPath: '/srv/uploads' }, { volume: frozen.asVolume(), mountPath: '/srv/frozen' }],
    security: PodSecurity.asImageBuilt(), // root may write to an export of root's
  });
  app.synth();
}
