import { kubectl } from '../support/kubectl';
import { until } from '../support/wait';

const ASK = 's=$EPOCHREALTIME; status=0; status "$@" || status=$?; echo "$status $(((${EPOCHREALTIME/./} - ${s/./}) / 1000))"';

/** What `status` of a member showed. */
export interface ShownStatus {
  readonly first: string;
  readonly output: string;
  readonly exitCode: number;
  readonly milliseconds: number;
}

/** Runs `status` in the agent of a pod. */
export async function statusOf(namespace: string, pod: string, ...args: string[]): Promise<ShownStatus> {
  const lines = (await kubectl('--namespace', namespace, 'exec', pod, '--container', 'agent', '--', 'bash', '-c', ASK, 'status', ...args))
    .trimEnd().split('\n');
  const [exitCode, milliseconds] = lines.pop()!.split(' ').map(Number);
  return { first: lines[0], output: lines.join('\n'), exitCode, milliseconds };
}

/** Waits until the first line of `status` is so; what was shown then. Every look on the way took less than this. */
export async function statusBecomes(
  namespace: string, pod: string, pattern: RegExp, seconds = 60, bar = 10_000,
): Promise<ShownStatus> {
  let last = '';
  try {
    return await until(`the status is ${pattern}`, seconds, async () => {
      const shown = await statusOf(namespace, pod);
      last = shown.output;
      expect(shown.milliseconds).toBeLessThan(bar);
      return pattern.test(shown.first) && shown;
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}; it was last:\n${last}`);
  }
}
