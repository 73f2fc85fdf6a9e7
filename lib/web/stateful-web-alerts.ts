import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { commonLabels } from '../core/labels';
import { requireInteger, requireLabels } from '../core/validation';
import { renderPrometheusRule, requireAlertLabels } from '../monitoring/render/prometheus-rule';
import { StatefulWeb } from './stateful-web';
import { WebAlert, webAlertRules } from './web-alert-rules';
import { resolveRequests } from './web-requests';
import { WebRequestsMetric } from './web-requests-metric';

const DEFAULT_ERROR_PERCENT = 5;
/** What an alert may need, in the words of the annotation that names those that are left out. */
const NEEDS = [['kubeStateMetrics', 'kube-state-metrics'], ['volumeStats', 'metrics of the kubelets']] as const;

/** Properties of `StatefulWebAlerts`. */
export interface StatefulWebAlertsProps {
  /** The web. Where `addPodMonitor` or `addServiceMonitor` was called on it before, there are alerts on its scrapes, too. */
  readonly web: StatefulWeb;

  /**
   * The name of the PrometheusRule.
   *
   * @default `<name of the web>-alerts`
   */
  readonly name?: string;

  /**
   * Labels of each alert, by which Alertmanager finds who gets it, e.g. a team.
   *
   * @default - severity (critical or warning), namespace and web only, and those of the series
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of the PrometheusRule, e.g. those by which a Prometheus selects its rules.
   *
   * @default - none
   */
  readonly ruleLabels?: { [key: string]: string };

  /**
   * The folder of the guides with what to do: alerts link to a heading of its `stateful-web.md`.
   *
   * @default https://github.com/cdk8s-stateful/cdk8s-stateful/blob/main/docs
   */
  readonly runbookUrl?: string;

  /**
   * Whether Prometheus has the metrics of kube-state-metrics. Without it alerts that need it are left out: `leftOut` names them.
   *
   * @default false
   */
  readonly kubeStateMetrics?: boolean;

  /**
   * Whether Prometheus has the metrics of the kubelets, which know how full volumes are. Without it alerts that need it are left out:
   * `leftOut` names them.
   *
   * @default false
   */
  readonly volumeStats?: boolean;

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
  /** The names of the alerts. */
  public readonly alertNames: string[];

  /** The names of the alerts that are left out, since what they need is not scraped. The PrometheusRule names them in an annotation. */
  public readonly leftOut: string[];

  /** The PrometheusRule, as an escape hatch. */
  public readonly prometheusRule: ApiObject;

  public constructor(scope: Construct, id: string, props: StatefulWebAlertsProps) {
    super(scope, id);
    const { web, labels = {}, ruleLabels = {} } = props;
    const { name = `${web.name}-alerts` } = props;
    const namespace = Chart.of(web).namespace || undefined;
    requireAlertLabels({ scope: this, property: 'labels' }, labels, ['alertname', 'severity', 'namespace', 'pod', 'web']);
    requireLabels({ scope: this, property: 'ruleLabels' }, ruleLabels);
    const all = this._alerts(props);
    const alerts = all.filter(({ needs }) => needs === undefined || props[needs] === true);
    this.alertNames = alerts.map((alert) => alert.name);
    const leftOut = NEEDS.map(([need, without]) => ({
      without, names: all.filter((alert) => alert.needs === need && !alerts.includes(alert)).map((alert) => alert.name),
    }));
    this.leftOut = leftOut.flatMap(({ names }) => names);
    if (alerts.length === 0) {
      fail(this, {
        property: 'kubeStateMetrics', rule: 'be true where there is no other alert', value: props.kubeStateMetrics,
        fix: 'set it, call addPodMonitor of the web before, or name the metric of its requests',
      });
    }
    this.prometheusRule = renderPrometheusRule(this, {
      name,
      labels: commonLabels(this, { name, component: 'alerts', extra: ruleLabels }),
      groups: [{ name, alerts }],
      alertLabels: { ...labels, ...namespace === undefined ? {} : { namespace }, web: web.name },
      runbookUrl: props.runbookUrl,
      guide: 'stateful-web.md',
      leftOut,
    });
  }

  /** All alerts that the web can have, whatever they need. */
  private _alerts({ web, requests, maxErrorPercent = DEFAULT_ERROR_PERCENT }: StatefulWebAlertsProps): WebAlert[] {
    requireInteger({ scope: this, property: 'maxErrorPercent' }, maxErrorPercent, 1, 99, 'write percent of all requests, e.g. 5');
    return webAlertRules({
      name: web.name,
      namespace: Chart.of(web).namespace || undefined,
      hasVolumes: web.claims.length > 0,
      isScraped: ['PodMonitor', 'ServiceMonitor'].some((kind) => web.node.tryFindChild(kind) !== undefined),
      requests: resolveRequests(this, requests),
      maxErrorPercent,
    });
  }
}
