import { readFileSync } from 'fs';
import { join } from 'path';
import { MODELS, textOf } from '../../scripts/dashboards/write';
import { ROOT } from '../support/paths';
import { EXPORTER, FACTS, KUBERNETES, SCRAPES } from './metric-names';
import { parsed } from './promql';

/** What is read of a panel, as Grafana reads it. */
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: { readonly refId: string; readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

interface Model {
  readonly uid: string;
  readonly title: string;
  readonly panels: Panel[];
  readonly annotations: { readonly list: { readonly expr: string }[] };
  readonly templating: { readonly list: { readonly name: string; readonly query: string | { readonly query: string } }[] };
}

const FILES = Object.keys(MODELS);
const ALL = FILES.map((file): [file: string, model: Model] => (
  [file, JSON.parse(readFileSync(join(ROOT, 'lib', file), 'utf8')) as Model]
));
/** What Grafana writes into a query before Prometheus reads it, beside the user's variables. */
const OF_GRAFANA: Record<string, string> = { __rate_interval: '1m', __range: '3h', datasource: 'prometheus' };
const VALUES: Record<string, string> = {
  ...OF_GRAFANA, cluster: 'shop/mysql', member: '.*', namespace: 'shop', name: 'mysql', web: 'web', replicas: '2',
  requests: 'http_requests_total', status: 'code',
};
const VARIABLE = /\$\{?(\w+)\}?/g;

const panelsOf = ({ panels }: Model) => panels.filter(({ type }) => type !== 'row');

/** All queries of a dashboard: those of its panels and of its annotations. */
function queriesOf(model: Model): string[] {
  const targets = panelsOf(model).flatMap((panel) => panel.targets!);
  return [...targets, ...model.annotations.list].map(({ expr }) => expr);
}

/** As Prometheus gets it. */
const filledIn = (text: string) => text.replace(VARIABLE, (_, name: string) => VALUES[name]);

const selectorsOf = (model: Model) => queriesOf(model).flatMap((text) => parsed(filledIn(text)).selectors);

describe.each(ALL)('%s', (file, model) => {
  test('is what the typed code generates', () => {
    expect(readFileSync(join(ROOT, 'lib', file), 'utf8')).toBe(textOf(MODELS[file]()));
  });

  test('has panels with a title, a description, and queries of the data source that the reader chooses', () => {
    expect(panelsOf(model).length).toBeGreaterThan(5);
    for (const { title, description, datasource, targets } of panelsOf(model)) {
      expect([title, description]).toEqual([expect.stringMatching(/^[A-Z]/), expect.stringMatching(/^[A-Z].*\.$/)]);
      const sources = [datasource, ...targets!.map((target) => target.datasource)].map((source) => source?.uid);
      expect(sources).toEqual(sources.map(() => '${datasource}'));
      expect(new Set(targets!.map(({ refId }) => refId)).size).toBe(targets!.length);
    }
  });

  test('has panels that fill the whole width and do not overlap', () => {
    const cells = model.panels.flatMap(({ gridPos: { x, y, w, h } }) => (
      Array.from({ length: w * h }, (_, index) => `${y + Math.floor(index / w)}:${x + index % w}`)
    ));
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length % 24).toBe(0);
    expect(model.panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  test('has single values in the first row', () => {
    const first = model.panels.filter(({ gridPos }) => gridPos.y === 0);
    expect(first.length).toBeGreaterThan(3);
    expect(first.map(({ type }) => type)).toEqual(first.map(() => 'stat'));
  });

  test('has queries that Prometheus can parse', () => {
    expect(queriesOf(model).flatMap((text) => parsed(filledIn(text)).errors)).toEqual([]);
  });

  test('has queries of metrics that are known, and of no others', () => {
    const known = new Set([...FACTS, ...EXPORTER, ...KUBERNETES, ...SCRAPES]);
    expect(selectorsOf(model).map(({ metric }) => metric).filter((metric) => !known.has(metric))).toEqual([]);
  });

  test('has queries of what was chosen, and of nothing else', () => {
    const isChosen = (text: string) => ['cluster="shop/mysql"', 'namespace="shop"'].some((matcher) => text.includes(matcher));
    expect(selectorsOf(model).filter(({ matchers }) => !isChosen(matchers))).toEqual([]);
  });

  test('uses the variables that it has, and has no other', () => {
    const names = model.templating.list.map(({ name }) => name);
    const queries = model.templating.list.map(({ query }) => typeof query === 'string' ? query : query.query);
    const used = [...queriesOf(model), ...queries].flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name]) => name));
    const expected = new Set([...used, 'datasource'].filter((name) => !name.startsWith('__')));
    expect([...expected].sort()).toEqual([...names].sort());
  });
});

test('each dashboard has a name of its own that Grafana accepts, and each of its panels a number', () => {
  const uids = ALL.map(([, { uid }]) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  expect(uids.filter((uid) => !/^[\w-]{1,40}$/.test(uid))).toEqual([]);
  expect(ALL.map(([, { panels }]) => panels.map(({ id }) => id))).toEqual(ALL.map(([, { panels }]) => panels.map((_, index) => index + 1)));
});

test('each known metric is in a dashboard', () => {
  const used = new Set(ALL.flatMap(([, model]) => selectorsOf(model).map(({ metric }) => metric)));
  expect([...FACTS, ...EXPORTER, ...KUBERNETES, ...SCRAPES].filter((metric) => !used.has(metric))).toEqual([]);
});

describe('the parser', () => {
  test.each(['sum(up', 'up{a=b}', 'rate(up[])', 'sum by (up)', 'up +'])('refuses %s', (text) => {
    expect(parsed(text).errors.length).toBeGreaterThan(0);
  });

  test('names metrics with their matchers', () => {
    expect(parsed('sum(rate(a_total{b="c"}[5m])) or up').selectors).toEqual([
      { metric: 'a_total', matchers: '{b="c"}' }, { metric: 'up', matchers: '' },
    ]);
  });
});
