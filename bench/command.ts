import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Phases } from './phases';
import { runNode, runTypeScript } from './processes';
import { milliseconds, printTable } from './report';
import { median, minimum, Samples } from './timing';

const RUNS = 7;

/** How long `cdk8s synth` takes for all apps, and where the time goes. */
export function measureCommand(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const samples: Record<string, Samples> = {};
  const add = (what: string, sample: number) => (samples[what] ??= []).push(sample);
  try {
    for (let run = 0; run < RUNS; run++) {
      // Without the look for a newer CLI, which waits for the network unless another one did so in the last half hour.
      const command = runNode(['node_modules/.bin/cdk8s', 'synth', '--no-check-upgrade', '--output', join(folder, 'command')]).milliseconds;
      const app = runTypeScript('apps/main.ts', [], { CDK8S_OUTDIR: join(folder, 'app') }).milliseconds;
      const parts = runTypeScript('bench/phases.ts', [], { CDK8S_OUTDIR: join(folder, 'phases') });
      const phases = JSON.parse(parts.output) as Phases;
      add('cdk8s synth', command);
      add('  the CLI itself', command - app);
      add('  the apps: node --require ts-node/register apps/main.ts', app);
      Object.entries(phases).forEach(([phase, duration]) => add(`    ${phase}`, duration));
      add('    end of the process', parts.milliseconds - Object.values(phases).reduce((sum, duration) => sum + duration));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  printTable(`Command: ${RUNS} runs of each process in turns`, ['part', 'min', 'median'], Object.entries(samples).map(
    ([what, durations]) => [what, milliseconds(minimum(durations)), milliseconds(median(durations))],
  ));
}
