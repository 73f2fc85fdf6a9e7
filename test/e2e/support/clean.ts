import { kubectl } from './kubectl';

/** What the apps render outside of namespaces of their own. */
const OURS = [
  ['persistentvolume/pv000', 'persistentvolume/pv001', 'persistentvolume/pv002'],
  ['namespace/web-topology', 'namespace/web-hardened', 'namespace/data'],
  ['--namespace', 'default', 'statefulset/web', 'service/nginx', 'networkpolicy/web', 'poddisruptionbudget/web', 'pod/toolbox',
    'persistentvolumeclaim/www-web-0', 'persistentvolumeclaim/www-web-1'],
];

/** Fails when the cluster has objects of the names that the tests would overwrite and delete. */
export async function requireCleanCluster(): Promise<void> {
  const found = await Promise.all(OURS.map(async (args) => await kubectl('get', ...args, '--ignore-not-found', '--output', 'name')));
  const names = found.join('').trim();
  if (names !== '') {
    throw new Error(`the cluster has objects that these tests would replace and delete; remove them first:\n${names}`);
  }
}

/** Deletes everything that the tests made, claims before their volumes, and waits until it is gone. */
export async function cleanCluster(): Promise<void> {
  for (const args of [...OURS].reverse()) {
    await kubectl('delete', ...args, '--ignore-not-found', '--timeout', '120s');
  }
}
