import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './support/paths';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const PAGES = ['ARCHITECTURE.md', 'CONTRIBUTING.md'];
const SCRIPTS = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
const LIB_FILES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' });

/** Where a path of these pages begins: rooms and files of `lib/` are named without it. */
const BEGINNINGS = ['', 'lib', 'lib/mysql', 'lib/mysql/scripts', 'test/e2e-full/group'];
/** What is made, and not committed. */
const MADE = ['build/lib', 'build/packages', '.jsii', 'build/release', 'checksum/config'];

/** What a page writes as code, without names that a developer chooses: `apps/<name>.ts`. */
function codeOf(page: string): string[] {
  const prose = read(page).replace(/^```[^]*?^```$/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code).filter((code) => !/[<*]/.test(code));
}

function pathsOf(page: string): string[] {
  return codeOf(page).filter((code) => /^\.?[\w./-]+$/.test(code))
    .filter((code) => /\.(?:ts|mjs|sh|md|txt|sql)$/.test(code) || /^\.?[\w-]+\//.test(code));
}

function isThere(path: string): boolean {
  return MADE.includes(path) || BEGINNINGS.some((beginning) => existsSync(join(ROOT, beginning, path)))
    || LIB_FILES.some((file) => [file, `${file}/`].some((name) => name.endsWith(`/${path}`)));
}

/** The scripts of package.json that a text runs. */
function runsOf(text: string): string[] {
  return [...text.matchAll(/npm (?:run )?(?:--silent )?([\w:]+)/g)].map(([, script]) => script)
    .filter((script) => SCRIPTS.includes(script));
}

describe.each(PAGES)('%s', (page) => {
  test('names files and folders', () => {
    expect(pathsOf(page).length).toBeGreaterThan(10);
  });

  test('names no file and no folder that does not exist', () => {
    expect(pathsOf(page).filter((path) => !isThere(path))).toEqual([]);
  });

  test('names no script that package.json does not have', () => {
    const named = [...read(page).matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((script) => !SCRIPTS.includes(script))).toEqual([]);
  });
});

test('a path that does not exist would be found', () => {
  expect(['lib/private', 'core/nothing.ts', 'scripts/nothing.sh'].filter(isThere)).toEqual([]);
  expect(['core/errors.ts', 'cluster-objects.ts', 'scripts/scan.mjs', 'shared/'].filter((path) => !isThere(path))).toEqual([]);
});

test('every script of package.json is in one of the two pages', () => {
  const named = PAGES.flatMap((page) => runsOf(read(page)));
  expect(SCRIPTS.filter((script) => !named.includes(script))).toEqual([]);
});

describe('the commands of CONTRIBUTING.md', () => {
  const rows = [...read('CONTRIBUTING.md').matchAll(/^\| (`[^|]*) \| (.*) \|$/gm)].map(([, command, what]) => ({ command, what }));
  const ci = rows.find(({ command }) => command === '`.ci/run`')!;
  const leftOut = runsOf(ci.what.split(';')[0]);
  /** They are part of others: of `test:package`, and of `test`. */
  const within = ['package', 'test:update'];

  test('are those of .ci/run, but for what its row leaves out', () => {
    const blocks = [...read('README.md').matchAll(/^```sh ci=\w+\n([^]*?)^```$/gm)].map(([, text]) => text);
    const runs = new Set(runsOf([read('.ci/run').replace(/^\s*#.*$/gm, ''), ...blocks].join('\n')));
    const named = rows.filter((row) => row !== ci).flatMap(({ command }) => runsOf(command));
    expect(leftOut.length).toBeGreaterThan(0);
    expect([...runs].sort()).toEqual([...new Set(named)].filter((script) => ![...leftOut, ...within].includes(script)).sort());
  });
});

describe('the rows of "What is generated" in ARCHITECTURE.md', () => {
  test('say that `git diff` in .ci/run proves what .ci/run compares', () => {
    const compared = /' fresh (.*)$/m.exec(read('.ci/run'))![1].split(' ');
    const rows = [...read('ARCHITECTURE.md').matchAll(/^\| `([^`]+)`[^|]*\|[^|]*\| ([^|]*`git diff`[^|]*) \|$/gm)].map(([, path]) => path);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter((path) => !compared.some((part) => path === part || path.startsWith(`${part}/`)))).toEqual([]);
  });
});

test('each kind of object is rendered in one file, as ADR 1 says', () => {
  const files = new Map<string, Set<string>>();
  for (const file of LIB_FILES.filter((path) => path.endsWith('.ts'))) {
    for (const [, kind] of read(join('lib', file)).matchAll(/new ApiObject\((?:(?!new ApiObject)[^])*?kind: '(\w+)'/g)) {
      files.set(kind, (files.get(kind) ?? new Set()).add(file));
    }
  }
  expect(files.size).toBeGreaterThan(15);
  expect([...files].filter(([, places]) => places.size > 1).map(([kind, places]) => [kind, ...places])).toEqual([]);
});
