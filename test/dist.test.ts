import { execFileSync } from 'child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart } from 'cdk8s';
import { parseAllDocuments, stringify } from 'yaml';
import { ManifestFolder } from '../apps/support/manifest-folder';
import { REVIEWED, sizesOf } from '../bench/size';
import { Delivery } from './e2e/support/delivery';
import { Workspace } from './e2e/support/workspace';
import { baseOf, workloadFolders } from './support/dist-folders';
import { DIST, ROOT } from './support/paths';
import { distApps, distObjects, Manifest } from './util';

const FILES = distApps().flatMap((app) => readdirSync(join(DIST, app)).sort().map((file) => ({ app, file, path: `dist/${app}/${file}` })));
const DOCUMENTS = new Map(FILES.map(({ path }) => [
  path, parseAllDocuments(readFileSync(join(ROOT, path), 'utf8'), { version: '1.1' }).map((document) => document.toJS() as Manifest),
]));
const documentsOf = (path: string) => DOCUMENTS.get(path)!;
const keysIn = (path: string) => Object.keys((documentsOf(path)[0] as { data?: object }).data ?? {});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-dist-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('each file of dist is one object, and its name says which', () => {
  expect(FILES.length).toBeGreaterThan(60);
  for (const { file, path } of FILES) {
    const objects = documentsOf(path);
    expect([path, objects.length]).toEqual([path, 1]);
    expect(file.slice(2)).toBe(`${objects[0].kind}.${objects[0].metadata!.name}.k8s.yaml`);
  }
});

test('files of a kind have one stage, and sort by it', () => {
  const stages = new Map<string, Set<string>>();
  FILES.map(({ file }) => file.split(/[-.]/)).forEach(([stage, kind]) => stages.set(kind, (stages.get(kind) ?? new Set()).add(stage)));
  expect([...stages].filter(([, of]) => of.size > 1 || ![...of].every((stage) => /^[1-9]$/.test(stage)))).toEqual([]);
});

test('review tools fold scripts and dashboards, and nothing else of dist', () => {
  execFileSync('git', ['init', '--quiet', folder]);
  copyFileSync(join(ROOT, '.gitattributes'), join(folder, '.gitattributes'));
  const answer = execFileSync('git', ['-C', folder, 'check-attr', '--stdin', 'linguist-generated', 'gitlab-generated'], {
    input: FILES.map(({ path }) => `${path}\n`).join(''), encoding: 'utf8',
  });
  const marked = [...answer.matchAll(/^(.*): (\S+): set$/gm)].map(([, path, attribute]) => [path, attribute]);
  const scripts = FILES.filter(({ path }) => keysIn(path).some((key) => key.endsWith('.sh')));
  const folded = FILES.filter((file) => scripts.includes(file) || keysIn(file.path).some((key) => key.endsWith('.json')));
  expect(marked).toEqual(folded.flatMap(({ path }) => [[path, 'linguist-generated'], [path, 'gitlab-generated']]));
  const names = ['router-', '', '', '', '', 'backup-', 'backup-', 'metrics-', 'metrics-'].map((name) => `6-ConfigMap.mysql-${name}scripts.k8s.yaml`);
  expect(scripts.map(({ file }) => file).sort()).toEqual(names.sort());
});

test('ConfigMaps of scripts hold nothing else, and no file is in two ConfigMaps of a folder', () => {
  for (const app of distApps()) {
    const keys = FILES.filter((file) => file.app === app && file.file.includes('ConfigMap')).map(({ path }) => keysIn(path));
    const ofScripts = keys.filter((names) => names.some((name) => name.endsWith('.sh')));
    expect(ofScripts.flat().filter((name) => !/\.(sh|sql|py|awk)$/.test(name))).toEqual([]);
    expect(keys.flat().filter((name, index, all) => all.indexOf(name) !== index)).toEqual([]);
  }
});

test('no object is there twice but for a word, beside those that have to be', () => {
  const twins = distApps().flatMap((app) => {
    const files = FILES.filter((file) => file.app === app && !file.file.includes('ConfigMap'))
      .map(({ file, path }) => ({ file, text: readFileSync(join(ROOT, path), 'utf8') }));
    return files.flatMap((one, index) => files.slice(index + 1).filter((other) => differsByAWord(one.text, other.text))
      .map((other) => `${app}: ${one.file.split('.k8s')[0]} and ${other.file.split('.k8s')[0]}`));
  });
  expect(twins).toEqual([
    'mysql-backup: 4-ServiceAccount.mysql-accounts and 4-ServiceAccount.mysql-operation', // one of both may create Secrets
    'mysql-backup: 9-CronJob.mysql-recover and 9-CronJob.mysql-switchover', // a CronJob is started as it is, without arguments
    'mysql-innodb-cluster: 4-ServiceAccount.mysql-accounts and 4-ServiceAccount.mysql-operation', // as above
    'mysql-innodb-cluster: 9-CronJob.mysql-recover and 9-CronJob.mysql-switchover', // as above
    'mysql-restore: 4-ServiceAccount.mysql-accounts and 4-ServiceAccount.mysql-operation', // as above
    'mysql-restore: 7-Service.mysql-archive and 7-Service.mysql-restore', // they name different pods
    'mysql-restore: 9-CronJob.mysql-recover and 9-CronJob.mysql-switchover', // as above
    'mysql-source-replica: 4-ServiceAccount.mysql-accounts and 4-ServiceAccount.mysql-operation', // as above
    'mysql-source-replica: 5-RoleBinding.mysql-accounts and 5-RoleBinding.mysql-operation', // of these two, to Roles that differ
    'mysql-source-replica: 9-CronJob.mysql-promote and 9-CronJob.mysql-switchover', // as above
  ]);
});

describe('the end-to-end tests', () => {
  let workspace: Workspace;

  beforeAll(() => {
    const before = process.env.NFS_SERVER;
    process.env.NFS_SERVER = 'nfs.example.com';
    workspace = Workspace.create();
    if (before === undefined) {
      delete process.env.NFS_SERVER;
    } else {
      process.env.NFS_SERVER = before;
    }
  });

  afterAll(() => workspace.remove());

  test.each(workloadFolders())('read every object of %s and of its base', (name) => {
    const folders = [baseOf(name), name];
    const delivery = new Delivery(folders.map((one) => workspace.dist(one)));
    try {
      const objects = folders.flatMap(distObjects);
      // The name of the Job of a restore has a checksum of what it runs, also of where the store is.
      const [theirs, ours] = [workspace.folder, ROOT].map((root) => folders.map((one) => (
        readdirSync(join(root, 'dist', one)).map((file) => file.replace(/-[0-9a-f]{8}\.k8s/, '.k8s')).sort()
      )));
      expect(theirs).toEqual(ours);
      expect(delivery.size).toBe(objects.length);
      expect(delivery.namespaces).toEqual([...new Set(objects.flatMap(({ metadata }) => metadata!.namespace ?? []))]);
    } finally {
      delivery.dispose();
    }
  });
});

describe('the size report', () => {
  test(`finds at most ${REVIEWED.linesMax} lines of ${REVIEWED.app} that are no scripts or configuration`, () => {
    const size = sizesOf(DIST).find(({ app }) => app === REVIEWED.app)!;
    expect(size.otherLines).toBeLessThanOrEqual(REVIEWED.linesMax);
    expect(size.otherLines).toBeGreaterThan(500);
  });

  test('counts objects, lines and bytes, and those of scripts and of configuration', () => {
    mkdirSync(join(folder, 'shop'));
    const write = (name: string, text: string) => writeFileSync(join(folder, 'shop', name), text);
    write('6-ConfigMap.db-scripts.k8s.yaml', 'a\nb\nc\n');
    write('6-ConfigMap.db-config.k8s.yaml', 'ä\n');
    write('7-Service.db.k8s.yaml', 'a\nb\n');
    expect(sizesOf(folder)).toEqual([{ app: 'shop', objects: 3, lines: 6, bytes: 13, scriptBytes: 6, fileLines: 4, otherLines: 2 }]);
  });
});

describe('a folder of manifests', () => {
  function add(chart: Chart, id: string, kind = 'ConfigMap', namespace?: string): void {
    const data = { list: ['a', 'yes', '017', 'it is, so'], text: 'a\nb\n' };
    new ApiObject(chart, id, { apiVersion: 'v1', kind, metadata: { name: 'web', namespace }, data });
  }

  test('keeps no file of an earlier synthesis, and every other file', () => {
    const app = new ManifestFolder({ outdir: folder });
    add(new Chart(app, 'chart'), 'one');
    writeFileSync(join(folder, '6-ConfigMap.old.k8s.yaml'), '');
    writeFileSync(join(folder, 'README.md'), '');
    app.synth();
    expect(readdirSync(folder).sort()).toEqual(['6-ConfigMap.web.k8s.yaml', 'README.md']);
  });

  test('has lists of plain values on one line, and the same content for a YAML 1.1 parser', () => {
    const app = new ManifestFolder({ outdir: folder });
    const chart = new Chart(app, 'chart');
    add(chart, 'one');
    app.synth();
    const text = readFileSync(join(folder, '6-ConfigMap.web.k8s.yaml'), 'utf8');
    expect(text).toContain('\n  list: [a, "yes", "017", "it is, so"]\n  text: |\n    a\n    b\n');
    expect(parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as object)).toEqual(chart.toJson());
    expect(stringify(chart.toJson()[0])).not.toContain('['); // which would say the same in four lines
  });

  test('refuses two objects of one kind and name, which would be one file', () => {
    const app = new ManifestFolder({ outdir: folder });
    const chart = new Chart(app, 'chart');
    add(chart, 'one', 'ConfigMap', 'a');
    add(chart, 'two', 'ConfigMap', 'b');
    expect(() => app.synth()).toThrow(new Error(`${join(folder, '6-ConfigMap.web.k8s.yaml')} would hold two objects: give one of them another name`));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('refuses a kind without a stage', () => {
    const app = new ManifestFolder({ outdir: folder });
    add(new Chart(app, 'chart'), 'one', 'Lease');
    expect(() => app.synth()).toThrow(new Error('Lease web has no stage: say in STAGES after which kinds it is applied'));
  });
});

/** Whether two texts are equal when one word of the first is replaced by another one. */
function differsByAWord(one: string, other: string): boolean {
  const [words, others] = [one, other].map((text) => text.split(/\b/));
  const replaced = new Set(words.flatMap((word, index) => word === others[index] ? [] : [`${word} ${others[index]}`]));
  return words.length === others.length && replaced.size <= 1;
}
