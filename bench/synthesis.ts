import { Bar, milliseconds, printTable } from './report';
import { median, medianRatio, minimum, timeInTurns } from './timing';
import { libraryWebs, plainWebs } from './webs';

/** So many webs in so many turns, and in the same turns a smaller number to compare with. */
interface Series {
  readonly count: number;
  readonly turns: number;
  readonly against?: number;
}

const WARM_UP: Series = { count: 100, turns: 10 };
const PLAN: Series[] = [
  { count: 1, turns: 50 },
  { count: 100, turns: 40 },
  { count: 1000, turns: 9 },
  { count: 5000, turns: 3, against: 1000 },
];
const RATIO_MAX = 1.25;
const GROWTH_MAX = 6;

/** How long webs take to synthesize, and how much longer than the same objects as plain ApiObjects. */
export async function measureSynthesis(): Promise<Bar[]> {
  await timeWebs(WARM_UP);
  const rows: string[][] = [];
  const bars: Bar[] = [];
  for (const series of PLAN) {
    const { count, turns, against } = series;
    const samples = await timeWebs(series);
    const [library, plain] = [samples[`library ${count}`], samples[`plain ${count}`]];
    const ratio = medianRatio(library, plain);
    rows.push([
      String(count), ...[library, plain].flatMap((all) => [milliseconds(minimum(all)), milliseconds(median(all))]),
      milliseconds(median(library) / count), ratio.toFixed(2), String(turns),
    ]);
    if (count >= 100) {
      bars.push({ what: `${count} webs against plain ApiObjects`, figure: ratio, limit: RATIO_MAX, unit: 'times' });
    }
    if (against !== undefined) {
      const growth = (kind: string) => medianRatio(samples[`${kind} ${count}`], samples[`${kind} ${against}`]);
      bars.push({ what: `${count} webs against ${against} webs`, figure: growth('library'), limit: GROWTH_MAX, unit: 'times' });
      rows.push([`${count}/${against}`, '', growth('library').toFixed(2), '', growth('plain').toFixed(2), '', '', String(turns)]);
    }
  }
  printTable(
    'Synthesis: new App() to YAML text, all webs in one chart (ratios are medians of those of the turns)',
    ['webs', 'library min', 'median', 'plain min', 'median', 'one web', 'ratio', 'turns'], rows,
  );
  return bars;
}

async function timeWebs({ count: most, turns, against }: Series) {
  const counts = against === undefined ? [most] : [against, most];
  const output = new Map<string, string>();
  const samples = await timeInTurns(Object.fromEntries(counts.flatMap((count) => [
    [`library ${count}`, () => output.set(`library ${count}`, libraryWebs(count))],
    [`plain ${count}`, () => output.set(`plain ${count}`, plainWebs(count))],
  ])), turns);
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
