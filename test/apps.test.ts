import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join, relative } from 'path';
import { createApps, SEED } from '../apps/main';
import { DIST, ROOT } from './support/paths';

const APPS = namesIn('apps', '.ts').filter((name) => name !== 'main');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apps-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('names', () => {
  test('of apps, folders of dist and tests of apps are the same', () => {
    expect(APPS.length).toBeGreaterThan(0);
    expect(readdirSync(DIST).sort()).toEqual(APPS);
    expect(namesIn('test/apps', '.test.ts')).toEqual(APPS);
  });

  test.each(APPS)('of what %s exports are its class', async (name) => {
    const exported = await import(join(ROOT, 'apps', name)) as Record<string, unknown>;
    const [exportedName, ...others] = Object.keys(exported);
    expect([exportedName.toLowerCase(), ...others]).toEqual([name.replaceAll('-', '')]);
    expect(exported[exportedName]).toBeInstanceOf(Function);
  });

  test('of the files in dist end in .k8s.yaml, and none is in a folder below, into which kubectl does not look', () => {
    const files = [...filesBelow(DIST).keys()];
    expect(files.filter((file) => !/^[^/]+\/[^/]+\.k8s\.yaml$/.test(file))).toEqual([]);
    expect([...new Set(files.map((file) => dirname(file)))].sort()).toEqual(APPS);
  });
});

describe('dist', () => {
  test('is what a fresh synthesis writes, byte for byte, and nothing else', () => {
    synthesize();
    expect(filesBelow(folder)).toEqual(filesBelow(DIST));
  });

  test('is the same when it is written twice in a row', () => {
    synthesize();
    synthesize();
    expect(filesBelow(folder)).toEqual(filesBelow(DIST));
  });

  test('follows the address of the NFS server', () => {
    synthesize('nfs.example.com');
    const volumes = [...filesBelow(join(DIST, 'nfs-volumes'))];
    expect(volumes.map(([, text]) => text).join()).toContain('192.168.199.128');
    expect([...filesBelow(join(folder, 'nfs-volumes'))])
      .toEqual(volumes.map(([file, text]) => [file, text.replaceAll('192.168.199.128', 'nfs.example.com')]));
  });

  function synthesize(nfsServer = SEED.nfsServer): void {
    createApps({ ...SEED, outdir: folder, nfsServer }).forEach((app) => app.synth());
  }
});

describe('a program', () => {
  test('that imports an app or main.ts writes nothing', () => {
    const files = ['main', ...APPS].map((name) => join(ROOT, 'apps', `${name}.ts`));
    expect(run('--eval', files.map((file) => `require(${JSON.stringify(file)});`).join(' '))).toBe('');
    expect([...filesBelow(folder).keys()]).toEqual([]);
  });

  test('that is main.ts writes dist', () => {
    expect(run(join(ROOT, 'apps', 'main.ts'))).toBe('');
    expect(filesBelow(join(folder, 'dist'))).toEqual(filesBelow(DIST));
  });

  /** Runs Node.js as `cdk8s.yaml` does, in an empty folder. Returns what it printed. */
  function run(...args: string[]): string {
    const env = { ...process.env, TS_NODE_PROJECT: join(ROOT, 'tsconfig.json'), CDK8S_OUTDIR: undefined, NFS_SERVER: undefined };
    const { stdout, stderr, status } = spawnSync(
      process.execPath, ['--require', require.resolve('ts-node/register'), ...args], { cwd: folder, env, encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(stderr);
    }
    return stdout + stderr;
  }
});

function namesIn(where: string, extension: string): string[] {
  return readdirSync(join(ROOT, where)).filter((file) => file.endsWith(extension)).map((file) => basename(file, extension)).sort();
}

/** All files at any depth: path -> content. */
function filesBelow(root: string): Map<string, string> {
  const paths = (readdirSync(root, { recursive: true }) as string[]).map((path) => join(root, path));
  const files = paths.filter((path) => !statSync(path).isDirectory()).sort();
  return new Map(files.map((path) => [relative(root, path), readFileSync(path, 'utf8')]));
}
