import { posix } from 'path';
import { Family, Feature, Proof, Trial } from './feature';
import { FAMILIES } from './features';

/** The page with all tables. */
export const PAGE = 'docs/status.md';

const NOTHING = '-';
const HEAD = `# What is tested

\`npm run synth\` writes these tables from \`test/status/features\`, and a test fails when a test or a statement that they name does not
exist. The suites: unit tests (\`npm test\`) need no cluster. End-to-end tests run on Kubernetes 1.34 with two nodes, a real MySQL 9.7.4 and
an NFS server, on one machine (\`npm run test:e2e\`; *full*: \`npm run test:e2e:full\`). "Other tools" are trials that are no test of this
repository; each leads to its description.
`;

/** The text of the page. */
export function statusPage(): string {
  return [HEAD, ...FAMILIES.map((family) => `## ${family.title}\n\n${table(family, PAGE)}`)].join('\n');
}

/** The document with the tables that its markers ask for: `<!-- status:ID -->`, or `<!-- status -->` for the summary. */
export function withTables(document: string, text: string): string {
  return text.replace(/^<!-- status(?::([\w-]+))? -->\n[^]*?^<!-- end of status -->$/gm, (_, id?: string) => {
    const marker = id === undefined ? '<!-- status -->' : `<!-- status:${id} -->`;
    return `${marker}\n${id === undefined ? summary(document) : table(familyOf(document, id), document)}<!-- end of status -->`;
  });
}

function familyOf(document: string, id: string): Family {
  const family = FAMILIES.find((candidate) => candidate.id === id);
  if (family === undefined) {
    throw new Error(`${document} asks for the table 'status:${id}': write one of ${FAMILIES.map((known) => known.id).join(', ')}`);
  }
  return family;
}

function table({ features }: Family, document: string): string {
  const rows = features.map(({ name, unit, endToEnd, tried, notTested }) => [
    name,
    cell(unit.map((file) => link(document, file))),
    cell([...filesOf(endToEnd)].map((file) => `${link(document, file)}${file.startsWith('e2e-full/') ? ' (full)' : ''}`)),
    cell((tried ?? []).map((trial) => described(document, trial))),
    notTested ?? NOTHING,
  ]);
  return markdown(['feature', 'unit tests', 'end-to-end tests', 'other tools', 'not tested'], rows);
}

/** One row for each family. */
function summary(document: string): string {
  const page = posix.relative(posix.dirname(document), PAGE);
  const rows = FAMILIES.map(({ title, features }) => [
    `[${title}](${page}#${title.toLowerCase().replaceAll(' ', '-')})`,
    share(features, ({ unit }) => unit.length > 0),
    share(features, ({ endToEnd }) => endToEnd !== undefined),
    cell([...new Set(features.flatMap(({ tried }) => tried ?? []).map(({ tool }) => tool))], '; '),
    cell([...new Set(features.flatMap(({ notTested }) => notTested?.split('; ') ?? []))], '; '),
  ]);
  return markdown(['features of', 'with unit tests', 'with end-to-end tests', 'other tools', 'not tested'], rows);
}

function share(features: Feature[], has: (feature: Feature) => boolean): string {
  return `${features.filter(has).length} of ${features.length}`;
}

function filesOf(proofs: Proof[] = []): Set<string> {
  return new Set(proofs.map(({ file }) => file));
}

function link(document: string, file: string): string {
  const label = file.replace(/^(?:e2e|e2e-full)\//, '').replace(/^mysql\/scripts\//, '');
  return `[${label}](${posix.relative(posix.dirname(document), `test/${file}.test.ts`)})`;
}

function described(document: string, { tool, page }: Trial): string {
  return page === document ? tool : `[${tool}](${posix.relative(posix.dirname(document), page)})`;
}

function cell(items: string[], separator = ', '): string {
  return items.length === 0 ? NOTHING : items.join(separator);
}

function markdown(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
