import { readFileSync } from 'fs';
import { join } from 'path';
import { Answers, Model, Series } from '../../scripts/dashboards/picture/data';
import { picture } from '../../scripts/dashboards/picture/picture';
import { shown, withUnit } from '../../scripts/dashboards/picture/values';
import { MODELS, pictureFiles, pictureOf } from '../../scripts/dashboards/write';
import { ROOT } from '../support/paths';

const TO = 1_764_460_800;
const FROM = TO - 600;
const STEP = 60;

const modelOf = (file: string) => JSON.parse(readFileSync(join(ROOT, 'lib', file), 'utf8')) as Model;

/** The same answer to every query. */
function answersTo({ panels }: Model, series: (isInstant: boolean) => Series[]): Answers {
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr, instant = false }) => [expr, series(instant)]));
  return { from: FROM, to: TO, step: STEP, queries: Object.fromEntries(queries) as Answers['queries'], moments: [FROM + 120] };
}

/** Ten minutes of two members, of which the second is missing for a while. */
const TWO = (isInstant: boolean): Series[] => ['mysql-0', 'mysql-1'].map((member, index) => ({
  labels: { member, pod: member, role: 'primary', state: 'PRIMARY', version: '9.7.4', part: '1', all: '2' },
  values: isInstant ? [1] : Array.from({ length: 11 }, (_, at) => index === 1 && at > 3 && at < 7 ? null : index),
}));

describe.each(Object.keys(MODELS))('the picture of %s', (file) => {
  const model = modelOf(file);

  test('has the title of each panel, and says that it is not of Grafana', () => {
    const drawing = picture(model, answersTo(model, TWO));
    expect(model.panels.filter(({ title }) => !drawing.includes(`>${title}<`))).toEqual([]);
    expect(drawing).toContain('Grafana draws it in its own way.');
  });

  test('is the same each time, and has no number that is none', () => {
    const drawing = picture(model, answersTo(model, TWO));
    expect(picture(model, answersTo(model, TWO))).toBe(drawing);
    expect(drawing).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('is the one of the guide, for which a Prometheus has answered each query', () => {
    const files = pictureFiles(file);
    const answers = readFileSync(join(ROOT, files.answers), 'utf8');
    expect(readFileSync(join(ROOT, files.picture), 'utf8')).toBe(pictureOf(file, answers));
    expect(readFileSync(join(ROOT, 'docs/dashboards.md'), 'utf8')).toContain(`](${files.picture.slice('docs/'.length)})`);
    const { queries } = JSON.parse(answers) as Answers;
    const asked = model.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(asked.filter((query) => !queries[query]?.some(({ values }) => values.some((value) => value !== null)))).toEqual([]);
  });

  test('says where there is no data', () => {
    const drawing = picture(model, answersTo(model, () => []));
    expect(drawing).not.toMatch(/NaN|undefined|Infinity/);
    expect(drawing.match(/>No data</g)?.length).toBe(model.panels.filter(({ type }) => type === 'timeseries').length);
  });
});

test('a line has a gap where values are missing', () => {
  const model = modelOf('mysql/dashboards/models/mysql-cluster.json');
  const panels = model.panels.filter(({ title }) => title === 'Connections');
  const drawing = picture({ ...model, panels }, answersTo(model, TWO));
  const paths = [...drawing.matchAll(/<path d="([^"]+)" fill="none"/g)].map(([, path]) => path);
  expect(paths.map((path) => path.match(/M/g)!.length)).toEqual([1, 2]);
});

test('a row of times shows each state as long as it lasts', () => {
  const model = modelOf('mysql/dashboards/models/mysql-cluster.json');
  const panels = model.panels.filter(({ title }) => title === 'Members over time');
  const drawing = picture({ ...model, panels }, answersTo(model, TWO));
  expect(drawing).toContain('>away</text>');
  expect(drawing.match(/fill="#d12f3c"/g)!.length).toBe(2); // all the time, and in the legend
});

describe('a value', () => {
  test.each<[number, string, number | undefined, string]>([
    [0, 's', undefined, '0 s'], [12.3, 's', 0, '12 s'], [90, 's', 1, '1.5 min'], [7200, 's', 0, '2 hours'], [3600, 's', 0, '1 hour'],
    [86_400 * 3, 's', 0, '3 days'], [0.02, 's', undefined, '20 ms'], [250, 'ms', undefined, '250 ms'], [0.451, 'percentunit', 0, '45 %'],
    [1536, 'bytes', undefined, '1.5 KiB'], [0, 'bytes', undefined, '0 B'], [1500, 'Bps', undefined, '1.5 kB/s'],
    [12, 'wps', undefined, '12 writes/s'],
    [1234, 'short', undefined, '1.23 k'], [1234, 'none', undefined, '1234'], [0.5, 'short', undefined, '0.5'],
  ])('of %d %s is written as it is read', (value, unit, decimals, text) => {
    expect(withUnit(value, unit, decimals)).toBe(text);
  });

  test('has the color of its threshold, unless it means something', () => {
    const steps = [{ value: null, color: 'green' }, { value: 10, color: 'orange' }, { value: 20, color: 'red' }];
    const mappings = [
      { type: 'value', options: { 0: { text: 'none', color: 'blue' } } },
      { type: 'range', options: { from: 1000, to: null, result: { text: 'NEVER', color: 'red' } } },
    ];
    const field = { unit: 'none', thresholds: { steps }, mappings };
    expect([0, 5, 10, 25, 2000].map((value) => shown(value, field))).toEqual([
      { text: 'none', color: 'blue' }, { text: '5', color: 'green' }, { text: '10', color: 'orange' }, { text: '25', color: 'red' },
      { text: 'NEVER', color: 'red' },
    ]);
  });
});
