import { kubectl } from './kubectl';

const LOG_LINES = '40';

/** A test that shows the cluster's objects, events and logs when it fails. */
export function diagnosed(name: string, namespaces: string[], body: () => Promise<void>, seconds = 300): void {
  test(name, async () => await withDiagnosis(namespaces, body), seconds * 1000);
}

/** Adds the cluster's objects, events and logs to the error of a body. */
export async function withDiagnosis(namespaces: string[], body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${await diagnosis(namespaces)}`, { cause: error });
  }
}

export async function diagnosis(namespaces: string[]): Promise<string> {
  const parts = [await attempt('get', 'persistentvolumes', '--output', 'wide')];
  for (const namespace of namespaces) {
    parts.push(await attempt('--namespace', namespace, 'get', 'all,persistentvolumeclaims', '--output', 'wide'));
    parts.push(await attempt('--namespace', namespace, 'get', 'events', '--sort-by', '.lastTimestamp'));
    const pods = await attempt('--namespace', namespace, 'get', 'pods', '--output', 'name');
    for (const pod of pods.split('\n').filter((line) => line.startsWith('pod/'))) {
      parts.push(await attempt('--namespace', namespace, 'logs', pod, '--all-containers', '--prefix', '--tail', LOG_LINES));
    }
  }
  return parts.join('\n');
}

/** A diagnosis must not hide the failure by failing itself. */
async function attempt(...args: string[]): Promise<string> {
  try {
    return `$ kubectl ${args.join(' ')}\n${await kubectl(...args)}`;
  } catch (error) {
    return String(error);
  }
}
