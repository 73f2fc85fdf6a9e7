import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Size } from 'cdk8s';
import { LocalPersistentVolumes, LocalVolume, StatefulWeb } from '../../lib';
import { documents } from '../support/documents';
import { fenceTagged } from '../support/fences';
import { diagnosed } from './support/diagnosed';
import { command, exec, get, kubectl, rolledOut } from './support/kubectl';
import { runOnNode } from './support/node-folders';
import { until } from './support/wait';

const NAMESPACE = 'shop';
const BASE = '/var/tmp/cdk8s-stateful-local-volumes';
const PODS = ['web-0', 'web-1'];
const VOLUMES = ['disk-000', 'disk-001'];
const PAGE = '/usr/share/nginx/html/index.html';

describe('local volumes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-local-'));
  let host: string;

  beforeAll(async () => {
    expect(await kubectl('get', 'namespace', NAMESPACE, '--ignore-not-found')).toBe('');
    expect(await kubectl('get', 'persistentvolume', ...VOLUMES, '--ignore-not-found')).toBe('');
    host = (await kubectl('get', 'nodes', '--output', 'jsonpath={.items[0].metadata.labels.kubernetes\\.io/hostname}')).trim();
    await kubectl('create', 'namespace', NAMESPACE);
    await onNode(`mkdir -p ${['0', '1', '2'].map((disk) => `/base/${disk}`).join(' ')}`); // root's: the pods' group comes with fsGroup
  }, 120_000);

  afterAll(async () => {
    await onNode('rm -rf /base/*');
    await kubectl('delete', 'namespace', NAMESPACE, '--timeout', '120s');
    await kubectl('delete', ...VOLUMES.map((volume) => `persistentvolume/${volume}`), 'storageclass/disk', '--ignore-not-found');
    rmSync(folder, { recursive: true });
  }, 240_000);

  diagnosed('each pod gets the volume reserved for it, though the workload is applied first', [NAMESPACE], async () => {
    synthesize(['0', '1']);
    await kubectl('apply', '--filename', join(folder, 'dist/web.k8s.yaml'));
    await kubectl('apply', '--filename', join(folder, 'dist/disks.k8s.yaml'));
    await started();
    expect(await boundVolumes()).toEqual(VOLUMES);
    for (const pod of PODS) {
      await exec(NAMESPACE, pod, 'sh', '-c', `echo "hello ${pod}" > ${PAGE}`);
    }
    expect(await onNode('cat /base/0/index.html /base/1/index.html')).toBe('hello web-0\nhello web-1\n');
  });

  diagnosed('what a pod wrote is there after all pods were deleted', [NAMESPACE], async () => {
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', ...PODS);
    await rolledOut(NAMESPACE, 'web');
    expect(await pages()).toEqual(['hello web-0\n', 'hello web-1\n']);
  });

  diagnosed('what a pod wrote is there after the claims were deleted and the volumes released', [NAMESPACE], async () => {
    await kubectl('delete', '--filename', join(folder, 'dist/web.k8s.yaml'));
    await kubectl('--namespace', NAMESPACE, 'delete', 'persistentvolumeclaim', 'www-web-0', 'www-web-1');
    for (const volume of VOLUMES) {
      await until(`${volume} is Released`, 60, async () => (await get('persistentvolume', volume))?.status?.phase === 'Released');
    }
    await documented('local-reuse');
    await kubectl('apply', '--filename', join(folder, 'dist/web.k8s.yaml'));
    await started();
    expect(await boundVolumes()).toEqual(VOLUMES);
    expect(await pages()).toEqual(['hello web-0\n', 'hello web-1\n']);
  });

  diagnosed('a volume can be replaced by one in another place', [NAMESPACE], async () => {
    synthesize(['2', '1']);
    await documented('local-replace');
    await started();
    expect(await boundVolumes()).toEqual(VOLUMES);
    await exec(NAMESPACE, 'web-0', 'sh', '-c', `test ! -e ${PAGE} && echo new > ${PAGE}`);
    expect(await onNode('cat /base/2/index.html')).toBe('new\n');
    expect(await pages()).toEqual(['new\n', 'hello web-1\n']);
  });

  /** The two charts of the documentation, with folders of the cluster's first node. */
  function synthesize(disks: string[]): void {
    mkdirSync(join(folder, 'dist'), { recursive: true });
    const app = new App({ outdir: join(folder, 'dist') });
    const web = new StatefulWeb(new Chart(app, 'web', { namespace: NAMESPACE }), 'web', {
      image: 'nginx:1.29',
      replicas: 2,
      claims: [{ name: 'www', mountPath: '/usr/share/nginx/html', size: Size.gibibytes(1) }],
    });
    new LocalPersistentVolumes(new Chart(app, 'disks'), 'disk', {
      volumes: disks.map((disk) => LocalVolume.onHost(host, `${BASE}/${disk}`)),
      capacity: Size.gibibytes(1),
    }).reserveFor(web);
    app.synth();
  }

  /** Runs the commands of the documentation's block that is tagged `e2e=<id>`, beside `dist/`. */
  async function documented(id: string): Promise<void> {
    await command('bash', ['-euo', 'pipefail', '-c', fenceTagged(documents(), `e2e=${id}`).text], folder);
  }

  async function onNode(script: string): Promise<string> {
    return await runOnNode(NAMESPACE, host, BASE, script);
  }
});

async function started(): Promise<void> {
  await until('both pods are ready', 180, async () => (await get('statefulset', 'web', NAMESPACE))?.status?.readyReplicas === PODS.length);
}

async function boundVolumes(): Promise<(string | undefined)[]> {
  return await Promise.all(PODS.map(async (pod) => (await get('persistentvolumeclaim', `www-${pod}`, NAMESPACE))?.spec.volumeName));
}

async function pages(): Promise<string[]> {
  return await Promise.all(PODS.map(async (pod) => await exec(NAMESPACE, pod, 'cat', PAGE)));
}
