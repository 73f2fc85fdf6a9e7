import { availableParallelism } from 'os';
import { compareWithChart } from './charts';
import { measureCommand } from './command';
import { measureImports } from './imports';
import { printBars } from './report';
import { measureSizes } from './size';
import { measureSynthesis } from './synthesis';

async function main(): Promise<void> {
  console.log(`Node.js ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} processors`);
  const sizes = measureSizes();
  const synthesis = await measureSynthesis();
  measureCommand();
  const imports = measureImports();
  const { HELM, CHART } = process.env;
  if (HELM !== undefined && CHART !== undefined) {
    compareWithChart(HELM, CHART);
  } else {
    console.log('\nAgainst a chart: left out, because HELM (the program) and CHART (a folder) are not set');
  }
  process.exitCode = printBars([...sizes, ...synthesis, ...imports]) ? 0 : 1;
}

void main();
