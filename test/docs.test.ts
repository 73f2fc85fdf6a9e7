import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { documents } from './support/documents';
import { Fence, fencesOf } from './support/fences';
import { ROOT } from './support/paths';
import { runProgram, typeCheck } from './support/programs';

const byPlace = (fence: Fence) => [fence.place, fence] as const;
const TRANSLATIONS = 'docs/languages.md'; // held to the other documents by languages.test.ts
const FENCES = documents().flatMap(fencesOf);
const ofLanguage = (language: string) => FENCES
  .filter((fence) => fence.language === language && !fence.place.startsWith(TRANSLATIONS)).map(byPlace);

/** Where the blocks of each tag are run: the text of these files must name the tag's value. */
const RUNNERS: Record<string, string[]> = {
  ci: ['.ci/run'],
  e2e: ['test/e2e', 'test/e2e/mysql', 'test/e2e-full/mysql', 'test/e2e-full/group', 'test/e2e-full/backup'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith('.test.ts') || file === 'test/e2e/mysql/store.ts'), // which makes Secrets for tests
  package: readdirSync(join(ROOT, 'scripts/packages')).map((file) => `scripts/packages/${file}`),
};

/** The text of these files, by kind. */
const CALLS = Object.fromEntries(Object.entries(RUNNERS).map(([kind, files]) => [kind, files.map(read).join('\n')]));

/** What is read of an Argo CD Application or a Flux Kustomization. */
interface GitOpsObject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly path?: string; readonly source?: { readonly path: string }; readonly dependsOn?: { readonly name: string }[] };
}

describe('every code block of the documentation is tested', () => {
  test('there are blocks', () => {
    expect(FENCES.length).toBeGreaterThan(10);
  });

  test.each(FENCES.map(byPlace))('%s has a language and a tag that some test knows', (_, fence) => {
    expect(fence).toMatchObject({ language: expect.stringMatching(/^(ts|sh|yaml|python|java|go|text|mermaid)$/) as string });
    if (['sh', 'python', 'java', 'go'].includes(fence.language) || fence.tag !== '') {
      const [kind, id] = fence.tag.split('=');
      expect(Object.keys(RUNNERS)).toContain(kind);
      expect(CALLS[kind]).toMatch(new RegExp(`'${id}'|readme ${id}\\b|package=${id}\\b`));
    }
  });

  test('.ci/run calls the two commands of the README as they stand there', () => {
    const commands = FENCES.filter((fence) => fence.tag.startsWith('ci='));
    expect(commands.map((fence) => fence.tag)).toEqual(['ci=synth', 'ci=test']);
  });
});

describe('TypeScript blocks', () => {
  const text = 'import { StatefulWeb } from \'cdk8s-stateful\';\nnew StatefulWeb(1);';
  const wrong = { place: 'wrong.md:1', language: 'ts', tag: '', text };
  const checked = typeCheck([...ofLanguage('ts').map(([, fence]) => fence), wrong]); // in one program: each checks the library, too

  test.each(ofLanguage('ts'))('%s compiles', (place) => {
    expect(checked[place]).toEqual([]);
  });

  test('a block that does not compile would be found', () => {
    expect(checked['wrong.md:1']).toEqual([expect.stringContaining('Expected 3 arguments')]);
  });

  test.each(ofLanguage('ts'))('%s synthesizes', (_, fence) => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-docs-'));
    const log = jest.spyOn(console, 'log').mockImplementation();
    process.env.CDK8S_OUTDIR = folder;
    try {
      runProgram(fence.text);
      expect(readdirSync(folder)).not.toEqual([]);
      // What a block prints stands behind it as a comment.
      const printed = [...fence.text.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, comment]) => [comment]);
      expect(log.mock.calls).toEqual(printed);
    } finally {
      delete process.env.CDK8S_OUTDIR;
      log.mockRestore();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('YAML blocks', () => {
  test.each(ofLanguage('yaml'))('%s names folders of dist and objects that exist', (_, fence) => {
    const objects = parseAllDocuments(fence.text).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as GitOpsObject;
    });
    for (const { spec } of objects) {
      expect(existsSync(join(ROOT, spec.path ?? spec.source!.path))).toBe(true);
      expect(objects.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining((spec.dependsOn ?? []).map(({ name }) => name)));
    }
  });
});

describe('links', () => {
  test.each(documents())('the relative links of %s lead to files and headings that exist', (file) => {
    const targets = [...read(file).matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map(([, target]) => target);
    expect(targets.filter((target) => !leadsSomewhere(file, target))).toEqual([]);
  });
});

function leadsSomewhere(file: string, target: string): boolean {
  const [path, anchor] = target.split('#');
  const page = path === '' ? file : join(dirname(file), path);
  return existsSync(join(ROOT, page)) && (anchor === undefined || headingsOf(read(page)).map(slug).includes(anchor));
}

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
}

/** A heading's anchor, as forges make it. */
function slug(heading: string): string {
  return heading.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-');
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
