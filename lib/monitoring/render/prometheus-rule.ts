import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { fail, Origin } from '../../core/errors';
import { Labels } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { requireDnsName } from '../../core/validation';

const GUIDES = 'https://github.com/cdk8s-stateful/cdk8s-stateful/blob/main/docs';
const URL = /^https?:\/\/[^\s/][^\s]*[^\s/]$/;
/** Names the alerts that are left out, since it is asked why one does not fire. */
const LEFT_OUT = 'cdk8s-stateful/left-out';
// https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** An alert, as it is rendered. */
export interface AlertText {
  readonly name: string;
  /** A query of PromQL: each series that it returns is an alert. */
  readonly expression: string;
  /** For how long it must return the series, in seconds. */
  readonly forSeconds: number;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
}

export interface AlertGroup {
  readonly name: string;
  /** How often the alerts are looked at; by default as Prometheus is configured. */
  readonly interval?: string;
  readonly alerts: AlertText[];
}

export interface PrometheusRuleConfig {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Labels;
  readonly groups: AlertGroup[];
  /** The labels of each alert beside its severity. */
  readonly alertLabels: Labels;
  /** The folder of the guides, by default that of this library, and the guide in it that has a heading for each alert. */
  readonly runbookUrl?: string;
  readonly guide: string;
  /** What is not there, and which alerts are left out since they need it. */
  readonly leftOut: { readonly without: string; readonly names: string[] }[];
}

/** The PrometheusRule of the Prometheus Operator. A group without alerts is left out. */
export function renderPrometheusRule(scope: Construct, config: PrometheusRuleConfig): ApiObject {
  const { name, namespace, labels, groups, alertLabels, runbookUrl = GUIDES, guide } = config;
  requireDnsName({ scope, property: 'name' }, name);
  requireUniqueInApp(scope, {
    property: 'name', value: name, what: 'a PrometheusRule name', scoped: 'namespace', fix: 'give each its own name',
  });
  requireFolderUrl({ scope, property: 'runbookUrl' }, runbookUrl);
  const leftOut = config.leftOut.filter(({ names }) => names.length > 0).map(({ without, names }) => `without ${without}: ${names.join(', ')}`);
  return new ApiObject(scope, 'PrometheusRule', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, namespace, labels, annotations: leftOut.length === 0 ? undefined : { [LEFT_OUT]: leftOut.join('; ') } },
    spec: {
      groups: groups.filter(({ alerts }) => alerts.length > 0).map((group) => ({
        name: group.name,
        interval: group.interval,
        rules: group.alerts.map(({ name: alert, expression, forSeconds, severity, summary }) => ({
          alert,
          expr: expression,
          for: `${forSeconds}s`,
          labels: { ...alertLabels, severity },
          annotations: { summary, runbook_url: `${runbookUrl}/${guide}#${alert.toLowerCase()}` },
        })),
      })),
    },
  });
}

/** Labels of alerts, none of which the alerts have by themselves. */
export function requireAlertLabels({ scope, property }: Origin, labels: Labels, own: string[]): void {
  Object.keys(labels).forEach((label) => {
    if (!LABEL.test(label) || own.includes(label)) {
      fail(scope, {
        property, rule: 'be labels of Prometheus that no alert has by itself', value: label,
        fix: `use letters, digits and "_", and another name than ${own.slice(0, -1).join(', ')} and ${own.at(-1)}`,
      });
    }
  });
}

function requireFolderUrl({ scope, property }: Origin, url: string): void {
  if (!URL.test(url)) {
    fail(scope, { property, rule: 'be a URL without a slash at its end', value: url, fix: 'write it as in https://wiki/docs' });
  }
}
