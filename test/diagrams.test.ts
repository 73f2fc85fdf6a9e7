import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { diagramsPage } from '../apps/support/diagrams-page';
import { Diagram } from '../lib';
import { additionFolders } from './support/dist-folders';
import { documents } from './support/documents';
import { fencesOf } from './support/fences';
import { readDiagram } from './support/mermaid';
import { ROOT } from './support/paths';
import { addWeb, distApps } from './util';

const PAGE = readFileSync(join(ROOT, 'docs/diagrams.md'), 'utf8');

describe('docs/diagrams.md', () => {
  test('is what `npm run synth` writes', () => {
    expect(diagramsPage()).toBe(PAGE);
  });

  test('shows every folder of dist but those that are about workloads', () => {
    expect(distApps().filter((folder) => !additionFolders().includes(folder) && !PAGE.includes(`\`${folder}\``))).toEqual([]);
  });

  test('has one picture for each section, and every picture is a flowchart without mistakes', () => {
    const pictures = fencesOf('docs/diagrams.md').map(({ text }) => readDiagram(text));
    expect(pictures.length).toBe(PAGE.match(/^## /gm)?.length);
    expect(pictures.flatMap(({ mistakes }) => mistakes)).toEqual([]);
  });
});

test('the picture in docs/cdk8s-stateful-diagram.md is that of the chart before it', () => {
  const chart = new Chart(new App(), 'web', { namespace: 'shop' });
  addWeb(chart);
  const file = documents().find((name) => name.endsWith('cdk8s-stateful-diagram.md'))!;
  expect(fencesOf(file).filter(({ language }) => language === 'mermaid').map(({ text }) => `${text}\n`)).toEqual([Diagram.of(chart).toMermaid()]);
});

describe('the sequences in the documentation', () => {
  const sequences = documents().flatMap(fencesOf).filter(({ text }) => text.startsWith('sequenceDiagram\n'));

  test('are there', () => {
    expect(sequences.length).toBeGreaterThan(0);
  });

  test.each(sequences.map(({ place, text }) => [place, text]))('%s names in messages and notes only who takes part', (_, text) => {
    const lines = text.split('\n').slice(1);
    const parts = lines.flatMap((line) => /^ {2}participant (\w+)/.exec(line)?.[1] ?? []);
    const named = lines.map((line) => /^ {2}(?:(\w+)-?->>(\w+)|Note over (\w+)(?:,(\w+))?): [^;#]+$/.exec(line)?.slice(1));
    expect(lines.filter((line, index) => !line.startsWith('  participant ') && named[index] === undefined)).toEqual([]);
    expect(named.flatMap((names) => names ?? []).filter((name) => name !== undefined && !parts.includes(name))).toEqual([]);
  });
});
