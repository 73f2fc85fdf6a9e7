import { Output } from '../manifests/output';
import { ManifestDiff } from './manifest-diff';
import { report } from './report';

const HELP = `cdk8s-stateful-diff [--json] [--namespace NAME] OLD NEW

Compares two folders of Kubernetes manifests, e.g. dist of the branch that is deployed and dist of a pull request, and names every change
that Kubernetes refuses or that deletes or detaches data, with the reason and what to do instead. It asks no cluster.

  OLD, NEW          folders; their .yaml, .yml and .json files are read, those in subfolders too
  --json            prints a list of objects with level, object, field, oldValue, newValue, reason, remedy
  --namespace NAME  the namespace of objects that name none: that of \`kubectl -n\`, a kustomization or an Argo CD destination
  --help            prints this

Exit status: 0 when there is no such change, 1 when there is one, 2 when the arguments or files are wrong.
`;

/** What the arguments say. */
interface Arguments {
  readonly folders: string[];
  readonly json: boolean;
  readonly namespace?: string;
}

/** The program behind bin/cdk8s-stateful-diff; returns its exit status. */
export function main(args: string[], output: Output): number {
  if (args.includes('--help') || args.includes('-h')) {
    output.stdout.write(HELP);
    return 0;
  }
  const given = read(args);
  if (given === undefined) {
    output.stderr.write('cdk8s-stateful-diff: it takes two folders and no option but --json, --namespace NAME and --help, '
      + `got '${args.join(' ')}'\n\n${HELP}`);
    return 2;
  }
  const { folders, json, namespace } = given;
  try {
    const changes = ManifestDiff.compare(folders[0], folders[1], { namespace });
    output.stdout.write(json ? `${JSON.stringify(changes, undefined, 2)}\n` : report(changes));
    return changes.length > 0 ? 1 : 0;
  } catch (error) {
    output.stderr.write(`cdk8s-stateful-diff: ${(error as Error).message}\n`);
    return 2;
  }
}

/** Undefined for what the program does not take. */
function read(args: string[]): Arguments | undefined {
  const folders: string[] = [];
  let json = false;
  let namespace: string | undefined;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--json') {
      json = true;
    } else if (arg === '--namespace' || arg === '-n') {
      index += 1;
      namespace = args[index] ?? '';
    } else if (arg.startsWith('--namespace=')) {
      namespace = arg.slice('--namespace='.length);
    } else if (arg.startsWith('-')) {
      return undefined;
    } else {
      folders.push(arg);
    }
  }
  return folders.length === 2 ? { folders, json, namespace } : undefined;
}
