import { readFileSync } from 'fs';
import { join } from 'path';
import { Chart, Duration, Yaml } from 'cdk8s';
import { MySqlAlerts, MySqlAlertsProps, MySqlMetrics } from '../../../lib';
import { ROOT } from '../../support/paths';
import { allRules } from '../../support/promtool';
import { testChart } from '../../util';
import { addCluster } from '../cluster';
import { ALERT_CASES } from './alert-cases';
import { alertsOf } from './clusters';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const GUIDE = read('docs/monitoring.md');
const RULES = allRules();
/** Metrics that other programs serve: the exporter, by its collectors, and kube-state-metrics. */
const OF_OTHERS = [
  'mysql_up', 'mysql_global_status_threads_connected', 'mysql_global_variables_max_connections', 'kube_cronjob_created',
  'kube_cronjob_status_last_successful_time', 'kube_statefulset_replicas', 'kube_statefulset_status_replicas_updated',
];

describe('the alerts of a cluster', () => {
  test.each(['group', 'replicas'] as const)('of the kind %s are these', (name) => {
    expect(Yaml.stringify(alertsOf(name).prometheusRule.toJson())).toMatchSnapshot();
  });

  test('have a heading of the guide each, to which they link, and a row of its table that says the severity', () => {
    const headings = [...GUIDE.matchAll(/^### (MySql\w+)$/gm)].map(([, heading]) => heading).sort();
    const names = [...new Set(RULES.map(([, { name }]) => name))].sort();
    expect(headings).toEqual(names);
    const rows = [...GUIDE.matchAll(/^\| \[(\w+)\]\(#(\w+)\) \| .* \| (\w+) \|$/gm)].map(([, ...row]) => row);
    const severities = new Map(RULES.map(([, { name, severity }]) => [name, severity]));
    expect(rows.sort()).toEqual(names.map((name) => [name, name.toLowerCase(), severities.get(name)]));
  });

  test('are each tried by promtool', () => {
    const tried = new Set(ALERT_CASES.map(({ alert }) => alert));
    expect(RULES.map(([, { name }]) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  test('need no metric that nothing serves', () => {
    const script = read('lib/mysql/scripts/metrics/page.sh');
    const page = [...script.matchAll(/\b(?:metric|of_members|of_each) '?(\w+)'? '/g)].map(([, name]) => name);
    const served = [...page, 'facts_timestamp_seconds'].map((name) => `cdk8s_stateful_mysql_${name}`);
    const missing = RULES.flatMap(([, { needs }]) => needs).filter((name) => ![...served, ...OF_OTHERS].includes(name));
    expect(missing).toEqual([]);
    expect(page.length).toBeGreaterThan(30);
  });

  test('are about this cluster alone', () => {
    const parts = RULES.flatMap(([, { expression }]) => [...expression.matchAll(/\{[^}]*\}/g)].map(([selector]) => selector));
    expect(parts.filter((selector) => !/^\{(cluster="data\/mysql"|namespace="data")/.test(selector))).toEqual([]);
  });

  test('that need kube-state-metrics are left out by name where there is none', () => {
    const without = alertsOf('group', { kubeStateMetrics: false });
    expect(without.leftOut).toEqual(['MySqlRolloutStuck']);
    expect(without.alertNames).not.toContain('MySqlRolloutStuck');
    expect(without.prometheusRule.metadata.toJson())
      .toMatchObject({ annotations: { 'cdk8s-stateful/left-out': 'without kube-state-metrics: MySqlRolloutStuck' } });
    expect(alertsOf('without an archive', { kubeStateMetrics: false }).leftOut)
      .toEqual(['MySqlBackupTooOld', 'MySqlDrillTooOld', 'MySqlRolloutStuck']);
    expect(alertsOf('group').leftOut).toEqual([]);
  });

  test('follow what is asked for', () => {
    const { _rules: rules } = alertsOf('group', {
      backupAge: Duration.hours(3), longTransaction: Duration.minutes(5), certificateExpiry: Duration.days(2), connections: 0.5,
      disable: ['MySqlVersionsDiffer'],
    });
    const expression = (name: string) => rules.find((rule) => rule.name === name)?.expression;
    expect(expression('MySqlBackupTooOld')).toMatch(/ > 10800$/);
    expect(expression('MySqlLongTransaction')).toMatch(/ > 300$/);
    expect(expression('MySqlCertificateExpires')).toMatch(/ < 172800$/);
    expect(expression('MySqlConnectionsNearLimit')).toMatch(/ > 0\.5$/);
    expect(expression('MySqlVersionsDiffer')).toBeUndefined();
  });

  test('have the labels by which Alertmanager and Prometheus find them', () => {
    const { prometheusRule } = alertsOf('group', {
      labels: { team: 'shop' }, ruleLabels: { release: 'prometheus' }, runbookUrl: 'https://wiki/docs',
    });
    const { metadata, spec } = prometheusRule.toJson() as {
      metadata: { labels: object }; spec: { groups: { rules: { labels: object; annotations: { runbook_url: string } }[] }[] };
    };
    const [rule] = spec.groups[0].rules;
    expect(metadata.labels).toMatchObject({ release: 'prometheus' });
    expect(rule.labels).toEqual({ team: 'shop', cluster: 'data/mysql', namespace: 'data', severity: 'critical' });
    expect(rule.annotations.runbook_url).toBe('https://wiki/docs/monitoring.md#mysqlnoprimary');
  });

  test('may be in another chart, and are in the namespace of the cluster', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, { metrics: MySqlMetrics.exporter() });
    const alerts = new MySqlAlerts(new Chart(chart.node.root, 'other'), 'alerts', { cluster });
    expect(alerts.prometheusRule.metadata.namespace).toBe('data');
  });

  test.each<[string, Partial<MySqlAlertsProps>, RegExp]>([
    ['an alert that does not exist', { disable: ['MySqlNothing'] },
      /'disable\[0\]' must be the name of an alert of this cluster, got "MySqlNothing"/],
    ['a label that alerts have by themselves', { labels: { severity: 'page' } },
      /'labels' must be labels of Prometheus that no alert has by itself/],
    ['a URL with a slash at its end', { runbookUrl: 'https://wiki/docs/' }, /'runbookUrl' must be a URL without a slash at its end/],
    ['more than all connections', { connections: 80 }, /'connections' must be a part of 1, got 80/],
    ['an age in fractions of a second', { backupAge: Duration.millis(1500) }, /'backupAge' must be a whole number from 60/],
  ])('refuse %s', (_, props, message) => {
    expect(() => alertsOf('group', props)).toThrow(message);
  });

  test('refuse a cluster without metrics, and one without a namespace', () => {
    const chart = testChart('data');
    expect(() => new MySqlAlerts(chart, 'alerts', { cluster: addCluster(chart) })).toThrow(/'cluster' must have metrics, got "mysql"/);
    expect(() => alertsOf('replicas', {}, testChart())).toThrow(/'namespace of the chart' must be named where a cluster is monitored/);
  });
});
