import { distApps, distObjects } from '../../util';
import { kubectl } from './kubectl';

const OUTSIDE = distApps().flatMap(distObjects).filter(({ metadata }) => metadata?.namespace === undefined);
const outside = (kind: string) => OUTSIDE.filter((object) => object.kind === kind).map(({ metadata }) => `${kind}/${metadata?.name}`);

/** What the apps render outside of namespaces of their own, and these. */
const OURS = [
  [...outside('PersistentVolume'), ...outside('StorageClass')],
  outside('Namespace'),
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
