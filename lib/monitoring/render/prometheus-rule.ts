import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { commonLabels, Labels } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { requireDnsName } from '../../core/validation';
import { AlertOptions } from '../alert-options';

const GUIDES = 'https://github.com/cdk8s-stateful/cdk8s-stateful/blob/main/docs';
/** Names the alerts that are left out, since it is asked why one does not fire. */
const LEFT_OUT = 'cdk8s-stateful/left-out';
// https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What serves metrics beside the pods of the workload itself. */
export type AlertNeed = 'kubeStateMetrics' | 'volumeStats';

/** An alert. */
export interface AlertRule {
  readonly alert: string;
  /** A query of PromQL: each series that it returns is an alert. */
  readonly expr: string;
  /** How long it must return the series before the alert fires, as in `5m`. */
  readonly for: string;
  /** `critical`: someone gets up. `warning`: someone looks at it by day. */
  readonly severity: 'critical' | 'warning';
  /** What is the case, with the names of the labels: `{{ $labels.pod }}`. */
  readonly summary: string;
  readonly description?: string;
  /** What must be scraped for it. */
  readonly needs?: AlertNeed;
}

export interface PrometheusRuleConfig {
  readonly name: string;
  readonly rules: AlertRule[];
  /** The guide with the runbooks, as a file of `docs/`. */
  readonly guide: string;
  readonly options: AlertOptions;
}

export interface RenderedAlerts {
  readonly rule: ApiObject;
  /** The names of the alerts, in their order. */
  readonly alerts: string[];
  /** The names of those that need what is not scraped. */
  readonly leftOut: string[];
}

/** The PrometheusRule of the Prometheus Operator. */
export function renderPrometheusRule(scope: Construct, { name, rules, guide, options }: PrometheusRuleConfig): RenderedAlerts {
  const { labels, alertLabels = {}, runbookUrl = `${GUIDES}/${guide}` } = options;
  requireDnsName({ scope, property: 'name' }, name);
  requireUniqueInApp(scope, {
    property: 'name', value: name, what: 'a PrometheusRule name', scoped: 'namespace', fix: 'give each its own name',
  });
  requireAlertLabels(scope, alertLabels);
  requireUrl(scope, runbookUrl);
  const isServed = ({ needs }: AlertRule) => needs === undefined || options[needs] !== false;
  const [kept, leftOut] = [rules.filter(isServed), rules.filter((rule) => !isServed(rule)).map(({ alert }) => alert)];
  if (kept.length === 0) {
    fail(scope, {
      property: 'kubeStateMetrics', rule: 'leave at least one alert', value: options.kubeStateMetrics,
      fix: 'scrape what the alerts need, or leave them all out',
    });
  }
  const rule = new ApiObject(scope, 'PrometheusRule', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name,
      labels: commonLabels(scope, { name, component: 'alerts', extra: labels }),
      annotations: leftOut.length === 0 ? undefined : { [LEFT_OUT]: leftOut.join(' ') },
    },
    spec: { groups: [{ name, rules: kept.map((one) => renderRule(one, alertLabels, runbookUrl)) }] },
  });
  return { rule, alerts: kept.map(({ alert }) => alert), leftOut };
}

function renderRule(rule: AlertRule, alertLabels: Labels, runbookUrl: string): object {
  const { alert, expr, severity, summary, description } = rule;
  return {
    alert,
    expr,
    for: rule.for,
    labels: { ...alertLabels, severity },
    annotations: { summary, description, runbook_url: `${runbookUrl}#${alert.toLowerCase()}` },
  };
}

function requireAlertLabels(scope: Construct, labels: Labels): void {
  for (const [key, value] of Object.entries(labels)) {
    if (!LABEL.test(key) || key === 'severity') {
      fail(scope, {
        property: 'alertLabels', rule: 'have names of labels of Prometheus other than "severity"', value: { [key]: value },
        fix: 'use letters, digits and "_", not a digit first; the severity of each alert is its own',
      });
    }
  }
}

function requireUrl(scope: Construct, url: string): void {
  if (!URL.canParse(url) || url.includes('#')) {
    fail(scope, {
      property: 'runbookUrl', rule: 'be the URL of a page, without "#"', value: url, fix: 'write it as in "https://example.com/runbooks"',
    });
  }
}
