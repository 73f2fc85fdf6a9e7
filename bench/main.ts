import { measureCommand } from './command';
import { measureImports } from './imports';
import { printBars } from './report';
import { measureSynthesis } from './synthesis';

async function main(): Promise<void> {
  const synthesis = await measureSynthesis();
  measureCommand();
  const imports = measureImports();
  process.exitCode = printBars([...synthesis, ...imports]) ? 0 : 1;
}

void main();
