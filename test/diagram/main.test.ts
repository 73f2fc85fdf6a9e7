import { join } from 'path';
import { Diagram } from '../../lib';
import { main } from '../../lib/diagram/main';
import { DIST } from '../support/paths';
import { runMain } from '../support/program';

const run = (...args: string[]) => runMain(main, args);

describe('cdk8s-stateful-diagram', () => {
  const folder = join(DIST, 'web-topology');
  const file = join(DIST, 'nfs-volumes/3-PersistentVolume.pv000.k8s.yaml');

  test('prints a section with a picture for each folder and file', () => {
    const [first, second] = [folder, file].map((path) => Diagram.fromManifests(path).toMermaid());
    expect(run(folder, file)).toEqual({
      status: 0, stderr: '', stdout: `## ${folder}\n\n\`\`\`mermaid\n${first}\`\`\`\n\n## ${file}\n\n\`\`\`mermaid\n${second}\`\`\`\n`,
    });
  });

  test('exits with 2 when a path is missing, and prints no picture', () => {
    expect(run(folder, 'no-such-folder')).toEqual({ status: 2, stdout: '', stderr:
      'cdk8s-stateful-diagram: [Diagram.fromManifests] \'paths\' must be files or folders, got "no-such-folder": '
      + 'name a folder of manifests, such as cdk8s synth writes, or one of its files\n' });
  });

  test('exits with 2 when a file holds something else, and shows nothing of it', () => {
    const page = join(DIST, '../package.json');
    expect(run(page)).toEqual({ status: 2, stdout: '', stderr:
      `cdk8s-stateful-diagram: [Diagram.fromManifests] '${page}, document 1' must be a Kubernetes object with apiVersion, kind and metadata.name, `
      + 'got "one without apiVersion, kind, metadata.name": keep other files out of the folder\n' });
  });

  test.each([[[]], [['--json', 'a']]])('exits with 2 and the help when it gets %j', (args) => {
    expect(run(...args)).toEqual({ status: 2, stdout: '', stderr:
      `cdk8s-stateful-diagram: it takes folders and files and no option but --help, got '${args.join(' ')}'\n\n${run('--help').stdout}` });
  });

  test('--help names arguments and exit status', () => {
    expect(run('--help')).toEqual({ status: 0, stderr: '', stdout: `\
cdk8s-stateful-diagram FOLDER|FILE...

Prints Markdown with a picture of the Kubernetes objects of each folder or file, as a Mermaid flowchart. It asks no cluster.

  FOLDER  its .yaml, .yml and .json files are read, those in subfolders too
  FILE    a file of Kubernetes objects
  --help  prints this

Exit status: 0 when the pictures are printed, 2 when the arguments or files are wrong.
` });
  });
});
