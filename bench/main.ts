import { availableParallelism } from 'os';
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
  process.exitCode = printBars([...sizes, ...synthesis, ...imports]) ? 0 : 1;
}

void main();
