import { Answer, Kubectl } from './kubectl';
import { MemberPod, memberPods } from './pods';

/** Beside the 10 s that a look takes at most. */
const ASK_SECONDS = 14;

/** An answer of a member that reached no member with writes: another member may reach one. */
const REACHES_NONE = 2;

/** What a member says that reached two, in words and as JSON: no other view makes that untrue. */
const REACHES_TWO = ' members take writes: ';

/**
 * Asks the first member whose agent answers for the status of all; the next one where that reaches no member that takes writes, since it
 * may be the one that is cut off.
 *
 * @returns the answer: exit status 0 fine, 1 degraded, 2 down, where all say so; 3 unknown, or where no member could be asked, with what is
 *   known instead
 * @throws Error where kubectl does not list the pods
 */
export function askStatus(kubectl: Kubectl, cluster: string, args: string[]): Answer {
  const pods = memberPods(kubectl, cluster);
  const problems: string[] = [];
  let first: Answer | undefined;
  for (const pod of pods.filter(({ phase }) => phase === 'Running')) {
    const answer = kubectl.run(['exec', pod.name, '--container', 'agent', '--', '/scripts/status.sh', ...args], ASK_SECONDS);
    if (answer.stdout === '') { // it is kubectl that failed
      problems.push(`${pod.name}: ${answer.problem}`);
    } else if (answer.status < REACHES_NONE || answer.stdout.includes(REACHES_TWO)) {
      return answer;
    } else {
      first ??= answer;
    }
  }
  return first ?? { status: 3, stdout: '', problem: nobody(pods, problems) };
}

function nobody(pods: MemberPod[], problems: string[]): string {
  if (pods.length === 0) {
    return 'it has no pods';
  }
  const away = pods.filter(({ phase }) => phase !== 'Running').map(({ name, phase }) => `${name} is ${phase}`);
  return `no member could be asked: ${[...problems, ...away].join('; ')}`;
}
