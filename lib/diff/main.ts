import { ManifestDiff } from './manifest-diff';
import { report } from './report';

const HELP = `cdk8s-stateful-diff [--json] OLD NEW

Compares two folders of Kubernetes manifests, e.g. dist of the branch that is deployed and dist of a pull request, and names every change
that Kubernetes refuses or that deletes or detaches data, with the reason and what to do instead. It asks no cluster.

  OLD, NEW   folders; their .yaml, .yml and .json files are read, those in subfolders too
  --json     prints a list of objects with level, object, field, oldValue, newValue, reason, remedy
  --help     prints this

Exit status: 0 when there is no such change, 1 when there is one, 2 when the arguments or files are wrong.
`;

/** Where the program writes: `process`. */
export interface Output {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** The program behind bin/cdk8s-stateful-diff; returns its exit status. */
export function main(args: string[], output: Output): number {
  const options = args.filter((arg) => arg.startsWith('-'));
  const folders = args.filter((arg) => !arg.startsWith('-'));
  if (options.includes('--help') || options.includes('-h')) {
    output.stdout.write(HELP);
    return 0;
  }
  if (folders.length !== 2 || options.some((option) => option !== '--json')) {
    output.stderr.write(`cdk8s-stateful-diff: it takes two folders and no option but --json and --help, got '${args.join(' ')}'\n\n${HELP}`);
    return 2;
  }
  try {
    const changes = ManifestDiff.compare(folders[0], folders[1]);
    output.stdout.write(options.length > 0 ? `${JSON.stringify(changes, undefined, 2)}\n` : report(changes));
    return changes.length > 0 ? 1 : 0;
  } catch (error) {
    output.stderr.write(`cdk8s-stateful-diff: ${(error as Error).message}\n`);
    return 2;
  }
}
