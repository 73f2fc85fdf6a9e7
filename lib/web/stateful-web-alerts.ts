import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { requireInteger } from '../core/validation';
import { AlertOptions } from '../monitoring/alert-options';
import { renderPrometheusRule } from '../monitoring/render/prometheus-rule';
import { StatefulWeb } from './stateful-web';
import { webAlertRules } from './web-alert-rules';
import { resolveRequests } from './web-requests';
import { WebRequestsMetric } from './web-requests-metric';

const DEFAULT_ERROR_PERCENT = 5;

/** Properties of `StatefulWebAlerts`. */
export interface StatefulWebAlertsProps extends AlertOptions {
  /** The web. Where `addPodMonitor` or `addServiceMonitor` was called on it before, there are alerts on its scrapes, too. */
  readonly web: StatefulWeb;

  /**
   * The name of the PrometheusRule.
   *
   * @default - that of the web
   */
  readonly name?: string;

  /**
   * The metric by which the web counts its requests, for an alert on answers 500 to 599.
   *
   * @default - none, and no such alert
   */
  readonly requests?: WebRequestsMetric;

  /**
   * Which share of requests may fail, in percent: a whole number from 1 to 99. Only with `requests`.
   *
   * @default 5
   */
  readonly maxErrorPercent?: number;
}

/**
 * Alerts of Prometheus on a `StatefulWeb`: pods missing, restarts, volumes that fill up, and failed requests, as a PrometheusRule of the
 * Prometheus Operator.
 *
 * @throws when a name, label, metric or URL is not one that Kubernetes or Prometheus accepts
 */
export class StatefulWebAlerts extends Construct {
  /** The PrometheusRule, as an escape hatch. */
  public readonly rule: ApiObject;

  /** The names of the alerts. */
  public readonly alerts: string[];

  /** The names of the alerts that are left out, since what they need is not scraped. The PrometheusRule names them in an annotation. */
  public readonly leftOut: string[];

  public constructor(scope: Construct, id: string, props: StatefulWebAlertsProps) {
    super(scope, id);
    const { web, requests, maxErrorPercent = DEFAULT_ERROR_PERCENT } = props;
    requireInteger({ scope: this, property: 'maxErrorPercent' }, maxErrorPercent, 1, 99, 'write percent of all requests, e.g. 5');
    const rules = webAlertRules({
      name: web.name,
      namespace: Chart.of(web).namespace || undefined,
      hasVolumes: web.claims.length > 0,
      isScraped: ['PodMonitor', 'ServiceMonitor'].some((kind) => web.node.tryFindChild(kind) !== undefined),
      requests: resolveRequests(this, requests),
      maxErrorPercent,
    });
    const { rule, alerts, leftOut } = renderPrometheusRule(this, {
      name: props.name ?? web.name, rules, guide: 'stateful-web.md', options: props,
    });
    this.rule = rule;
    this.alerts = alerts;
    this.leftOut = leftOut;
  }
}
