import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Size } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-27';
import { EnvFromSource, PodVolume, Spreading, StatefulWeb, StatefulWebProps } from '../../lib';
import { documents } from '../support/documents';
import { fenceTagged } from '../support/fences';
import { ROOT } from '../support/paths';
import { diagnosed } from './support/diagnosed';
import { command, get, kubectl, rolledOut } from './support/kubectl';
import { describeInNamespace } from './support/own-namespace';
import { until } from './support/wait';

const NAMESPACE = 'shop';
const CLAIM = { name: 'www', mountPath: '/usr/share/nginx/html', size: Size.mebibytes(16), storageClassName: 'standard' };
const MORE_THAN_NODES = 12; // of any cluster that these tests run on

/** What docs/stateful-web.md says that one reads, the block whose commands show it, and what makes it come. */
const SYMPTOMS: [string, string, Partial<StatefulWebProps>][] = [
  ['didn\'t match pod anti-affinity rules', 'web-pending', {
    replicas: MORE_THAN_NODES, spreading: Spreading.required(), podManagementPolicy: PodManagementPolicy.PARALLEL,
  }],
  ['didn\'t match Pod\'s node affinity/selector', 'web-pending', { nodeSelector: { 'example.com/nowhere': 'true' } }],
  ['unbound immediate PersistentVolumeClaims', 'web-pending', { claims: [{ ...CLAIM, storageClassName: '' }] }],
  ['CreateContainerConfigError', 'web-not-started', { envFrom: [EnvFromSource.configMap('missing')] }],
  ['MountVolume.SetUp failed', 'web-not-started', { mounts: [{ volume: PodVolume.secret('keys', 'missing'), mountPath: '/keys' }] }],
  ['Init:CrashLoopBackOff', 'web-not-started', { initContainers: [{ name: 'fetch', image: 'busybox:1.28.3', command: ['false'] }] }],
  ['Read-only file system', 'web-not-started', { command: ['sh', '-c', 'echo > /etc/new'] }],
  ['forbidden: error looking up service account', 'web-not-started', { serviceAccountName: 'missing' }],
];

describeInNamespace(NAMESPACE, () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-troubleshooting-'));

  afterEach(async () => {
    await kubectl('--namespace', NAMESPACE, 'delete', 'statefulset', 'web', '--ignore-not-found', '--cascade=foreground', '--timeout=120s');
    await kubectl('--namespace', NAMESPACE, 'delete', 'persistentvolumeclaim,poddisruptionbudget,event', '--all', '--timeout=60s');
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  test('the page names each symptom', () => {
    const page = readFileSync(join(ROOT, 'docs/stateful-web.md'), 'utf8');
    expect(SYMPTOMS.map(([symptom]) => symptom).filter((symptom) => !page.includes(`\`${symptom}`))).toEqual([]);
  });

  for (const [symptom, block, props] of SYMPTOMS) {
    diagnosed(`the documented commands show: ${symptom}`, [NAMESPACE], async () => {
      await apply(props);
      await until(`${symptom} is shown`, 120, async () => (await documented(block)).includes(symptom));
    });
  }

  diagnosed('a pod starts by itself when what it was missing is created', [NAMESPACE], async () => {
    await apply({ envFrom: [EnvFromSource.configMap('late')] });
    await until('the pod waits', 60, async () => (await documented('web-not-started')).includes('CreateContainerConfigError'));
    await kubectl('--namespace', NAMESPACE, 'create', 'configmap', 'late');
    await rolledOut(NAMESPACE, 'web');
  });

  diagnosed('a claim template is changed without restarting pods', [NAMESPACE], async () => {
    await apply({ replicas: 2, claims: [CLAIM] });
    await rolledOut(NAMESPACE, 'web');
    const before = await uids();
    const larger = { replicas: 2, claims: [{ ...CLAIM, size: Size.mebibytes(32) }] };
    await expect(apply(larger)).rejects.toThrow(/updates to statefulset spec for fields other than .* are forbidden/);
    await documented('web-immutable');
    await rolledOut(NAMESPACE, 'web');
    expect(await uids()).toEqual(before);
    const size = '--output=jsonpath={.spec.volumeClaimTemplates[0].spec.resources.requests.storage}';
    expect(await kubectl('--namespace', NAMESPACE, 'get', 'statefulset', 'web', size)).toBe('32Mi');
  });

  diagnosed('an update that stopped at a broken pod goes on', [NAMESPACE], async () => {
    await apply({ replicas: 2 });
    await rolledOut(NAMESPACE, 'web');
    await apply({ replicas: 2, initContainers: [waitsForEver()] });
    await until('web-1 does not start', 60, async () => (await get('pod', 'web-1', NAMESPACE))?.status?.phase === 'Pending');
    synthesize({ replicas: 2 });
    await documented('web-stuck');
    expect(await kubectl('--namespace', NAMESPACE, 'get', 'statefulset', 'web', '--output=jsonpath={.status.readyReplicas}')).toBe('2');
  });

  /** `dist/shop` beside which the documented commands are run. */
  function synthesize(props: Partial<StatefulWebProps>): void {
    mkdirSync(join(folder, 'dist/shop'), { recursive: true });
    const app = new App({ outdir: join(folder, 'dist/shop') });
    new StatefulWeb(new Chart(app, 'shop', { namespace: NAMESPACE }), 'web', { image: 'nginx:1.29', ...props });
    app.synth();
  }

  async function apply(props: Partial<StatefulWebProps>): Promise<void> {
    synthesize(props);
    await kubectl('apply', '--filename', join(folder, 'dist/shop'));
  }

  /** What the commands of a block print, whether they fail or not: a pod that does not start has no log. */
  async function documented(id: string): Promise<string> {
    const { text } = fenceTagged(documents(), `e2e=${id}`);
    const script = id === 'web-pending' || id === 'web-not-started' ? `(\n${text}\n) 2>&1 || true` : `set -euo pipefail\n${text}`;
    return await command('bash', ['-c', script], folder);
  }
});

function waitsForEver() {
  return { name: 'wait', image: 'busybox:1.28.3', command: ['sleep', '3600'] };
}

async function uids(): Promise<(string | undefined)[]> {
  return await Promise.all(['web-0', 'web-1'].map(async (pod) => (await get('pod', pod, NAMESPACE))?.metadata.uid));
}
