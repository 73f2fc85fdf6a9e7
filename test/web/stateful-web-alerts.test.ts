import { readFileSync } from 'fs';
import { join } from 'path';
import { Chart } from 'cdk8s';
import { StatefulWebAlerts, StatefulWebAlertsProps, StatefulWebProps } from '../../lib';
import { parsed } from '../dashboards/promql';
import { ROOT } from '../support/paths';
import { addWeb, claim, testChart } from '../util';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

interface PrometheusRule {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: object; readonly annotations?: object };
  readonly spec: { readonly groups: { readonly name: string; readonly rules: Rule[] }[] };
}

interface Rendered {
  readonly alerts: StatefulWebAlerts;
  readonly object: PrometheusRule;
  readonly rules: Rule[];
}

const FOLDER = 'https://example.com/runbooks';
const SERVED = { kubeStateMetrics: true, volumeStats: true };
const LABELS = 'be labels of Prometheus that no alert has by itself';
const LABELS_FIX = 'use letters, digits and "_", and another name than alertname, severity, namespace, pod and web';
const EVERY = [
  'WebDown', 'WebPodsMissing', 'WebRestarts', 'WebNotScraped', 'WebPodNotScraped', 'WebVolumeFull', 'WebVolumeFillsUp', 'WebErrors',
];

function render(
  props: Partial<StatefulWebAlertsProps> = {}, web: Partial<StatefulWebProps> = {}, chart: Chart = testChart('shop'),
): Rendered {
  const made = addWeb(chart, { replicas: 2, ...web });
  if (web.claims !== undefined) {
    made.addPodMonitor();
  }
  const alerts = new StatefulWebAlerts(chart, 'alerts', { web: made, ...props });
  const object = alerts.prometheusRule.toJson() as PrometheusRule;
  return { alerts, object, rules: object.spec.groups.flatMap(({ rules }) => rules) };
}

/** With everything that an alert can be about. */
const whole = (props: Partial<StatefulWebAlertsProps> = {}) => (
  render({ requests: { metric: 'nginx_requests_total', statusLabel: 'status' }, ...SERVED, ...props }, { claims: [claim()] })
);

describe('StatefulWebAlerts', () => {
  test('renders one PrometheusRule, with the labels by which a Prometheus selects it', () => {
    const { alerts, object } = whole({ ruleLabels: { release: 'prometheus' } });
    expect(object).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule',
      metadata: { name: 'web-alerts', namespace: 'shop', labels: { release: 'prometheus', 'app.kubernetes.io/component': 'alerts' } },
    });
    expect(object.metadata.annotations).toBeUndefined();
    expect([alerts.alertNames, alerts.leftOut]).toEqual([EVERY, []]);
  });

  test('gives each alert a severity, a summary with the name of the web or pod, and a runbook', () => {
    for (const { alert, for: time, labels, annotations } of whole({ labels: { team: 'shop' }, runbookUrl: FOLDER }).rules) {
      expect(time).toMatch(/^\d+s$/);
      expect(labels).toEqual({
        severity: expect.stringMatching(/^(critical|warning)$/) as string, team: 'shop', namespace: 'shop', web: 'web',
      });
      expect(annotations.summary).toMatch(/shop\/web|\{\{ \$labels\.(pod|persistentvolumeclaim) \}\}/);
      expect(annotations.runbook_url).toBe(`${FOLDER}/stateful-web.md#${alert.toLowerCase()}`);
    }
  });

  test('has a runbook for each alert in the guide', () => {
    const guide = readFileSync(join(ROOT, 'docs/stateful-web.md'), 'utf8');
    for (const { alert, annotations } of whole().rules) {
      expect(annotations.runbook_url).toMatch(/^https:\/\/github\.com\/.*\/docs\/stateful-web\.md#[a-z]+$/);
      expect(guide).toContain(`\n### ${alert}\n`);
    }
  });

  test('asks what Prometheus can parse, about this web only', () => {
    for (const { expr } of whole().rules) {
      expect(parsed(expr).errors).toEqual([]);
      for (const { matchers } of parsed(expr).selectors) {
        const [, which] = /^\{namespace="shop", (\w+=~?"[^"]+")/.exec(matchers)!;
        expect(['statefulset="web"', 'pod=~"web-[0-9]+"', 'persistentvolumeclaim=~".+-web-[0-9]+"']).toContain(which);
      }
    }
  });

  test('leaves out what the web does not have: volumes, a monitor, a metric of requests', () => {
    expect(render(SERVED).alerts.alertNames).toEqual(['WebDown', 'WebPodsMissing', 'WebRestarts']);
    expect(render(SERVED).alerts.leftOut).toEqual([]);
  });

  test('leaves out by name what needs metrics that nobody scrapes', () => {
    const { alerts, object } = whole({ kubeStateMetrics: undefined, volumeStats: undefined });
    expect(alerts.alertNames).toEqual(['WebNotScraped', 'WebPodNotScraped', 'WebErrors']);
    expect(alerts.leftOut).toEqual(['WebDown', 'WebPodsMissing', 'WebRestarts', 'WebVolumeFull', 'WebVolumeFillsUp']);
    expect(object.metadata.annotations).toEqual({
      'cdk8s-stateful/left-out': 'without kube-state-metrics: WebDown, WebPodsMissing, WebRestarts; '
        + 'without metrics of the kubelets: WebVolumeFull, WebVolumeFillsUp',
    });
  });

  test('fires when more requests fail than may', () => {
    const errors = (maxErrorPercent?: number) => whole({ maxErrorPercent }).rules.find(({ alert }) => alert === 'WebErrors')!.expr;
    expect(errors()).toBe(
      'sum(rate(nginx_requests_total{namespace="shop", pod=~"web-[0-9]+", status=~"5.."}[5m]))'
      + ' / sum(rate(nginx_requests_total{namespace="shop", pod=~"web-[0-9]+"}[5m])) > 0.05',
    );
    expect(errors(20)).toMatch(/ > 0\.2$/);
  });

  test('means every web of the name where the chart names no namespace', () => {
    const { rules } = render(SERVED, {}, testChart());
    expect(rules[0].expr).toContain('kube_statefulset_replicas{statefulset="web"}');
    expect(rules[0].annotations.summary).toBe('No pod of the web web is ready');
    expect(rules[0].labels).toEqual({ severity: 'critical', web: 'web' });
  });

  test.each<[string, Partial<StatefulWebAlertsProps>, string]>([
    ['a share that is none', { maxErrorPercent: 0 },
      `'maxErrorPercent' must be a whole number from 1 to 99, got 0: write percent of all requests, e.g. 5`],
    ['a label of alerts that is none', { labels: { 'a-b': 'c' } }, `'labels' must ${LABELS}, got "a-b": ${LABELS_FIX}`],
    ['a severity for all alerts', { labels: { severity: 'page' } }, `'labels' must ${LABELS}, got "severity": ${LABELS_FIX}`],
    ['a folder of runbooks that is none', { ...SERVED, runbookUrl: 'runbooks' },
      `'runbookUrl' must be a URL without a slash at its end, got "runbooks": write it as in https://wiki/docs`],
    ['nothing to alert on', {},
      `'kubeStateMetrics' must be true where there is no other alert, got nothing: `
      + 'set it, call addPodMonitor of the web before, or name the metric of its requests'],
  ])('refuses %s', (_, props, message) => {
    expect(() => render(props)).toThrow(new Error(`[test/alerts] ${message}`));
  });

  test('refuses a second rule of one name', () => {
    const chart = testChart('shop');
    const web = addWeb(chart);
    new StatefulWebAlerts(chart, 'alerts', { web, ...SERVED });
    expect(() => new StatefulWebAlerts(chart, 'again', { web, ...SERVED })).toThrow(new Error(
      `[test/again] 'name' must be a PrometheusRule name that no other construct of namespace shop renders, got "web-alerts": `
      + `'test/alerts' renders it already; give each its own name`,
    ));
  });
});
