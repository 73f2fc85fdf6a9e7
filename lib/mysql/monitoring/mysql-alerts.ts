import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { wholeSeconds } from '../../core/durations';
import { fail } from '../../core/errors';
import { requireLabels, requireUnique } from '../../core/validation';
import { renderPrometheusRule, requireAlertLabels } from '../../monitoring/render/prometheus-rule';
import { MonitoredCluster } from '../metrics/monitored-cluster';
import { MySqlAlertsProps } from './mysql-alerts-props';
import { Bounds, Rule } from './rules/rule';
import { allRules } from './rules/rules';

const SECONDS_OF_DAY = 86400;
const URGENT_INTERVAL = '5s';
const INTERVAL = '30s';

/**
 * The alerts of a cluster, as a PrometheusRule of the Prometheus Operator. It may be in another chart than the cluster, so that a folder of
 * manifests can be left out where there is no such operator. What each alert means, and what to do, is in docs/monitoring.md.
 *
 * @throws when the cluster has no `metrics`, or its chart no namespace
 * @throws when an alert that is not wanted does not exist
 */
export class MySqlAlerts extends Construct {
  /** The names of the alerts. */
  public readonly alertNames: string[];

  /** The names of the alerts that are left out, since they need kube-state-metrics. */
  public readonly leftOut: string[];

  /** The PrometheusRule, as an escape hatch. */
  public readonly prometheusRule: ApiObject;

  /** @internal */
  public readonly _rules: Rule[];

  public constructor(scope: Construct, id: string, props: MySqlAlertsProps) {
    super(scope, id);
    const cluster = props.cluster._monitored(this);
    const { disable = [], kubeStateMetrics = false } = props;
    const all = allRules(cluster, this._bounds(cluster, props));
    this._requireValid(props, all);
    const wanted = all.filter(({ name }) => !disable.includes(name));
    this._rules = wanted.filter(({ requires }) => requires === undefined || kubeStateMetrics);
    this.alertNames = namesOf(this._rules);
    this.leftOut = namesOf(wanted.filter((rule) => !this._rules.includes(rule)));
    const group = (name: string, interval: string, isUrgent: boolean) => ({
      name: `${cluster.id}${name}`, interval, alerts: this._rules.filter((rule) => (rule.isUrgent ?? false) === isUrgent),
    });
    this.prometheusRule = renderPrometheusRule(this, {
      name: `${cluster.name}-alerts`,
      namespace: cluster.namespace,
      labels: { ...cluster.labels.common, ...props.ruleLabels },
      groups: [group(' urgent', URGENT_INTERVAL, true), group('', INTERVAL, false)],
      alertLabels: { ...props.labels, cluster: cluster.id, namespace: cluster.namespace },
      runbookUrl: props.runbookUrl,
      guide: 'monitoring.md',
      leftOut: [{ without: 'kube-state-metrics', names: this.leftOut }],
    });
  }

  private _bounds({ backups }: MonitoredCluster, props: MySqlAlertsProps): Bounds {
    const seconds = (property: string, duration: Duration | undefined) => (
      wholeSeconds({ scope: this, property }, duration, 60, 'leave it out')
    );
    return {
      connections: props.connections ?? 0.8,
      transactionSeconds: seconds('longTransaction', props.longTransaction) ?? 1800,
      certificateSeconds: seconds('certificateExpiry', props.certificateExpiry) ?? 14 * SECONDS_OF_DAY,
      backupSeconds: seconds('backupAge', props.backupAge) ?? (backups?.schedule._days ?? 1) * 1.5 * SECONDS_OF_DAY,
    };
  }

  private _requireValid({ labels, ruleLabels, disable = [], connections }: MySqlAlertsProps, all: Rule[]): void {
    requireLabels({ scope: this, property: 'ruleLabels' }, ruleLabels ?? {});
    requireAlertLabels({ scope: this, property: 'labels' }, labels ?? {}, ['alertname', 'severity', 'cluster', 'namespace']);
    if (connections !== undefined && !(connections > 0 && connections < 1)) {
      fail(this, { property: 'connections', rule: 'be a part of 1', value: connections, fix: 'leave it out for 0.8' });
    }
    requireUnique(this, (index) => `disable[${index}]`, disable, 'name of an alert');
    const names = namesOf(all);
    disable.forEach((name, index) => {
      if (!names.includes(name)) {
        fail(this, {
          property: `disable[${index}]`, rule: 'be the name of an alert of this cluster', value: name, fix: `use one of ${names.join(', ')}`,
        });
      }
    });
  }
}

function namesOf(rules: Rule[]): string[] {
  return [...new Set(rules.map(({ name }) => name))];
}
