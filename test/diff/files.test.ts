import { main } from '../../lib/diff/main';
import { Folders } from './folders';

const SECRET = 'hunter2';
const A = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const HOOK = `apiVersion: v1\nkind: Secret\nmetadata:\n  generateName: keys-\nstringData:\n  password: ${SECRET}\n`;
const WEB = 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: web\nspec:\n  serviceName: nginx\n';

/** What the program says of a folder and the same one with these files. */
function run(files: Record<string, string>, ...options: string[]): { status: number; output: string; folder: string } {
  const folders = new Folders().write('old', { 'a.yaml': A }).write('new', { 'a.yaml': A, ...files });
  let output = '';
  const write = (text: string) => output += text;
  try {
    return { status: main([...options, folders.old, folders.new], { stdout: { write }, stderr: { write } }), output, folder: folders.new };
  } finally {
    folders.remove();
  }
}

const NOTHING = { status: 0, output: 'Kubernetes refuses: 0, deletes or detaches data: 0, to note: 0\n' };

describe('passed over is', () => {
  test.each<[string, Record<string, string>]>([
    ['an object whose name the API server makes', { 'hook.yaml': HOOK }],
    ['such an object in a list', {
      'hooks.json': JSON.stringify({
        apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'a-' } }],
      }),
    }],
    ['a kustomization', { 'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n' }],
    ['a kustomization without apiVersion and kind', { 'kustomization.yaml': 'resources:\n- a.yaml\n' }],
    ['one that ends in yml, in a subfolder', { 'deep/kustomization.yml': 'resources:\n- a.yaml\n' }],
    ['a component of kustomize of another name', { 'parts.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n' }],
    ['what a Helm chart has beside its templates', {
      'chart/Chart.yaml': 'apiVersion: v2\nname: a\n', 'chart/values.yaml': `password: ${SECRET}\n`, 'chart/values.schema.json': '{}',
      'chart/templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n',
    }],
    ['a document without anything', { 'empty.yaml': '', 'comments.yaml': '# nothing\n---\n---\n' }],
    ['a file of another kind', { 'README.md': '', 'notes.txt': 'a: [' }],
  ])('%s', (_, files) => {
    expect(run(files)).toMatchObject(NOTHING);
  });

  test('nothing else of a file', () => {
    const folders = new Folders().write('old', { 'a.yaml': `${HOOK}---\n${WEB}` })
      .write('new', { 'a.yaml': `${HOOK}---\n${WEB.replace('nginx', 'web')}` });
    const written: string[] = [];
    const status = main([folders.old, folders.new], { stdout: { write: (text) => written.push(text) }, stderr: process.stderr });
    folders.remove();
    expect({ status, first: written[0].split('\n')[0] })
      .toEqual({ status: 1, first: 'REFUSED StatefulSet web: spec.serviceName "nginx" -> "web"' });
  });
});

const NO_OBJECT = 'must be a Kubernetes object with apiVersion, kind and metadata.name';
const FIX = 'keep other files out of the folder';
const RENDER = 'render it again, or keep it out of the folder';

describe('an error names file, document and what is missing, and shows nothing of the content:', () => {
  const secret = (metadata: object, more: object = {}) => (
    JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: SECRET }, ...more })
  );

  test.each<[string, Record<string, string>, string]>([
    ['a Secret without a name', { 'b.yaml': `${A.replace('a\n', 'b\n')}---\n${secret({ namespace: 'shop' })}` },
      `b.yaml, document 2' ${NO_OBJECT}, got "one without metadata.name": ${FIX}`],
    ['a Secret with an empty name', { 'b.yaml': secret({ name: '' }) }, `b.yaml, document 1' ${NO_OBJECT}, got "one without metadata.name": ${FIX}`],
    ['a Secret whose name is a number', { 'b.yaml': secret({ name: 1 }) },
      `b.yaml, document 1' ${NO_OBJECT}, got "one without metadata.name": ${FIX}`],
    ['a Secret without a kind', { 'b.yaml': secret({ name: 'a' }, { kind: undefined }) },
      `b.yaml, document 1' ${NO_OBJECT}, got "one without kind": ${FIX}`],
    ['a Secret without apiVersion, whose name the API server makes', { 'b.yaml': secret({ generateName: 'a-' }, { apiVersion: null }) },
      `b.yaml, document 1' ${NO_OBJECT}, got "one without apiVersion": ${FIX}`],
    ['a Secret in a list without a name', { 'b.json': `{"kind": "List", "items": [${secret({})}]}` },
      `b.json, document 1' ${NO_OBJECT}, got "one without metadata.name": ${FIX}`],
    ['values of a chart elsewhere', { 'values.yaml': `password: ${SECRET}\n` },
      `values.yaml, document 1' ${NO_OBJECT}, got "one without apiVersion, kind, metadata.name": ${FIX}`],
    ['a text', { 'b.yaml': `${SECRET}\n` }, `b.yaml, document 1' ${NO_OBJECT}, got "no object": ${FIX}`],
    ['a list', { 'b.yaml': `- ${SECRET}\n` }, `b.yaml, document 1' ${NO_OBJECT}, got "no object": ${FIX}`],
    ['an alias of nothing', { 'b.yaml': `stringData:\n  password: *${SECRET}\n` },
      `b.yaml' must be YAML whose aliases can be resolved, got "BAD_ALIAS": ${RENDER}`],
    ['a text behind a block', { 'b.yaml': `password: |${SECRET}\n  a\n` },
      `b.yaml' must be YAML, got "UNEXPECTED_TOKEN at line 1, column 12": ${RENDER}`],
    ['a wrong escape', { 'b.yaml': `password: "\\q${SECRET}"\n` },
      `b.yaml' must be YAML, got "BAD_DQ_ESCAPE at line 1, column 12": ${RENDER}`],
    ['a missing quote', { 'b.yaml': `password: "${SECRET}\n` },
      `b.yaml' must be YAML, got "Missing closing \\"quote at line 2, column 1": ${RENDER}`],
    ['a tag that is none', { 'b.yaml': `a: !${SECRET}!x b\n` },
      `b.yaml' must be YAML, got "TAG_RESOLVE_FAILED at line 1, column 4": ${RENDER}`],
    ['too many aliases', { 'b.yaml': `a: &a [${SECRET}${',b'.repeat(30)}]\nb: &b [${'*a,'.repeat(30)}]\nc: &c [${'*b,'.repeat(30)}]\nd: *c\n` },
      `b.yaml' must be YAML whose aliases can be resolved, got "BAD_ALIAS": ${RENDER}`],
  ])('%s', (_, files, message) => {
    const { status, output, folder } = run(files);
    expect({ status, output }).toEqual({ status: 2, output: `cdk8s-stateful-diff: [ManifestDiff.compare] '${folder}/${message}\n` });
    expect(output).not.toContain(SECRET);
  });
});
