import { Output } from '../manifests/output';
import { Diagram } from './diagram';

const HELP = `cdk8s-stateful-diagram FOLDER|FILE...

Prints Markdown with a picture of the Kubernetes objects of each folder or file, as a Mermaid flowchart. It asks no cluster.

  FOLDER  its .yaml, .yml and .json files are read, those in subfolders too
  FILE    a file of Kubernetes objects
  --help  prints this

Exit status: 0 when the pictures are printed, 2 when the arguments or files are wrong.
`;

/** The program behind bin/cdk8s-stateful-diagram; returns its exit status. */
export function main(args: string[], output: Output): number {
  if (args.includes('--help') || args.includes('-h')) {
    output.stdout.write(HELP);
    return 0;
  }
  if (args.length === 0 || args.some((arg) => arg.startsWith('-'))) {
    output.stderr.write('cdk8s-stateful-diagram: it takes folders and files and no option but --help, '
      + `got '${args.join(' ')}'\n\n${HELP}`);
    return 2;
  }
  try {
    output.stdout.write(args.map((path) => `## ${path}\n\n\`\`\`mermaid\n${Diagram.fromManifests(path).toMermaid()}\`\`\`\n`).join('\n'));
    return 0;
  } catch (error) {
    output.stderr.write(`cdk8s-stateful-diagram: ${(error as Error).message}\n`);
    return 2;
  }
}
