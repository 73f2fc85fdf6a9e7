import { ManifestDiff } from '../../lib';
import { DIST } from '../support/paths';
import { Folders } from './folders';

const A = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const WEB = 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: web\nspec:\n  serviceName: nginx\n';

describe('ManifestDiff.compare', () => {
  let folders: Folders;

  beforeEach(() => {
    folders = new Folders();
  });

  afterEach(() => folders.remove());

  test('finds nothing between equal folders', () => {
    expect(ManifestDiff.compare(DIST, DIST)).toEqual([]);
  });

  test('does not mind in which file, folder, list or version an object is', () => {
    folders.write('old', { 'all.yaml': `${WEB}---\n${A}` }).write('new', {
      'deep/down/a.yml': `${A}---\n`,
      'web.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [{ apiVersion: 'apps/v1beta2', kind: 'StatefulSet', metadata: { name: 'web' }, spec: { serviceName: 'nginx' } }],
      }),
      'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
      'README.md': 'no manifest',
    });
    expect(ManifestDiff.compare(folders.old, folders.new)).toEqual([]);
  });

  test('puts what is refused first', () => {
    folders.write('old', { 'a.yaml': `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n---\n${WEB}` })
      .write('new', { 'a.yaml': WEB.replace('nginx', 'web') });
    expect(ManifestDiff.compare(folders.old, folders.new).map(({ level, object }) => `${level} ${object}`))
      .toEqual(['refused StatefulSet web', 'data Namespace a']);
  });

  test.each<[what: string, files: Record<string, string>, message: (folder: string) => string]>([
    ['a file that is no YAML', { 'a.yaml': 'a: [b' }, (folder) => (
      `'${folder}/a.yaml' must be YAML, got "Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 6": `
      + 'render it again, or keep it out of the folder'
    )],
    ['a field that comes twice', { 'a.yaml': `${A}  name: b\n` }, (folder) => (
      `'${folder}/a.yaml' must be YAML, got "Map keys must be unique at line 5, column 3": render it again, or keep it out of the folder`
    )],
    ['a file that holds no object', { 'a.yaml': `${A}---\nname: chart\n` }, (folder) => (
      `'${folder}/a.yaml, document 2' must be a Kubernetes object with apiVersion, kind and metadata.name, `
      + `got "one without apiVersion, kind, metadata.name": `
      + 'keep other files out of the folder'
    )],
    ['an object that comes twice', { 'a.yaml': A, 'b/c.yaml': A }, (folder) => (
      `'${folder}/b/c.yaml' must hold no object that the folder has already, got "ConfigMap a": remove it here or from ${folder}/a.yaml`
    )],
  ])('fails on %s', (_, files, message) => {
    folders.write('old', { 'a.yaml': A }).write('new', files);
    expect(() => ManifestDiff.compare(folders.old, folders.new)).toThrow(new Error(`[ManifestDiff.compare] ${message(folders.new)}`));
  });

  test('fails on a folder that does not exist', () => {
    expect(() => ManifestDiff.compare('no-such-folder', DIST)).toThrow(new Error(
      '[ManifestDiff.compare] \'oldFolder\' must be a folder, got "no-such-folder": name a folder of manifests, such as cdk8s synth writes',
    ));
  });
});
