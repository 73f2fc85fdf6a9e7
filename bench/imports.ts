import { runNode } from './processes';
import { Bar, milliseconds, printTable } from './report';
import { median, minimum, Samples } from './timing';

const RUNS = 15;

/** What a program uses of the library, by what the table says of it. */
const PROGRAMS: Record<string, string[]> = {
  'the library, and nothing of it': [],
  'the library, and StatefulWeb': ['StatefulWeb'],
  'the library, and NfsPersistentVolumes': ['NfsPersistentVolumes'],
  'the library, and MySqlCluster': ['MySqlCluster'],
  'the library, and all of it': ['*'],
};

// Plain JavaScript, so that no compiler runs in the process.
const IMPORT_IN_TURN = `
  const cpu = (start) => { const { user, system } = process.cpuUsage(start); return (user + system) / 1000; };
  const start = process.cpuUsage();
  require('constructs');
  require('cdk8s');
  require('cdk8s-plus-27');
  const frameworks = cpu(start);
  const between = process.cpuUsage();
  const library = require(process.cwd());
  for (const name of process.argv[1] === '*' ? Object.keys(library) : process.argv.slice(1)) library[name];
  console.log(JSON.stringify([frameworks, cpu(between)]));
`;

/** What importing the library adds to importing what it is built on. It loads what a program uses, when the program first uses it. */
export function measureImports(): Bar[] {
  const frameworks: Samples = [];
  const added: Record<string, Samples> = Object.fromEntries(Object.keys(PROGRAMS).map((what) => [what, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const [what, names] of Object.entries(PROGRAMS)) {
      const [before, library] = JSON.parse(runNode(['--eval', IMPORT_IN_TURN, '--', ...names]).output) as [number, number];
      frameworks.push(before);
      added[what].push(library);
    }
  }
  const row = (what: string, samples: Samples) => [what, milliseconds(minimum(samples)), milliseconds(median(samples))];
  printTable(`Import: CPU time of the compiled package, ${RUNS} new processes each`, ['import', 'min', 'median'], [
    row('constructs, cdk8s and cdk8s-plus-27', frameworks), ...Object.entries(added).map(([what, samples]) => row(what, samples)),
  ]);
  return ['the library, and StatefulWeb', 'the library, and MySqlCluster'].map((what) => (
    { what: `import of ${what}, median`, figure: median(added[what]), limit: 50, unit: 'ms' }
  ));
}
