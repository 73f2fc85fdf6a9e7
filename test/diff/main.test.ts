import { main } from '../../lib/diff/main';
import { runMain } from '../support/program';
import { Folders } from './folders';

const WEB = 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  podManagementPolicy: Parallel\n';
const REASON = 'Kubernetes lets nobody change it on an existing StatefulSet';
const REMEDY = 'run `kubectl -n shop delete statefulset web --cascade=orphan`, then apply: pods and claims stay and are taken over';

const run = (...args: string[]) => runMain(main, args);

describe('cdk8s-stateful-diff', () => {
  let folders: Folders;

  beforeEach(() => {
    folders = new Folders().write('old', { 'web.yaml': WEB }).write('new', { 'web.yaml': WEB.replace('Parallel', 'OrderedReady') });
  });

  afterEach(() => folders.remove());

  test('exits with 0 when it finds nothing, and says so', () => {
    expect(run(folders.old, folders.old)).toEqual({
      status: 0, stderr: '', stdout: 'Kubernetes refuses: 0, deletes or detaches data: 0, to note: 0\n',
    });
  });

  test('exits with 1 when it finds something, and prints it as text', () => {
    expect(run(folders.old, folders.new)).toEqual({ status: 1, stderr: '', stdout: `\
REFUSED StatefulSet shop/web: spec.podManagementPolicy "Parallel" -> "OrderedReady"
  why: ${REASON}
  do:  ${REMEDY}

Kubernetes refuses: 1, deletes or detaches data: 0, to note: 0
` });
  });

  test('prints JSON', () => {
    const { status, stdout } = run('--json', folders.old, folders.new);
    expect({ status, changes: JSON.parse(stdout) as unknown }).toEqual({ status: 1, changes: [{
      level: 'refused', object: 'StatefulSet shop/web', field: 'spec.podManagementPolicy',
      oldValue: '"Parallel"', newValue: '"OrderedReady"', reason: REASON, remedy: REMEDY,
    }] });
  });

  test('exits with 2 when a folder is missing', () => {
    expect(run(folders.old, 'no-such-folder')).toEqual({ status: 2, stdout: '', stderr:
      'cdk8s-stateful-diff: [ManifestDiff.compare] \'newFolder\' must be a folder, got "no-such-folder": '
      + 'name a folder of manifests, such as cdk8s synth writes\n' });
  });

  test.each([[[]], [['a']], [['a', 'b', 'c']], [['--jsn', 'a', 'b']]])('exits with 2 and the help when it gets %j', (args) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr:
      'cdk8s-stateful-diff: it takes two folders and no option but --json, --namespace NAME and --help, '
      + `got '${args.join(' ')}'\n\n${run('--help').stdout}` });
  });

  test('--help names arguments, options and exit status', () => {
    expect(run('--help')).toMatchInlineSnapshot(`
{
  "status": 0,
  "stderr": "",
  "stdout": "cdk8s-stateful-diff [--json] [--namespace NAME] OLD NEW

Compares two folders of Kubernetes manifests, e.g. dist of the branch that is deployed and dist of a pull request, and names every change
that Kubernetes refuses or that deletes or detaches data, with the reason and what to do instead. It asks no cluster.

  OLD, NEW          folders; their .yaml, .yml and .json files are read, those in subfolders too
  --json            prints a list of objects with level, object, field, oldValue, newValue, reason, remedy
  --namespace NAME  the namespace of objects that name none: that of \`kubectl -n\`, a kustomization or an Argo CD destination
  --help            prints this

Exit status: 0 when there is no such change, 1 when there is one, 2 when the arguments or files are wrong.
",
}
`);
  });
});
