import { runNode } from './processes';
import { Bar, milliseconds, printTable } from './report';
import { median, minimum, Samples } from './timing';

const RUNS = 15;

// Plain JavaScript, so that no compiler runs in the process.
const IMPORT_IN_TURN = `
  const start = performance.now();
  require('constructs');
  require('cdk8s');
  require('cdk8s-plus-27');
  const between = performance.now();
  require(process.cwd());
  console.log(JSON.stringify([between - start, performance.now() - between]));
`;

/** What importing the library adds to importing what it is built on. */
export function measureImports(): Bar[] {
  const frameworks: Samples = [];
  const library: Samples = [];
  for (let run = 0; run < RUNS; run++) {
    const [before, added] = JSON.parse(runNode(['--eval', IMPORT_IN_TURN]).output) as [number, number];
    frameworks.push(before);
    library.push(added);
  }
  const row = (what: string, samples: Samples) => [what, milliseconds(minimum(samples)), milliseconds(median(samples))];
  printTable(`Import: the compiled package, ${RUNS} new processes`, ['import', 'min', 'median'], [
    row('constructs, cdk8s and cdk8s-plus-27', frameworks),
    row('the library after them', library),
  ]);
  return [{ what: 'import of the library, median', figure: median(library), limit: 50, unit: 'ms' }];
}
