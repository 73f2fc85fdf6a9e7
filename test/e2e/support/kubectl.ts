import { execFile } from 'child_process';
import { promisify } from 'util';

const run = promisify(execFile);
const COMMAND_LIMIT_MS = 180_000;

/** What the tests read of a Kubernetes object. */
export interface KubeObject {
  readonly metadata: { readonly name: string; readonly uid: string; readonly creationTimestamp: string };
  readonly spec: { readonly volumeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly readyReplicas?: number;
    readonly conditions?: { readonly type: string; readonly status: string; readonly lastTransitionTime: string }[];
  };
}

/** Runs kubectl against the cluster that KUBECONFIG names; fails with what kubectl said. */
export async function kubectl(...args: string[]): Promise<string> {
  return await command('kubectl', args);
}

/** Runs a command with a bound; fails with what it said. */
export async function command(file: string, args: string[], cwd?: string): Promise<string> {
  try {
    const { stdout } = await run(file, args, { cwd, timeout: COMMAND_LIMIT_MS, maxBuffer: 64 << 20 });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${file} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}${stderr ? '' : String(error)}`);
  }
}

/** One object; undefined when there is none. */
export async function get(kind: string, name: string, namespace?: string): Promise<KubeObject | undefined> {
  const scope = namespace === undefined ? [] : ['--namespace', namespace];
  const json = await kubectl('get', kind, name, ...scope, '--ignore-not-found', '--output', 'json');
  return json === '' ? undefined : JSON.parse(json) as KubeObject;
}

/** Runs a command in a pod's container. */
export async function exec(namespace: string, pod: string, ...args: string[]): Promise<string> {
  return await kubectl('--namespace', namespace, 'exec', pod, '--', ...args);
}

/** Waits until all pods of a StatefulSet are of the current revision and ready. */
export async function rolledOut(namespace: string, statefulSet: string): Promise<void> {
  await kubectl('--namespace', namespace, 'rollout', 'status', `statefulset/${statefulSet}`, '--timeout=150s');
}
