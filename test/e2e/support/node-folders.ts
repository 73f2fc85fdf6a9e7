import { get, kubectl } from './kubectl';
import { until } from './wait';

const IMAGE = 'busybox:1.28.3';

/** Runs a command on a node, where its folder `base` is /base. What it printed. */
export async function runOnNode(namespace: string, node: string, base: string, script: string): Promise<string> {
  const container = {
    name: 'folders', image: IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script],
    volumeMounts: [{ name: 'base', mountPath: '/base' }],
  };
  const volume = { name: 'base', hostPath: { path: base, type: 'DirectoryOrCreate' } };
  const spec = { nodeName: node, volumes: [volume], containers: [container] };
  await kubectl('--namespace', namespace, 'run', 'folders', '--image', IMAGE, '--restart', 'Never',
    '--overrides', JSON.stringify({ spec }));
  try {
    await until('the command has ended', 60, async () => (await get('pod', 'folders', namespace))?.status?.phase === 'Succeeded');
    return await kubectl('--namespace', namespace, 'logs', 'folders');
  } finally {
    await kubectl('--namespace', namespace, 'delete', 'pod', 'folders', '--grace-period', '0', '--force');
  }
}
