import { Bar, milliseconds, printTable } from './report';
import { median, medianRatio, minimum, timeInTurns } from './timing';
import { libraryWebs, plainWebs } from './webs';

const WARM_UP = { counts: [100], rounds: 10 };
/** How many webs are timed in turns with each other, and how often. */
const PLAN = [{ counts: [1], rounds: 50 }, { counts: [100], rounds: 40 }, { counts: [1000, 5000], rounds: 5 }];
const RATIO_MAX = 1.25;
const GROWTH_MAX = 6;

/** How long webs take to synthesize, and how much longer than the same objects as plain ApiObjects. */
export async function measureSynthesis(): Promise<Bar[]> {
  await timeWebs(WARM_UP);
  const rows: string[][] = [];
  const bars: Bar[] = [];
  for (const group of PLAN) {
    const samples = await timeWebs(group);
    for (const count of group.counts) {
      const [library, plain] = [samples[`library ${count}`], samples[`plain ${count}`]];
      const ratio = medianRatio(library, plain);
      rows.push([
        String(count), ...[library, plain].flatMap((series) => [milliseconds(minimum(series)), milliseconds(median(series))]),
        milliseconds(median(library) / count), ratio.toFixed(2), String(group.rounds),
      ]);
      if (count >= 100) {
        bars.push({ what: `${count} webs against plain ApiObjects`, figure: ratio, limit: RATIO_MAX, unit: 'times' });
      }
    }
    if (group.counts.includes(5000)) {
      const growth = (kind: string) => medianRatio(samples[`${kind} 5000`], samples[`${kind} 1000`]);
      bars.push({ what: '5000 webs against 1000 webs', figure: growth('library'), limit: GROWTH_MAX, unit: 'times' });
      rows.push(['5000/1000', '', `${growth('library').toFixed(2)} x`, '', `${growth('plain').toFixed(2)} x`, '', '', '']);
    }
  }
  printTable(
    'Synthesis: new App() to YAML text, all webs in one chart (the ratio is the median of the turns)',
    ['webs', 'library min', 'median', 'plain min', 'median', 'one web', 'ratio', 'turns'], rows,
  );
  return bars;
}

async function timeWebs({ counts, rounds }: { counts: number[]; rounds: number }) {
  const output = new Map<string, string>();
  const samples = await timeInTurns(Object.fromEntries(counts.flatMap((count) => [
    [`library ${count}`, () => output.set(`library ${count}`, libraryWebs(count))],
    [`plain ${count}`, () => output.set(`plain ${count}`, plainWebs(count))],
  ])), rounds);
  counts.forEach((count) => requireEqual(output.get(`library ${count}`)!, output.get(`plain ${count}`)!));
  return samples;
}

function requireEqual(library: string, plain: string): void {
  if (library !== plain) {
    const [wanted, found] = [library.split('\n'), plain.split('\n')];
    const index = wanted.findIndex((line, number) => line !== found[number]);
    throw new Error(`bench/plain-web.ts must say what StatefulWeb renders: line ${index + 1} is "${found[index]}" instead of `
      + `"${wanted[index]}", below "${wanted[index - 1]}"`);
  }
}
