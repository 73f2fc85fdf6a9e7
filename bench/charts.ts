import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { runNode } from './processes';
import { milliseconds, printTable } from './report';
import { median, minimum, Samples } from './timing';

const RELEASES = 100;
const TURNS = { one: 5, many: 3 };

// Plain JavaScript, as compilers leave it: a web with a Service, so many times, and the YAML of all.
const PROGRAM = `
  const { App, Chart } = require('cdk8s');
  const { StatefulWeb } = require(process.cwd());
  const app = new App();
  for (let index = 0; index < Number(process.argv[1]); index++) {
    const chart = new Chart(app, 'web-' + index, { namespace: 'webs' });
    new StatefulWeb(chart, 'web-' + index, { image: 'nginx:1.29', replicas: 2, clientService: {} });
  }
  process.stdout.write(app.synthYaml());
`;

/** How long it took to write manifests, and how many objects these have. */
interface Rendered {
  readonly milliseconds: number;
  readonly objects: number;
}

/**
 * Compares this library with a chart: one program that renders all webs with a call of `helm template` for each release.
 *
 * @param helm the program
 * @param chart the chart's folder, with its dependencies
 */
export function compareWithChart(helm: string, chart: string): void {
  const { name, version } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as { name: string; version: string };
  const helmVersion = runHelm(helm, ['version', '--short']).trim();
  const rows = [['one', 1, TURNS.one], [`${RELEASES}`, RELEASES, TURNS.many]] as const;
  printTable(
    `Against a chart: whole processes in turns. Helm ${helmVersion}, chart ${name} ${version}; StatefulWeb with a Service for clients`,
    ['releases', 'library objects', 'min', 'median', 'helm objects', 'min', 'median', 'turns'],
    rows.map(([what, count, turns]) => {
      const [library, charts]: Rendered[][] = [[], []];
      for (let turn = 0; turn < turns; turn++) {
        library.push(renderWebs(count));
        charts.push(renderReleases(helm, chart, count));
      }
      return [what, ...cells(library), ...cells(charts), String(turns)];
    }),
  );
}

function renderWebs(count: number): Rendered {
  const { milliseconds: elapsed, output } = runNode(['--eval', PROGRAM, '--', String(count)]);
  return { milliseconds: elapsed, objects: objectsOf(output) };
}

function renderReleases(helm: string, chart: string, count: number): Rendered {
  const start = performance.now();
  const outputs = Array.from({ length: count }, (_, index) => runHelm(helm, ['template', `web-${index}`, chart, '--namespace', 'webs']));
  return { milliseconds: performance.now() - start, objects: outputs.reduce((sum, output) => sum + objectsOf(output), 0) };
}

function runHelm(helm: string, args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(helm, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) {
    throw new Error(`${helm} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  }
  return stdout;
}

function objectsOf(yaml: string): number {
  return yaml.match(/^kind: /gm)?.length ?? 0;
}

function cells(rendered: Rendered[]): string[] {
  const samples: Samples = rendered.map((each) => each.milliseconds);
  return [String(rendered[0].objects), milliseconds(minimum(samples)), milliseconds(median(samples))];
}
