import { readFileSync } from 'fs';
import { join } from 'path';
import { Answers, Model, Series } from '../../../scripts/dashboards/picture/data';
import { TestedPrometheus } from '../../e2e/mysql/prometheus';
import { ROOT } from '../../support/paths';

const POINTS = 150;

/** What Grafana writes for the variables of a dashboard. */
export type Values = Record<string, string>;

/** A dashboard, as Grafana asks for what it shows. */
export class AskedDashboard {
  public readonly model: Model;

  /** @param file below `lib/` */
  public constructor(file: string, private readonly _prometheus: TestedPrometheus, private readonly _values: Values) {
    this.model = JSON.parse(readFileSync(join(ROOT, 'lib', file), 'utf8')) as Model;
  }

  /** The answers to all queries between two moments, in seconds since 1970. */
  public async ask(from: number, to: number): Promise<Answers> {
    const step = Math.max(5, Math.ceil((to - from) / POINTS));
    const queries: Record<string, Series[]> = {};
    for (const { expr, instant = false } of this.model.panels.flatMap(({ targets = [] }) => targets)) {
      queries[expr] = await this._answer(expr, instant ? to : from, to, { step, range: to - from });
    }
    const marks = await Promise.all((this.model.annotations.list ?? []).map(async ({ expr }) => (
      await this._answer(expr, from, to, { step, range: to - from })
    )));
    const times = marks.flat().flatMap(({ values }) => values.filter((value) => value !== null));
    return { from, to, step, queries, moments: [...new Set(times.map((time) => Math.floor(time / 1000)))].sort() };
  }

  /** The panels whose queries have no data, with the query. */
  public withoutData({ queries }: Answers): string[] {
    return this.model.panels.flatMap(({ title, targets = [] }) => targets
      .filter(({ expr }) => queries[expr].every(({ values }) => values.every((value) => value === null)))
      .map(({ expr }) => `${title}: ${this._filledIn(expr, 60)}`));
  }

  private async _answer(expr: string, from: number, to: number, { step, range }: { step: number; range: number }): Promise<Series[]> {
    const found = await this._prometheus.range(this._filledIn(expr, range), from, to, step);
    return found.map(({ labels, points }) => {
      const values = new Map(points.map(([time, value]) => [Math.round((time - from) / step), value]));
      const all = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => values.get(index) ?? NaN);
      return { labels, values: all.map((value) => Number.isFinite(value) ? value : null) };
    });
  }

  /** As Grafana does: a rate over four scrapes at least. */
  private _filledIn(expr: string, seconds: number): string {
    const values: Values = { __rate_interval: '2m', __range: `${Math.ceil(seconds)}s`, ...this._values };
    return expr.replace(/\$\{?(\w+)\}?/g, (_, name: string) => values[name]);
  }
}
