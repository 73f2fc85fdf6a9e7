import { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder, Dashboard, DashboardBuilder, DashboardCursorSync, DashboardLinkBuilder, DashboardLinkType,
  DatasourceVariableBuilder, Panel, QueryVariableBuilder, RowBuilder, VariableHide, VariableModel, VariableRefresh, VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from './panels';

/** The tags by which the dashboards of one kind link to each other. */
type Tag = 'cdk8s-stateful-mysql' | 'cdk8s-stateful-web';

/** Panels under a title; the first row of a dashboard has none. */
export interface Row {
  readonly title?: string;
  readonly panels: Builder<Panel>[];
}

export interface BoardOptions {
  /** The name in Grafana's addresses, and that of the file. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tag: Tag;
  readonly variables: Builder<VariableModel>[];
  readonly annotations?: Builder<AnnotationQueryBuilderResult>[];
  readonly rows: Row[];
}

type AnnotationQueryBuilderResult = ReturnType<AnnotationQueryBuilder['build']>;

export interface VariableOptions {
  readonly label: string;
  readonly query: string;
  /** The part of a value that is taken: the first group of a regular expression. */
  readonly part?: string;
  /** Several values at once, at first all. */
  readonly isMany?: boolean;
  readonly isHidden?: boolean;
}

/** A dashboard of rows. Panels stand beside each other until a row is full. */
export function board({ uid, title, description, tag, variables, annotations = [], rows }: BoardOptions): Dashboard {
  const builder = new DashboardBuilder(title).uid(uid).description(description).tags([tag]).timezone('browser')
    .time({ from: 'now-3h', to: 'now' }).refresh('30s').tooltip(DashboardCursorSync.Crosshair)
    .variables([datasource(), ...variables]).annotations(annotations)
    .link(new DashboardLinkBuilder('Other dashboards').type(DashboardLinkType.Dashboards).tags([tag]).includeVars(true).keepTime(true));
  for (const row of rows) {
    if (row.title !== undefined) {
      builder.withRow(new RowBuilder(row.title));
    }
    row.panels.forEach((panel) => builder.withPanel(panel));
  }
  const model = builder.build();
  return { ...model, panels: model.panels!.map((panel, index) => ({ ...panel, id: index + 1 })) };
}

/** A variable whose values are those that a metric has. */
export function query(name: string, options: VariableOptions): QueryVariableBuilder {
  const { label, query: text, part, isMany = false, isHidden = false } = options;
  const variable = new QueryVariableBuilder(name).label(label).datasource(DATASOURCE).definition(text)
    .query({ qryType: 1, query: text, refId: 'PrometheusVariableQueryEditor-VariableQuery' })
    .refresh(VariableRefresh.OnTimeRangeChanged).sort(VariableSort.NaturalAsc).multi(isMany).includeAll(isMany)
    .hide(isHidden ? VariableHide.HideVariable : VariableHide.DontHide);
  if (part !== undefined) {
    variable.regex(part);
  }
  return isMany ? variable.allValue('.*').current({ text: ['All'], value: ['$__all'] }) : variable;
}

function datasource(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
}

/** Moments that a metric tells, as seconds since 1970: a line in every graph. */
export function moments(name: string, expr: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder().name(name).datasource(DATASOURCE).enable(true).iconColor('purple')
    .expr(`1000 * ${expr}`).useValueForTime(true).step('15s').titleFormat(name);
}
