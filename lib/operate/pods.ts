import { Kubectl } from './kubectl';

const LIST_SECONDS = 10;

/** A member's pod, as Kubernetes has it. */
export interface MemberPod {
  readonly name: string;
  /** Why it cannot be asked, or `Running`. */
  readonly phase: string;
}

/** What is read of the list of pods. */
interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
    readonly spec: { readonly containers: readonly { readonly name: string }[] };
    readonly status?: {
      readonly phase?: string;
      readonly containerStatuses?: readonly {
        readonly name: string;
        readonly state?: { readonly running?: object; readonly waiting?: { readonly reason?: string } };
      }[];
    };
  }[];
}

/**
 * The pods of the members, those that can be asked first.
 *
 * @throws Error where kubectl does not list them
 */
export function memberPods(kubectl: Kubectl, cluster: string): MemberPod[] {
  const { status, stdout, problem } = kubectl.run(
    ['get', 'pods', '--selector', `app.kubernetes.io/name=${cluster}`, '--output', 'json', `--request-timeout=${LIST_SECONDS}s`], LIST_SECONDS + 1,
  );
  if (status !== 0) {
    throw new Error(`kubectl does not list the pods of ${cluster}: ${problem}`);
  }
  const members = (JSON.parse(stdout) as PodList).items.filter(({ spec }) => spec.containers.some(({ name }) => name === 'mysqld'));
  const pods = members.map(({ metadata, status: state }) => {
    const agent = state?.containerStatuses?.find(({ name }) => name === 'agent')?.state;
    const phase = metadata.deletionTimestamp !== undefined ? 'Terminating' : agent?.waiting?.reason ?? state?.phase ?? 'Unknown';
    return { name: metadata.name, phase };
  });
  const isRunning = ({ phase }: MemberPod) => phase === 'Running';
  return [...pods.filter(isRunning), ...pods.filter((pod) => !isRunning(pod))];
}
