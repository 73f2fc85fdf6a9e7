import { readdirSync } from 'fs';
import { join } from 'path';
import { documents } from './support/documents';
import { commentsOf, findings, proseOf, read, RULES } from './support/language';
import { isSentence, testNames } from './support/names';
import { ROOT } from './support/paths';

const COLUMNS_MAX = 140; // as .editorconfig says
const GUIDES = documents().filter((file) => file.startsWith('docs/') && !file.startsWith('docs/adr/') && file !== 'docs/glossary.md');
/** What was released stays as it was written; the page of the agents is revised together with the scripts. */
const EXEMPT = ['CHANGELOG.md'];
const CHECKED = documents().filter((file) => !EXEMPT.includes(file));

describe('the language of the documentation', () => {
  test.each(CHECKED)('%s has no phrase that the rules forbid', (file) => {
    expect(findings(file, read(file))).toEqual([]);
  });

  test.each(CHECKED)('%s has no line that is longer than the editor allows', (file) => {
    // Rows of tables cannot be wrapped, and code blocks are run as they stand.
    const lines = proseOf(read(file)).split('\n');
    const long = lines.flatMap((line, index) => (
      line.length <= COLUMNS_MAX || /^\||^_+$/.test(line) ? [] : [{ place: `${file}:${index + 1}`, columns: line.length, write: 'a line break' }]));
    expect(long).toEqual([]);
  });
});

describe('the language of comments', () => {
  test.each(['lib', 'apps'])('no comment and no docstring in %s has a phrase that the rules forbid', (folder) => {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(5);
    expect(files.map((file) => join(folder, file)).flatMap((file) => findings(file, commentsOf(read(file))))).toEqual([]);
  });

  test('are docstrings, comments of their own and comments behind code', () => {
    const source = [
      '/** Nobody. */', 'const nobody = \'nobody\'; // for ever', '/**', ' * Anew.', ' */', '  // A person.', 'mend();', '/* Who does. */',
    ].join('\n');
    expect(findings('file.ts', commentsOf(source)).map(({ place, phrase }) => [place, phrase]).sort()).toEqual([
      ['file.ts:1', 'Nobody'], ['file.ts:2', 'for ever'], ['file.ts:4', 'Anew'], ['file.ts:6', 'person'], ['file.ts:8', 'Who'],
    ]);
  });
});

describe('the name of a test', () => {
  const names = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => testNames(join('test', file)));

  test('is a sentence, together with the names of its blocks', () => {
    expect(names.length).toBeGreaterThan(1500);
    expect(names.filter(({ name }) => !isSentence(name))).toEqual([]);
  });

  test('is found with its blocks, whichever way it is written', () => {
    const text = [
      'describe(\'a web\', () => {', '  test(\'serves\', () => {', '  });', '',
      '  test.each([', '    [\'a\', 1],', '  ])(\'takes %s\', (_, row) => {',
      '  });', '', '  test.each(ROWS)(', '    \'refuses %s\', () => {', '  });', '});', '',
      'describe.each([[\'b\']])(\'a %s\', () => {', '  test(\'of a pod\', () => {', '  });', '});',
    ].join('\n');
    expect(testNames('a.test.ts', text)).toEqual([
      { place: 'a.test.ts:2', name: 'a web serves' }, { place: 'a.test.ts:7', name: 'a web takes %s' },
      { place: 'a.test.ts:11', name: 'a web refuses %s' }, { place: 'a.test.ts:16', name: 'a %s of a pod' },
    ]);
  });

  test.each([
    ['a web of two pods', false], ['a pod that is ready', false], ['a Service, whose clients will miss it', false],
    ['a pod that is ready serves', true], ['a web of %s', true],
  ])('counts as a sentence or not: %s', (name, expected) => {
    expect(isSentence(name)).toBe(expected);
  });
});

describe('the rules', () => {
  test.each(RULES.map((rule) => [rule.wrong, rule] as const))('find: %s', (wrong, { why, write }) => {
    expect(findings('guide.md', `# Title\n\n${wrong}\n`)).toContainEqual({ place: 'guide.md:3', phrase: expect.any(String) as string, why, write });
  });

  test('find a phrase across a line break, and name the line on which it begins', () => {
    expect(findings('guide.md', 'A pod waits for\never, or for\n  ever.')).toMatchObject([
      { place: 'guide.md:1', phrase: 'for ever' }, { place: 'guide.md:2', phrase: 'for ever' },
    ]);
  });

  test('find nothing in code, in the targets of links and in addresses', () => {
    const text = '```text\nnobody\n```\nRun `nobody`, see [the page](nobody.md#nobody) and https://example.com/nobody\n';
    expect(findings('guide.md', text)).toEqual([]);
  });

  test.each([
    'Who may connect? Clients may connect.', 'No more than two pods.', 'Synthesis fails.', 'A secure port.',
    'The rest of this page is precise and otherwise fine.',
  ])('find nothing in: %s', (right) => {
    expect(findings('guide.md', right)).toEqual([]);
  });
});

describe('docs/glossary.md', () => {
  const entries = [...read('docs/glossary.md').matchAll(/^- \*\*(.+?)\*\*: (.*(?:\n {2}.*)*)/gm)].map(([, term, text]) => ({ term, text }));
  const guides = GUIDES.map((file) => read(file).replace(/\s+/g, ' ').toLowerCase());

  test('has terms, each one once', () => {
    expect(entries.length).toBeGreaterThan(20);
    expect(new Set(entries.map(({ term }) => term)).size).toBe(entries.length);
  });

  test('has no term that no guide uses', () => {
    expect(entries.map(({ term }) => term.toLowerCase()).filter((term) => !guides.some((guide) => guide.includes(term)))).toEqual([]);
  });

  test.each(entries.map(({ term, text }) => [term, text]))('explains "%s" in one to three sentences', (_, text) => {
    const sentences = text.replace(/\s*See \[.*$/s, '').split(/[.!?](?:\s|$)/).filter((sentence) => sentence.trim() !== '');
    expect([1, 2, 3]).toContain(sentences.length);
  });
});

test('docs/README.md leads to every guide and every decision', () => {
  const page = read('docs/README.md');
  const missing = documents().filter((file) => file.startsWith('docs/') && file !== 'docs/README.md' && !page.includes(`](${file.slice('docs/'.length)})`));
  expect(missing).toEqual([]);
});
