import { runTypeScript } from './processes';
import { Bar, milliseconds, printTable } from './report';
import { median, medianRatio, minimum, Samples, timeInTurns } from './timing';
import { Synthesis } from './webs';

/** So many webs in so many turns, and in the same turns a smaller number to compare with. */
interface Series {
  readonly count: number;
  readonly turns: number;
  readonly against?: number;
}

const PLAN: Series[] = [
  { count: 1, turns: 7 },
  { count: 100, turns: 25 },
  { count: 1000, turns: 11 },
  { count: 5000, turns: 5, against: 1000 },
];
const RATIO_MAX = 1.15;
const GROWTH_MAX = 5.5;

/** How long webs take to synthesize, and how much longer than the same objects as plain ApiObjects. */
export async function measureSynthesis(): Promise<Bar[]> {
  const rows: string[][] = [];
  const bars: Bar[] = [];
  for (const series of PLAN) {
    const { count, turns, against } = series;
    const samples = await timeWebs(series);
    const ratio = medianRatio(samples[`library ${count}`], samples[`plain ${count}`]);
    const times = (all: Samples) => [milliseconds(minimum(all)), milliseconds(median(all))];
    rows.push([String(count), ...times(samples[`library ${count}`]), ...times(samples[`plain ${count}`]), ratio.toFixed(2), String(turns)]);
    if (count >= 100) {
      bars.push({ what: `${count} webs against plain ApiObjects`, figure: ratio, limit: RATIO_MAX, unit: 'times' });
    }
    if (against !== undefined) {
      const growth = (kind: string) => medianRatio(samples[`${kind} ${count}`], samples[`${kind} ${against}`]);
      bars.push({ what: `${count} webs against ${against} webs`, figure: growth('library'), limit: GROWTH_MAX, unit: 'times' });
      rows.push([`${count}/${against}`, growth('library').toFixed(2), '', growth('plain').toFixed(2), '', '', String(turns)]);
    }
  }
  printTable(
    'Synthesis: CPU time from new App() to YAML text, all webs in one chart, each in a new process (the ratio is the median of the turns)',
    ['webs', 'library min', 'median', 'plain min', 'median', 'ratio', 'turns'], rows,
  );
  return bars;
}

/** Every synthesis has a process of its own, as it has with `cdk8s synth`: none profits from what another one has warmed up. */
async function timeWebs({ count: most, turns, against }: Series): Promise<Record<string, Samples>> {
  const counts = against === undefined ? [most] : [against, most];
  const digests = new Map<string, string>();
  const synthesize = (kind: string, count: number) => () => {
    const { cpu, digest } = JSON.parse(runTypeScript('bench/webs.ts', [kind, String(count)]).output) as Synthesis;
    digests.set(`${kind} ${count}`, digest);
    return cpu;
  };
  const samples = await timeInTurns(Object.fromEntries(counts.flatMap(
    (count) => ['library', 'plain'].map((kind) => [`${kind} ${count}`, synthesize(kind, count)]),
  )), turns);
  for (const count of counts) {
    if (digests.get(`library ${count}`) !== digests.get(`plain ${count}`)) {
      throw new Error(`The library and plain ApiObjects must render the same bytes for ${count} webs`);
    }
  }
  return samples;
}
