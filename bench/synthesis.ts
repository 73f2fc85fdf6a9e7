import { Bar, milliseconds, printTable } from './report';
import { median, medianRatio, minimum, timeInTurns } from './timing';
import { libraryWebs, plainWebs, writeManifests } from './webs';

/** So many webs in so many turns, and in the same turns a smaller number to compare with. */
interface Series {
  readonly count: number;
  readonly turns: number;
  readonly against?: number;
}

const WARM_UP: Series = { count: 100, turns: 10 };
const PLAN: Series[] = [
  { count: 1, turns: 51 },
  { count: 100, turns: 31 },
  { count: 1000, turns: 7 },
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
      String(count), String(turns),
      ...[library, plain].flatMap(({ elapsed, processor }) => [milliseconds(minimum(elapsed)), milliseconds(median(processor))]),
      ratio.toFixed(2),
    ]);
    if (count >= 100) {
      bars.push({ what: `${count} webs against plain ApiObjects`, figure: ratio, limit: RATIO_MAX, unit: 'times' });
    }
    if (against !== undefined) {
      const growth = (kind: string) => medianRatio(samples[`${kind} ${count}`], samples[`${kind} ${against}`]);
      bars.push({ what: `${count} webs against ${against} webs`, figure: growth('library'), limit: GROWTH_MAX, unit: 'times' });
      rows.push([`${count}/${against}`, String(turns), '', growth('library').toFixed(2), '', growth('plain').toFixed(2), '']);
    }
  }
  printTable(
    'Synthesis: new App() to YAML text, all webs in one chart (least elapsed time; median processor time, ratios and growth)',
    ['webs', 'turns', 'library', 'processor', 'plain', 'processor', 'ratio'], rows,
  );
  return bars;
}

async function timeWebs({ count: most, turns, against }: Series) {
  const counts = against === undefined ? [most] : [against, most];
  const outputs = new Map<string, string>();
  const tasks: Record<string, () => void> = {};
  for (const count of counts) {
    const manifests = writeManifests(count);
    tasks[`library ${count}`] = () => outputs.set(`library ${count}`, libraryWebs(count));
    tasks[`plain ${count}`] = () => outputs.set(`plain ${count}`, plainWebs(manifests));
  }
  const samples = await timeInTurns(tasks, turns);
  for (const count of counts) {
    if (outputs.get(`library ${count}`) !== outputs.get(`plain ${count}`)) {
      throw new Error(`The library and plain ApiObjects must render the same YAML for ${count} webs`);
    }
  }
  return samples;
}
