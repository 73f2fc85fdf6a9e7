import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { Feature } from './feature';
import { FAMILIES } from './features';
import { namedTests } from './named-tests';
import { PAGE, statusPage, withTables } from './tables';

const FEATURES = FAMILIES.flatMap(({ title, features }) => (
  features.map((feature): [string, Feature] => [`${title}: ${feature.name}`, feature])));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const words = (file: string) => read(file).replace(/\s+/g, ' ');

describe('what the tables of docs/status.md say', () => {
  test.each(FEATURES)('%s: the unit tests exist', (_, { unit }) => {
    expect(unit.filter((file) => !existsSync(join(ROOT, 'test', `${file}.test.ts`)))).toEqual([]);
  });

  test.each(FEATURES.filter(([, { endToEnd }]) => endToEnd !== undefined))('%s: the end-to-end tests exist', (_, { endToEnd = [] }) => {
    expect(endToEnd.filter(({ file, test: name }) => !namedTests(read(`test/${file}.test.ts`)).includes(name))).toEqual([]);
  });

  test.each(FEATURES.filter(([, { tried }]) => tried !== undefined))('%s: a page describes the trial', (_, { tried = [] }) => {
    expect(tried.filter(({ page, says }) => !words(page).includes(says))).toEqual([]);
  });

  test.each(FEATURES)('%s: there is a test or a trial, or the row says that there is none', (_, { unit, endToEnd, tried, notTested }) => {
    expect(unit.length > 0 || endToEnd !== undefined || tried !== undefined || notTested !== undefined).toBe(true);
  });

  test('names every file of end-to-end tests', () => {
    const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /^e2e(-full)?\/.*\.test\.ts$/.test(file)).map((file) => file.replace('.test.ts', ''));
    expect(files.length).toBeGreaterThan(20);
    const named = new Set(FEATURES.flatMap(([, { endToEnd = [] }]) => endToEnd.map(({ file }) => file)));
    expect(files.filter((file) => !named.has(file))).toEqual([]);
  });

  test('names no family twice', () => {
    expect(new Set(FAMILIES.map(({ id }) => id)).size).toBe(FAMILIES.length);
  });
});

describe('the written tables', () => {
  test('of docs/status.md are what `npm run synth` writes', () => {
    expect(read(PAGE)).toBe(statusPage());
  });

  test.each(documents())('of %s are what `npm run synth` writes', (file) => {
    expect(withTables(file, read(file))).toBe(read(file));
  });

  test('stand in the README and in the guides of MySQL', () => {
    const quoting = documents().filter((file) => /^<!-- status(:[\w-]+)? -->$/m.test(read(file)));
    expect(quoting).toEqual(expect.arrayContaining([
      'README.md', 'docs/mysql-cluster.md', 'docs/mysql-innodb-cluster.md', 'docs/mysql-router.md', 'docs/stateful-web.md',
    ]));
  });

  test('take the place of what stood between the markers', () => {
    const text = withTables('docs/page.md', 'before\n<!-- status:router -->\nold\n<!-- end of status -->\nafter\n');
    expect(text).toMatch(/^before\n<!-- status:router -->\n\| feature \|[^]*\|\n<!-- end of status -->\nafter\n$/);
    expect(text).not.toContain('old');
    expect(text).toContain('[adopt](../test/mysql/scripts/adopt.test.ts)');
  });

  test('of an unknown family are an error', () => {
    expect(() => withTables('docs/page.md', '<!-- status:cluster -->\n<!-- end of status -->\n')).toThrow(
      `docs/page.md asks for the table 'status:cluster': write one of web, volumes, mysql, source-replica, group, router, backup, monitoring, delivery`,
    );
  });
});

describe('the names of tests', () => {
  test('are those of tests and of groups, with quotes and without the values of templates', () => {
    expect(namedTests([
      'describe(\'a group\', () => {', '  test(\'it\\\'s one\', () => {});',
      '  diagnosed(`${pod} is another`, [NAMESPACE], async () => {});',
      '  test.each([1])(\'%i of many\', () => {});', '});',
    ].join('\n'))).toEqual(['a group', 'it\'s one', '${pod} is another', '%i of many']);
  });

  test('are neither those of skipped tests nor texts of other calls', () => {
    expect(namedTests('test.skip(\'skipped\', () => {}); test.todo(\'later\'); until(\'it is ready\', 30, async () => {});')).toEqual([]);
  });
});
