/** A series of a query. */
export interface Series {
  readonly labels: Record<string, string>;
  /** The value at each step; null where there is none. Of a query about now the only one. */
  readonly values: (number | null)[];
}

/** What a Prometheus answered to all queries of a dashboard. */
export interface Answers {
  /** The first and the last moment, in seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** The seconds between two values of a series over time. */
  readonly step: number;
  /** The answer to each query, as the model writes it. */
  readonly queries: Record<string, Series[]>;
  /** The moments of the annotations. */
  readonly moments: number[];
}

/** What is read of a panel. */
export interface PanelModel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: { readonly refId: string; readonly expr: string; readonly legendFormat?: string; readonly instant?: boolean }[];
  readonly options?: { readonly textMode?: string };
  readonly fieldConfig?: {
    readonly defaults: FieldConfig;
    readonly overrides: Override[];
  };
  readonly transformations?: { readonly id: string; readonly options: Organized }[];
}

export interface Override {
  readonly matcher: { readonly options: string };
  readonly properties: { readonly id: string; readonly value: unknown }[];
}

export interface Organized {
  readonly indexByName: Record<string, number>;
  readonly renameByName: Record<string, string>;
}

export interface Step {
  readonly value: number | null;
  readonly color: string;
}

export interface Mapping {
  readonly type: string;
  readonly options: unknown;
}

export interface FieldConfig {
  readonly unit?: string;
  readonly decimals?: number;
  readonly noValue?: string;
  readonly max?: number;
  readonly mappings?: Mapping[];
  readonly thresholds?: { readonly steps: Step[] };
}

export interface Model {
  readonly title: string;
  readonly panels: PanelModel[];
  readonly annotations: { readonly list?: { readonly expr: string }[] };
}

/** Answers as a file: a query a line, and no more digits than a picture shows. */
export function textOfAnswers({ queries, ...period }: Answers): string {
  const rounded = (value: number | null) => value === null ? null : Number(value.toPrecision(5));
  const lines = Object.entries(queries).map(([query, series]) => (
    `    ${JSON.stringify(query)}: ${JSON.stringify(series.map(({ labels, values }) => ({ labels, values: values.map(rounded) })))}`
  ));
  return `${JSON.stringify(period).slice(0, -1)}, "queries": {\n${lines.join(',\n')}\n}}\n`;
}
