import { availableParallelism } from 'os';
import { measureCommand } from './command';
import { measureImports } from './imports';
import { printBars } from './report';
import { measureSynthesis } from './synthesis';

async function main(): Promise<void> {
  console.log(`Node.js ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} processors`);
  const synthesis = await measureSynthesis();
  measureCommand();
  const imports = measureImports();
  process.exitCode = printBars([...synthesis, ...imports]) ? 0 : 1;
}

void main();
