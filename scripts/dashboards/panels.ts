import {
  BigValueColorMode, BigValueGraphMode, BigValueTextMode, GraphDrawStyle, LegendDisplayMode, LegendPlacement, ReduceDataOptionsBuilder,
  TableCellDisplayMode, TooltipDisplayMode, VisibilityMode, VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder, FieldColorModeId, MappingType, Threshold, ThresholdsConfigBuilder, ThresholdsMode, ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as SeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source that the reader of a dashboard chooses. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** The names of Grafana's colors. */
export type Color = 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'purple' | 'text';

/** What a number means: its text, its color. */
export type Meanings = Record<number, [text: string, color: Color]>;

/** From which value on a color is shown; the first one is that of all lower values. */
export type Steps = [first: Color, ...others: [from: number, color: Color][]];

/** What every panel says. */
export interface PanelText {
  readonly title: string;
  /** What it means, and what to do about it. */
  readonly description: string;
  /** The width, of 24 columns. */
  readonly width: number;
}

export interface StatOptions extends PanelText {
  readonly expr: string;
  /** Show the name of the series, from its labels, in place of its value. */
  readonly name?: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly steps?: Steps;
  readonly meanings?: Meanings;
  /** What is shown from this value on, e.g. where there never was such a moment. */
  readonly endless?: [from: number, text: string, color: Color];
  readonly noValue: string;
}

/** A line of a graph. */
export interface Line {
  readonly expr: string;
  readonly name: string;
  /** A limit is a dashed red line. */
  readonly isLimit?: boolean;
}

export interface SeriesOptions extends PanelText {
  readonly lines: Line[];
  readonly unit?: string;
  readonly max?: number;
}

export interface TimelineOptions extends PanelText {
  /** In lines of the grid; by default that of a graph. */
  readonly height?: number;
  readonly lines: Line[];
  readonly meanings: Meanings;
}

/** A column of a table, whose value is a number, or a label of the series. */
export interface Column {
  readonly title: string;
  readonly expr: string;
  /** The label that is shown in place of the number. */
  readonly label?: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly steps?: Steps;
  readonly meanings?: Meanings;
}

export interface TableOptions extends PanelText {
  /** The label of which each value is a row. */
  readonly row: string;
  readonly columns: Column[];
  readonly height: number;
}

/** One value, which is colored by what it means. */
export function stat(options: StatOptions): StatBuilder {
  const { title, description, width, expr, name, unit = 'none', decimals, steps = ['text'], meanings = {}, endless, noValue } = options;
  const panel = new StatBuilder().title(title).description(description).span(width).height(4).datasource(DATASOURCE)
    .withTarget(instant('A', expr, name ?? '').legendFormat(name ?? title))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .graphMode(BigValueGraphMode.None).colorMode(BigValueColorMode.Background)
    .textMode(name === undefined ? BigValueTextMode.Value : BigValueTextMode.Name)
    .unit(unit).noValue(noValue).mappings(mappingsOf(meanings, endless)).thresholds(thresholds(steps)).colorScheme(byThreshold());
  return decimals === undefined ? panel : panel.decimals(decimals);
}

/** Values over time. */
export function series({ title, description, width, lines, unit = 'short', max }: SeriesOptions): SeriesBuilder {
  const panel = new SeriesBuilder().title(title).description(description).span(width).height(7).datasource(DATASOURCE)
    .targets(lines.map(({ expr, name }, index) => range(refId(index), expr, name)))
    .unit(unit).min(0).drawStyle(GraphDrawStyle.Line).lineWidth(1).fillOpacity(8).showPoints(VisibilityMode.Never)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(new VizLegendOptionsBuilder().showLegend(true).displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).calcs([]))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
  lines.filter(({ isLimit }) => isLimit).forEach(({ name }) => panel.overrideByName(name, [
    { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
    { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
    { id: 'custom.fillOpacity', value: 0 },
  ]));
  return max === undefined ? panel : panel.max(max);
}

/** What was the case when: a row for each series, a color for each meaning. */
export function timeline({ title, description, width, height = 7, lines, meanings }: TimelineOptions): TimelineBuilder {
  return new TimelineBuilder().title(title).description(description).span(width).height(height).datasource(DATASOURCE)
    .targets(lines.map(({ expr, name }, index) => range(refId(index), expr, name)))
    .mappings(mappingsOf(meanings)).thresholds(thresholds(['text'])).colorScheme(byThreshold())
    .mergeValues(true).rowHeight(0.85).showValue(VisibilityMode.Auto).fillOpacity(75).lineWidth(0)
    .legend(new VizLegendOptionsBuilder().showLegend(true).displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).calcs([]))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single));
}

/** A row for each value of a label, and a query for each column. */
export function table({ title, description, width, height, row, columns }: TableOptions): TableBuilder {
  const valueOf = (index: number) => `Value #${refId(index)}`;
  const shown = columns.map(({ label }, index) => label ?? valueOf(index));
  const hidden = ['Time', ...columns.flatMap(({ label }, index) => label === undefined ? [] : [valueOf(index)])];
  const panel = new TableBuilder().title(title).description(description).span(width).height(height).datasource(DATASOURCE)
    .targets(columns.map(({ expr }, index) => instant(refId(index), expr, '').format(PromQueryFormat.Table)))
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(hidden.map((name) => [name, true])),
        indexByName: Object.fromEntries([row, ...shown].map((name, index) => [name, index])),
        renameByName: Object.fromEntries([[row, capitalized(row)], ...columns.map((column, index) => [shown[index], column.title])]),
      },
    })
    .noValue('-').thresholds(thresholds(['text'])).colorScheme(byThreshold());
  for (const { title: column, unit, decimals, steps, meanings } of columns) {
    const isColored = steps !== undefined || meanings !== undefined;
    const properties = [
      ...unit === undefined ? [] : [{ id: 'unit', value: unit }],
      ...decimals === undefined ? [] : [{ id: 'decimals', value: decimals }],
      ...steps === undefined ? [] : [{ id: 'thresholds', value: thresholds(steps).build() }],
      ...meanings === undefined ? [] : [{ id: 'mappings', value: mappingsOf(meanings) }],
      ...isColored ? [{ id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } }] : [],
    ];
    if (properties.length > 0) {
      panel.overrideByName(column, properties);
    }
  }
  return panel;
}

function instant(id: string, expr: string, name: string): DataqueryBuilder {
  return new DataqueryBuilder().refId(id).expr(expr).legendFormat(name).datasource(DATASOURCE).instant();
}

function range(id: string, expr: string, name: string): DataqueryBuilder {
  return new DataqueryBuilder().refId(id).expr(expr).legendFormat(name).datasource(DATASOURCE).range();
}

function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function byThreshold(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
}

function thresholds([first, ...others]: Steps): ThresholdsConfigBuilder {
  const steps: Threshold[] = [{ value: null, color: first }, ...others.map(([value, color]) => ({ value, color }))];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

function mappingsOf(meanings: Meanings, endless?: StatOptions['endless']): ValueMapping[] {
  const texts = Object.entries(meanings).map(([value, [text, color]], index) => [value, { text, color, index }] as const);
  return [
    ...texts.length === 0 ? [] : [{ type: MappingType.ValueToText as const, options: Object.fromEntries(texts) }],
    ...endless === undefined ? [] : [{
      type: MappingType.RangeToText as const,
      options: { from: endless[0], to: null, result: { text: endless[1], color: endless[2], index: texts.length } },
    }],
  ];
}
