import { spawnSync } from 'child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';
import { ROOT } from './support/paths';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly on: Record<string, { readonly tags?: string[] }>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, { readonly permissions?: Record<string, string>; readonly environment?: string; readonly steps: Step[] }>;
}

const FILES = ['package.json', 'package-lock.json', 'README.md', 'CHANGELOG.md'];
const CHANGELOG = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0]\n\n- The first.\n';
const WORKFLOWS = join(ROOT, '.github/workflows');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  FILES.forEach((file) => cpSync(join(ROOT, file), join(folder, file)));
  setVersion('0.1.0');
  writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG);
});
afterEach(() => rmSync(folder, { recursive: true }));

function setVersion(version: string): void {
  const file = join(folder, 'package.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": ".*"/, `"version": "${version}"`));
}

function run(program: string, args: string[], environment: Record<string, string> = {}): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(join(ROOT, program), args, { encoding: 'utf8', env: { ...process.env, ...environment } });
  return { status, stderr };
}

const prepare = (...args: string[]) => run('scripts/release/prepare.mjs', args);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const refused = (message: string) => ({ status: 1, stderr: `release: ${message}\n` });

describe('preparing a release', () => {
  test('moves what is unreleased to a section of the version, and leaves an empty one', () => {
    expect(prepare(folder, '0.2.0', '2027-01-02')).toEqual({ status: 0, stderr: '' });
    expect(read('CHANGELOG.md')).toBe(
      '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-02\n\n### Added\n\n- A thing.\n\n## [0.1.0]\n\n- The first.\n');
  });

  test('writes the version to the package, its lock file and the README, and changes nothing else of them', () => {
    writeFileSync(join(folder, 'README.md'), 'young (0.1.0): ./cdk8s-stateful@0.1.0.jsii.tgz, not 10.1.0, 0.1.0.1, 0.1.01 or 0.1.0.');
    prepare(folder, '0.2.0', '2027-01-02');
    expect(read('README.md')).toBe('young (0.2.0): ./cdk8s-stateful@0.2.0.jsii.tgz, not 10.1.0, 0.1.0.1, 0.1.01 or 0.2.0.');
    const original = readFileSync(join(ROOT, 'package.json'), 'utf8');
    expect(read('package.json')).toBe(original.replace(/"version": ".*"/, '"version": "0.2.0"'));
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({ version: '0.2.0', packages: { '': { version: '0.2.0' } } });
    expect(read('package-lock.json').split('\n').length).toBe(readFileSync(join(ROOT, 'package-lock.json'), 'utf8').split('\n').length);
    expect(prepare('--check', folder, '0.2.0')).toEqual({ status: 0, stderr: '' });
  });

  test.each([['0.1.1'], ['0.10.0'], ['1.0.0']])('takes %s after 0.1.0', (version) => {
    expect(prepare(folder, version)).toEqual({ status: 0, stderr: '' });
  });

  test.each([['0.1.0'], ['0.0.9']])('refuses %s after 0.1.0', (version) => {
    expect(prepare(folder, version)).toEqual(refused(`${version} is not greater than 0.1.0, the version of package.json: choose a greater one`));
  });

  test('compares numbers, not letters', () => {
    setVersion('0.10.0');
    expect(prepare(folder, '0.9.0'))
      .toEqual(refused('0.9.0 is not greater than 0.10.0, the version of package.json: choose a greater one'));
  });

  test.each([['v1.0.0'], ['1.0'], ['1.0.0-rc.1'], ['01.0.0'], ['']])('refuses %j, which is no version', (version) => {
    expect(prepare(folder, version)).toEqual(refused(`'${version}' is no version: write three numbers, as in 1.2.3`));
  });

  test.each([
    ['is empty', '# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n\n- The first.\n'],
    ['has only a heading', '# Changelog\n\n## [Unreleased]\n\n### Added\n\n## [0.1.0]\n\n- The first.\n'],
    ['is missing', '# Changelog\n\n## [0.1.0]\n\n- The first.\n'],
  ])('refuses a changelog whose unreleased section %s, and writes nothing', (_, changelog) => {
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    const before = FILES.map(read);
    expect(prepare(folder, '0.2.0'))
      .toEqual(refused('CHANGELOG.md has nothing in its section [Unreleased]: describe what changed for users there'));
    expect(FILES.map(read)).toEqual(before);
  });

  test('refuses a tag of a commit that has another version, or nothing of it in the changelog', () => {
    expect(prepare('--check', folder, '0.2.0'))
      .toEqual(refused('package.json has version 0.1.0, not 0.2.0: commit what the release wrote, and tag that commit'));
    setVersion('0.2.0');
    expect(prepare('--check', folder, '0.2.0'))
      .toEqual(refused('CHANGELOG.md has no section of 0.2.0: commit what the release wrote, and tag that commit'));
  });
});

describe('npm run release', () => {
  /** A repository that has the scripts, and one commit. */
  function commit(): void {
    cpSync(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true });
    const author = ['-c', 'user.name=test', '-c', 'user.email=test'];
    for (const args of [['init', '--quiet'], ['add', '--all'], [...author, 'commit', '--quiet', '-m', 'all']]) {
      expect(spawnSync('git', args, { cwd: folder }).status).toBe(0);
    }
  }
  const release = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(join(folder, 'scripts/release.sh'), args, { cwd: folder, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('refuses a checkout with changes', () => {
    commit();
    writeFileSync(join(folder, 'README.md'), 'changed');
    writeFileSync(join(folder, 'new'), 'new');
    expect(release('0.2.0')).toEqual({
      status: 1, stdout: '',
      stderr: 'release: the checkout has changes that are not committed: commit them, or put them aside with \'git stash --all\'\n'
        + ' M README.md\n?? new\n',
    });
  });

  test('writes version and changelog with --write, and nothing without it when it refuses', () => {
    commit();
    expect(release('0.1.0', '--write')).toMatchObject({ status: 1 });
    expect(FILES.map(read)).toContain(CHANGELOG);
    expect(release('0.2.0', '--write')).toMatchObject({ status: 0, stderr: '' });
    expect(prepare('--check', folder, '0.2.0')).toEqual({ status: 0, stderr: '' });
  });

  test.each([
    [[], 'name the version, as in \'npm run release -- 1.2.3\''],
    [['--publish'], 'name the version, as in \'npm run release -- 1.2.3\''],
    [['0.2.0', '--publish'], '--publish needs --tagged: only a commit that has its version is published'],
    [['0.2.0', '--write', '--tagged'], '--write and --tagged exclude each other'],
    [['0.2.0', '--force'], 'unknown flag \'--force\': choose among --write --tagged --publish'],
  ])('refuses %j', (args, message) => {
    commit();
    expect(release(...args)).toEqual({ status: 1, stdout: '', stderr: `release: ${message}\n` });
  });

  test('publishes from the workflow only, and only with its secrets', () => {
    const secrets = { MAVEN_USERNAME: 'a', MAVEN_PASSWORD: 'b', MAVEN_GPG_PRIVATE_KEY: 'c', MAVEN_GPG_PRIVATE_KEY_PASSPHRASE: 'd' };
    const publish = (environment: Record<string, string>) => run('scripts/release/publish.sh', [folder, '0.2.0'], environment);
    expect(publish({ ...secrets, ACTIONS_ID_TOKEN_REQUEST_URL: '', GITHUB_TOKEN: 'e' }))
      .toEqual(refused('only the workflow publishes: push the tag, and approve its environment'));
    expect(publish({ ...secrets, ACTIONS_ID_TOKEN_REQUEST_URL: 'x', GITHUB_TOKEN: '' }))
      .toEqual(refused('GITHUB_TOKEN is not set: it is a secret of the workflow\'s environment'));
  });

  test('publishes nothing that is not what was tested', () => {
    writeFileSync(join(folder, 'package'), 'changed');
    writeFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  package\n`);
    const all = ['MAVEN_USERNAME', 'MAVEN_PASSWORD', 'MAVEN_GPG_PRIVATE_KEY', 'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE', 'GITHUB_TOKEN'];
    const { status, stderr } = run('scripts/release/publish.sh', [folder, '0.2.0'],
      { ...Object.fromEntries(all.map((name) => [name, 'x'])), ACTIONS_ID_TOKEN_REQUEST_URL: 'x' });
    const last = stderr.trim().split('\n').at(-1);
    expect({ status, last }).toEqual({ status: 1, last: 'release: a package is not the one that was tested' });
  });
});

describe('the workflows', () => {
  const workflows = readdirSync(WORKFLOWS).map((file) => [file, parse(readFileSync(join(WORKFLOWS, file), 'utf8')) as Workflow] as const);
  const release = workflows.find(([file]) => file === 'release.yml')![1];

  test.each(workflows)('%s pins each action to a commit', (_, { jobs }) => {
    const actions = Object.values(jobs).flatMap(({ steps }) => steps).flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((uses) => !/^[\w./-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  test('a tag packs with the script that developers call, and publishes what that packed', () => {
    expect(release.on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
    const commands = Object.fromEntries(Object.entries(release.jobs)
      .map(([name, { steps }]) => [name, steps.flatMap(({ run: command }) => command ?? [])]));
    expect(commands).toEqual({
      pack: ['npm ci', 'npm run release -- "${GITHUB_REF_NAME#v}" --tagged'],
      publish: ['scripts/release/publish.sh build/release "${GITHUB_REF_NAME#v}"'],
    });
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    expect(scripts.release).toBe('scripts/release.sh');
    expect(readFileSync(join(ROOT, 'scripts/release.sh'), 'utf8')).toContain('scripts/release/publish.sh "$OUT" "$version"');
  });

  test('only the job that publishes may sign, after somebody approved it', () => {
    expect(release.permissions).toEqual({});
    expect(release.jobs.pack.permissions).toEqual({ contents: 'read' });
    expect(release.jobs.publish).toMatchObject({
      environment: 'release', permissions: { contents: 'read', 'id-token': 'write', attestations: 'write' },
    });
  });
});
