import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ROOT } from './support/paths';

const TOOLS = ['bash', 'cat', 'chmod', 'cp', 'diff', 'dirname', 'grep', 'mkdir', 'mktemp', 'rm'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'scripts/packages'), { recursive: true });
  ['scripts/test-package.sh', 'scripts/packages/common.sh', '.npmrc', 'package.json', 'package-lock.json']
    .forEach((file) => cpSync(join(ROOT, file), join(folder, file)));
  TOOLS.forEach((tool) => symlinkSync(`/bin/${tool}`, join(folder, 'bin', tool)));
  ['node', 'npm', 'python3', 'java', 'mvn', 'go'].forEach((command) => script(`bin/${command}`, ''));
  ['typescript', 'python', 'java', 'go'].forEach((language) => synthesizing(language, 'web'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function script(file: string, text: string): void {
  writeFileSync(join(folder, file), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
}

/** Has the script of a language write these manifests. */
function synthesizing(language: string, text: string): void {
  script(`scripts/packages/${language}.sh`,
    `mkdir "$1" "$1-examples" && echo ${text} >"$1/web.k8s.yaml" && cp "$1/web.k8s.yaml" "$1/database.k8s.yaml"`);
}

/** What the test of the packages says, without the times. */
function run(environment: Record<string, string> = {}): { status: number | null; said: string[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(join(folder, 'scripts/test-package.sh'), [folder], {
    encoding: 'utf8', env: { PATH: join(folder, 'bin'), ...environment },
  });
  return { status, stderr, said: stdout.replace(/ in \d+ s$/gm, '').trim().split('\n').map((line) => line.replace('test-package: ', '')) };
}

describe('npm run test:package', () => {
  test('compares what every language synthesized', () => {
    const { status, said } = run();
    expect({ status, said: said.slice(1) }).toEqual({
      status: 0,
      said: [
        'typescript: passed', 'python: the same bytes as TypeScript', 'python: passed',
        'java: the same bytes as TypeScript', 'java: passed', 'go: the same bytes as TypeScript', 'go: passed',
      ],
    });
  });

  test('fails when a language synthesizes something else', () => {
    synthesizing('java', 'other');
    expect(run()).toMatchObject({
      status: 1, stderr: expect.stringContaining('TypeScript (\'<\') and java (\'>\') synthesize different manifests') as string,
    });
  });

  test('says at once and at the end which language is not tested, because a command is missing', () => {
    ['mvn', 'go'].forEach((command) => rmSync(join(folder, 'bin', command)));
    const leftOut = ['java: NOT TESTED, because this machine has no command mvn', 'go: NOT TESTED, because this machine has no command go'];
    const { status, said } = run();
    expect({ status, said: said.slice(4) }).toEqual({ status: 0, said: [...leftOut, ...leftOut] });
  });

  test.each([
    ['java', 'mvn', { REQUIRED_LANGUAGES: 'java go' }],
    ['go', 'go', { REQUIRED_LANGUAGES: 'java go' }],
    ['python', 'python3', {}],
  ])('fails without the command of a language that must be tested: %s', (language, command, environment) => {
    rmSync(join(folder, 'bin', command));
    expect(run(environment)).toMatchObject({ status: 1, stderr: `test-package: ${language} must be tested, but ${command} is missing\n` });
  });
});
