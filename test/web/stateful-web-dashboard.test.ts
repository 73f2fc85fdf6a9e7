import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { StatefulWebDashboard, StatefulWebDashboardProps, StatefulWebProps } from '../../lib';
import { addWeb, testChart } from '../util';

interface Model {
  readonly uid: string;
  readonly title: string;
  readonly panels: { readonly type: string; readonly title: string }[];
  readonly templating: { readonly list: { readonly name: string; readonly query?: unknown; readonly current?: object }[] };
}

function render(
  props: Partial<StatefulWebDashboardProps> = {}, web: Partial<StatefulWebProps> = {}, namespace: string | undefined = 'shop',
): { config: IConfigMap; model: Model; variable: (name: string) => Model['templating']['list'][number] } {
  const chart = testChart(namespace === '' ? undefined : namespace);
  const { configMap } = new StatefulWebDashboard(chart, 'dashboard', { web: addWeb(chart, { replicas: 2, ...web }), ...props });
  const config = configMap.toJson() as IConfigMap;
  const model = JSON.parse(Object.values(config.data!)[0]) as Model;
  return { config, model, variable: (name) => model.templating.list.find((one) => one.name === name)! };
}

const rowsOf = ({ panels }: Model) => panels.filter(({ type }) => type === 'row').map(({ title }) => title);

describe('StatefulWebDashboard', () => {
  test('renders a ConfigMap with the label of the sidecar, about one web', () => {
    const { config, model, variable } = render({ folder: 'Webs' });
    expect(config.metadata).toMatchObject({
      name: 'web-dashboard', namespace: 'shop', labels: { grafana_dashboard: '1' },
      annotations: { grafana_folder: 'Webs', 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' },
    });
    expect(Object.keys(config.data!)).toEqual(['web-shop-web.json']);
    expect(model.title).toBe('Web shop/web');
    expect(['web', 'replicas'].map((name) => variable(name).query)).toEqual(['web', '2']);
    expect(variable('namespace').current).toEqual({ text: 'shop', value: 'shop' });
  });

  test('has a name in Grafana of its own for each web', () => {
    const uids = [render(), render({}, { name: 'other' }), render({}, {}, 'other')].map(({ model }) => model.uid);
    expect(new Set(uids).size).toBe(3);
    expect(uids.filter((uid) => !/^[\w-]{1,40}$/.test(uid))).toEqual([]);
  });

  test('expects as many pods as an autoscaler leaves at least', () => {
    expect(render({}, { replicas: undefined, autoscaling: { minReplicas: 3, maxReplicas: 9 } }).variable('replicas').query).toBe('3');
  });

  test('leaves the namespace to the reader where the chart names none', () => {
    const { model, variable } = render({}, {}, '');
    expect(model.title).toBe('Web web');
    expect(variable('namespace')).not.toHaveProperty('current');
  });

  test('has a row of requests where a metric of requests is named', () => {
    expect(rowsOf(render().model)).toEqual(['Pods']);
    const { model, variable } = render({ requests: { metric: 'nginx_requests', statusLabel: 'status' } });
    expect(rowsOf(model)).toEqual(['Pods', 'Requests']);
    expect(['requests', 'status'].map((name) => variable(name).query)).toEqual(['nginx_requests', 'status']);
    expect(render({ requests: { metric: 'nginx_requests' } }).variable('status').query).toBe('code');
  });

  test.each<[string, Partial<StatefulWebDashboardProps>, string]>([
    ['a metric with labels', { requests: { metric: 'a{b="c"}' } },
      `'requests.metric' must be the name of a metric, got "a{b=\\"c\\"}": use letters, digits, "_" and ":", not a digit first; without labels`],
    ['a label that is none', { requests: { metric: 'a', statusLabel: 'b-c' } },
      `'requests.statusLabel' must be the name of a label of Prometheus, got "b-c": use letters, digits and "_", not a digit first`],
  ])('refuses %s', (_, props, message) => {
    expect(() => render(props)).toThrow(new Error(`[test/dashboard] ${message}`));
  });
});
