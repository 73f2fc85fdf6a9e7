import { Output } from '../manifests/output';
import { diagnose } from './diagnose';
import { Kubectl } from './kubectl';
import { askStatus } from './status';

const HELP = `cdk8s-stateful status NAMESPACE/NAME [--json] [--watch [SECONDS]] [--context NAME]
cdk8s-stateful diagnose NAMESPACE/NAME [--context NAME]

Asks a MySqlCluster by kubectl, with your rights: those to list pods and to run commands in them. It changes nothing.

  status            prints where writes go and since when, what is wrong, all members, and what to read next
  diagnose          prints all that an issue needs as Markdown, without secrets: status, objects, events, logs, variables
  --json            prints one line of JSON
  --watch [SECONDS] asks again and again, after 2 s unless you say otherwise
  --context NAME    the context of kubectl
  --help            prints this

Exit status: 0 fine, 1 degraded, 2 down: no member takes writes, or two do; 3 unknown: no member could be asked; or the arguments are wrong.
`;
const PAUSE = 2;

/** What the arguments say. */
interface Arguments {
  readonly command: 'status' | 'diagnose';
  readonly namespace: string;
  readonly cluster: string;
  readonly options: string[];
  readonly json: boolean;
  readonly pause?: number;
}

/**
 * The program behind bin/cdk8s-stateful; returns its exit status.
 *
 * @param args what stands behind the name of the program
 * @param output where it writes
 * @param looks how often a watch looks at most
 */
export function main(args: string[], output: Output, looks = Infinity): number {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    output.stdout.write(HELP);
    return args.length === 0 ? 3 : 0;
  }
  const given = read(args);
  if (given === undefined) {
    output.stderr.write(`cdk8s-stateful: it takes status or diagnose, NAMESPACE/NAME, and the options below, got '${args.join(' ')}'\n\n${HELP}`);
    return 3;
  }
  const kubectl = new Kubectl(given.namespace, given.options);
  try {
    if (given.command === 'diagnose') {
      output.stdout.write(diagnose(kubectl, given.namespace, given.cluster, new Date()));
      return 0;
    }
    let status = 0;
    for (let look = 0; look < (given.pause === undefined ? 1 : looks); look += 1) {
      pause(look === 0 ? 0 : given.pause ?? 0);
      status = show(kubectl, given, output);
    }
    return status;
  } catch (error) {
    output.stderr.write(`cdk8s-stateful: ${(error as Error).message}\n`);
    return 3;
  }
}

function show(kubectl: Kubectl, { namespace, cluster, json }: Arguments, output: Output): number {
  const { status, stdout, problem } = askStatus(kubectl, cluster, json ? ['--json'] : []);
  if (stdout === '') {
    output.stderr.write(`cdk8s-stateful: ${namespace}/${cluster}: ${problem}\n`);
  }
  output.stdout.write(stdout);
  return status;
}

function pause(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}

/** Undefined for what the program does not take. */
function read(args: string[]): Arguments | undefined {
  const [command, ...rest] = args;
  const names: string[] = [];
  const options: string[] = [];
  let json = false;
  let pauseSeconds: number | undefined;
  for (let index = 0; index < rest.length; index += 1) {
    const arg = rest[index];
    if (arg === '--json') {
      json = true;
    } else if (arg === '--watch') {
      const isGiven = /^\d+$/.test(rest[index + 1] ?? '');
      pauseSeconds = isGiven ? Number(rest[index + 1]) : PAUSE;
      index += isGiven ? 1 : 0;
    } else if (arg === '--context' && rest[index + 1] !== undefined) {
      options.push('--context', rest[index + 1]);
      index += 1;
    } else if (arg.startsWith('-')) {
      return undefined;
    } else {
      names.push(arg);
    }
  }
  const [, namespace, cluster] = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(names[0] ?? '') ?? [];
  if (names.length !== 1 || cluster === undefined || (command !== 'status' && command !== 'diagnose')
    || (command === 'diagnose' && (json || pauseSeconds !== undefined))) {
    return undefined;
  }
  return { command, namespace, cluster, options, json, pause: pauseSeconds };
}
