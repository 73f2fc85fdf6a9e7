import { runNode } from './processes';
import { Bar, milliseconds, printTable } from './report';
import { median, minimum, Timing } from './timing';

const RUNS = 11;

// Plain JavaScript, so that no compiler runs in the process.
const IMPORT_IN_TURN = `
  const clock = () => [performance.now(), process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000];
  const start = clock();
  require('constructs');
  require('cdk8s');
  require('cdk8s-plus-27');
  const between = clock();
  require(process.cwd());
  const end = clock();
  console.log(JSON.stringify([0, 1].flatMap((index) => [between[index] - start[index], end[index] - between[index]])));
`;

/** What importing the library adds to importing what it is built on. */
export function measureImports(): Bar[] {
  const frameworks: Timing = { elapsed: [], processor: [] };
  const library: Timing = { elapsed: [], processor: [] };
  for (let run = 0; run < RUNS; run++) {
    const samples = JSON.parse(runNode(['--eval', IMPORT_IN_TURN]).output) as number[];
    [frameworks.elapsed, library.elapsed, frameworks.processor, library.processor].forEach((all, index) => all.push(samples[index]));
  }
  const row = (what: string, { elapsed, processor }: Timing) => [what, milliseconds(minimum(elapsed)), milliseconds(median(processor))];
  printTable(`Import: the compiled package, ${RUNS} fresh processes (least elapsed time; median processor time)`, ['import', '', 'processor'], [
    row('constructs, cdk8s and cdk8s-plus-27', frameworks),
    row('the library after them', library),
  ]);
  return [{ what: 'import of the library', figure: median(library.processor), limit: 50, unit: 'ms' }];
}
