import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line as lineOf } from 'd3-shape';
import { Answers, FieldConfig, PanelModel, Series } from './data';
import { colorOf, GRID, INK, line, MUTED, PALETTE, rect, round, text, widthOf } from './svg';
import { shown, Shown, withUnit } from './values';

/** Where something is drawn, within its panel. */
interface Box {
  readonly width: number;
  readonly height: number;
}

interface NamedSeries extends Series {
  readonly name: string;
}

const TOP = 26;

/** What is in the frame of a panel. */
export function drawn(panel: PanelModel, answers: Answers, box: Box): string {
  switch (panel.type) {
    case 'stat': return stat(panel, answers, box);
    case 'timeseries': return graph(panel, answers, box);
    case 'state-timeline': return timeline(panel, answers, box);
    case 'table': return table(panel, answers, box);
    default: throw new Error(`no picture of a panel of type ${panel.type}: draw it in scripts/dashboards/picture`);
  }
}

/** All series of a panel, under the names of its legend. */
function seriesOf(panel: PanelModel, answers: Answers): NamedSeries[] {
  return panel.targets!.flatMap(({ expr, legendFormat = '' }) => (answers.queries[expr] ?? []).map((series) => ({
    ...series, name: legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => series.labels[label] ?? ''),
  })));
}

const defaultsOf = ({ fieldConfig }: PanelModel) => fieldConfig!.defaults;

function stat(panel: PanelModel, answers: Answers, { width, height }: Box): string {
  const field = defaultsOf(panel);
  const cells = seriesOf(panel, answers).map(({ name, values }) => {
    const { text: value, color } = shown(values.at(-1)!, field);
    return { label: panel.options?.textMode === 'name' ? name : value, color };
  });
  const all = cells.length > 0 ? cells : [{ label: field.noValue ?? '-', color: 'none' }];
  return all.map(({ label, color }, index) => {
    const [x, cell] = [index * width / all.length, width / all.length];
    const isPlain = ['text', 'none'].includes(color);
    const size = Math.max(11, Math.min(25, (cell - 16) / (label.length * 0.56)));
    return rect(x, TOP, cell, height - TOP, isPlain ? '#f1f2f4' : colorOf(color))
      + text(x + cell / 2, TOP + (height - TOP) / 2 + size * 0.36, label, {
        size: round(size), anchor: 'middle', weight: 600, color: isPlain ? (color === 'none' ? MUTED : INK) : '#ffffff',
      });
  }).join('');
}

/** A moment, and the value then; null where there is none, so that the line has a gap. */
type Point = [time: number, value: number | null];

function pointsOf({ values }: Series, { from, step }: Answers): Point[] {
  return values.map((value, index) => [from + index * step, value]);
}

const hasValue = ([, value]: Point) => value !== null;

function timeAxis({ from, to }: Answers, left: number, right: number, bottom: number, top: number) {
  const x = scaleUtc().domain([new Date(from * 1000), new Date(to * 1000)]).range([left, right]);
  const minutes = x.ticks(Math.max(2, Math.floor((right - left) / 90))).filter((at) => at.getUTCSeconds() === 0);
  const ticks = minutes.map((at) => (
    line(x(at), top, x(at), bottom, GRID)
    + text(x(at), bottom + 15, at.toISOString().slice(11, 16), { size: 10, color: MUTED, anchor: 'middle' })
  )).join('');
  return { at: (time: number) => x(new Date(time * 1000)), ticks };
}

function graph(panel: PanelModel, answers: Answers, { width, height }: Box): string {
  const field = defaultsOf(panel);
  const all = seriesOf(panel, answers);
  const labels = legend(all.map(({ name }, index) => [name, colorOfSeries(panel, name, index)]), width, height);
  const [top, bottom, right] = [TOP + 10, height - labels.height - 22, width - 20];
  const highest = field.max ?? Math.max(0, ...all.flatMap(({ values }) => values.filter((value) => value !== null)));
  const size = sizeOf(field.unit, highest);
  const upper = highest === 0 ? 1 : highest / size * (field.max === undefined ? 1.05 : 1);
  const scale = scaleLinear().domain([0, upper]).range([bottom, top]).nice(4);
  const y = (value: number) => scale(value / size);
  const marks = scale.ticks(4).map((value): [number, string] => [scale(value), withUnit(value * size, field.unit)]);
  const left = 14 + Math.max(...marks.map(([, label]) => widthOf(label, 10)));
  const axis = timeAxis(answers, left, right, bottom, top);
  const limits = new Set(panel.fieldConfig!.overrides.map(({ matcher }) => matcher.options));
  const lines = all.map((series, index) => {
    const points = pointsOf(series, answers);
    const color = colorOfSeries(panel, series.name, index);
    const [xOf, yOf] = [([time]: Point) => round(axis.at(time)), ([, value]: Point) => round(y(value!))];
    const path = lineOf<Point>().defined(hasValue).x(xOf).y(yOf);
    const below = area<Point>().defined(hasValue).x(xOf).y0(bottom).y1(yOf);
    return limits.has(series.name) ? `<path d="${path(points)}" fill="none" stroke="${color}" stroke-dasharray="8 6"/>\n`
      : `<path d="${below(points)}" fill="${color}" opacity="0.07"/>\n<path d="${path(points)}" fill="none" stroke="${color}" stroke-width="1.4"/>\n`;
  }).join('');
  const empty = all.length > 0 ? '' : text(width / 2, (top + bottom) / 2, 'No data', { size: 14, color: MUTED, anchor: 'middle' });
  return axis.ticks + marks.map(([at, label]) => (
    line(left, at, right, at, GRID) + text(left - 6, at + 3.5, label, { size: 10, color: MUTED, anchor: 'end' })
  )).join('') + momentsIn(answers, axis.at, top, bottom) + lines + labels.drawing + empty;
}

/** What round numbers are multiples of: a minute, or a mebibyte. */
function sizeOf(unit = 'short', highest: number): number {
  const sizes = unit === 's' ? [86_400, 3600, 60] : unit === 'bytes' ? [1024 ** 4, 1024 ** 3, 1024 ** 2, 1024] : [];
  return sizes.find((size) => highest >= size) ?? 1;
}

function colorOfSeries(panel: PanelModel, name: string, index: number): string {
  const properties = panel.fieldConfig!.overrides.find(({ matcher }) => matcher.options === name)?.properties ?? [];
  const color = properties.find(({ id }) => id === 'color')?.value as { fixedColor: string } | undefined;
  return color === undefined ? PALETTE[index % PALETTE.length] : colorOf(color.fixedColor);
}

function momentsIn({ moments, from, to }: Answers, at: (time: number) => number, top: number, bottom: number): string {
  return moments.filter((time) => time >= from && time <= to)
    .map((time) => line(at(time), top, at(time), bottom, colorOf('purple'), 'stroke-dasharray="3 3" stroke-width="1.2"')).join('');
}

/** Names with their colors, in as many lines as they need, at the bottom. */
function legend(entries: [name: string, color: string][], width: number, bottom: number): { drawing: string; height: number } {
  const lines: [name: string, color: string, x: number][][] = [[]];
  let x = 12;
  for (const [name, color] of entries) {
    const needed = widthOf(name) + 34;
    if (x + needed > width && lines.at(-1)!.length > 0) {
      lines.push([]);
      x = 12;
    }
    lines.at(-1)!.push([name, color, x]);
    x += needed;
  }
  const height = lines.length * 16 + 4;
  const drawing = lines.flatMap((row, index) => row.map(([name, color, at]) => {
    const y = bottom - height + 12 + index * 16;
    return rect(at, y - 6, 12, 4, color, 'rx="2"') + text(at + 17, y, name);
  })).join('');
  return { drawing, height };
}

function timeline(panel: PanelModel, answers: Answers, { width, height }: Box): string {
  const field = defaultsOf(panel);
  const all = seriesOf(panel, answers);
  const meant = (field.mappings ?? []).flatMap(({ options }) => Object.values(options as Record<string, Shown>));
  const labels = legend(meant.map((one) => [one.text, colorOf(one.color)]), width, height);
  const [top, bottom, right] = [TOP + 8, height - labels.height - 22, width - 20];
  const left = 18 + Math.max(0, ...all.map(({ name }) => widthOf(name)));
  const axis = timeAxis(answers, left, right, bottom, top);
  const row = (bottom - top) / Math.max(1, all.length);
  const rows = all.map((series, index) => {
    const y = top + index * row + row * 0.08;
    const bars = stretches(series, answers, field).map(({ from, to, label, color }) => {
      const [start, end] = [axis.at(from), Math.min(axis.at(to), right)];
      const fits = end - start > widthOf(label) + 12;
      return rect(start, y, end - start, row * 0.84, color)
        + (fits ? text((start + end) / 2, y + row * 0.46, label, { anchor: 'middle', color: '#ffffff' }) : '');
    });
    return text(left - 8, y + row * 0.46, series.name, { anchor: 'end' }) + bars.join('');
  }).join('');
  return axis.ticks + rows + momentsIn(answers, axis.at, top, bottom) + labels.drawing;
}

/** Times without a change of what a value means. */
function stretches(series: Series, answers: Answers, field: FieldConfig) {
  const found: { from: number; to: number; label: string; color: string }[] = [];
  for (const [time, value] of pointsOf(series, answers)) {
    const last = found.at(-1);
    if (value === null) {
      continue;
    }
    const { text: label, color } = shown(value, field);
    if (last !== undefined && last.label === label && last.to >= time) {
      last.to = time + answers.step;
    } else {
      found.push({ from: time, to: time + answers.step, label, color: colorOf(color) });
    }
  }
  return found;
}

function table(panel: PanelModel, answers: Answers, { width }: Box): string {
  const { indexByName, renameByName } = panel.transformations!.find(({ id }) => id === 'organize')!.options;
  const [key, ...columns] = Object.keys(indexByName).sort((one, other) => indexByName[one] - indexByName[other]);
  const answered = panel.targets!.map(({ expr }) => answers.queries[expr] ?? []);
  const rows = [...new Set(answered.flat().map(({ labels }) => labels[key]))].sort();
  const cells = rows.map((row) => columns.map((column, index) => {
    const series = answered[index].find(({ labels }) => labels[key] === row);
    if (series === undefined) {
      return { text: defaultsOf(panel).noValue ?? '', color: 'text' };
    }
    const properties = panel.fieldConfig!.overrides.find(({ matcher }) => matcher.options === renameByName[column])?.properties ?? [];
    const field = Object.fromEntries(properties.map(({ id, value }) => [id, value])) as FieldConfig;
    return column.startsWith('Value #') ? shown(series.values.at(-1)!, field) : { text: series.labels[column], color: 'text' };
  }));
  const titles = [key, ...columns].map((column) => renameByName[column]);
  const contents = rows.map((row, at) => [row, ...cells[at].map((cell) => cell.text)]);
  const widest = titles.map((title, index) => Math.max(...[title, ...contents.map((row) => row[index])].map((one) => widthOf(one))));
  const scale = (width - 24) / widest.reduce((sum, one) => sum + one, 0);
  const left = widest.map((_, index) => 12 + scale * widest.slice(0, index).reduce((sum, one) => sum + one, 0));
  return titles.map((title, index) => text(left[index], TOP + 20, title, { color: colorOf('blue'), weight: 600 })).join('')
    + rows.map((row, at) => {
      const y = TOP + 48 + at * 28;
      return line(12, y - 18, width - 12, y - 18, GRID) + text(left[0], y, row)
        + cells[at].map((cell, index) => text(left[index + 1], y, cell.text, {
          color: cell.color === 'text' ? INK : colorOf(cell.color), weight: cell.color === 'text' ? 400 : 600,
        })).join('');
    }).join('');
}
