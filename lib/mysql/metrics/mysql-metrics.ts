import { Chart } from 'cdk8s';
import { ContainerResources, INetworkPolicyPeer } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireImage, requireUnique } from '../../core/validation';
import { MySqlMetricsOptions } from './mysql-metrics-options';

/**
 * The metrics of a cluster, with all defaults.
 *
 * @internal
 */
export interface ResolvedMetrics {
  readonly image: string;
  readonly collectors: string[];
  /** Where the objects are rendered; left out it is the cluster. */
  readonly chart?: Chart;
  readonly resources?: ContainerResources;
  readonly allowFrom: INetworkPolicyPeer[];
  readonly hasAnnotations: boolean;
}

const DEFAULT_IMAGE = 'prom/mysqld-exporter:v0.19.0';
const COLLECTOR = /^[a-z][a-z0-9_.]*[a-z]$/;
const COLLECTORS = ['binlog_size', 'global_status', 'global_variables', 'slave_status'];
const OF_GROUPS = ['perf_schema.replication_group_member_stats'];

/** How Prometheus gets the metrics of a cluster. */
export class MySqlMetrics {
  /**
   * A Deployment `<name>-metrics` beside the members: the exporter of Prometheus, which asks each member for what MySQL counts, and a
   * program that asks all of them for what they say of the cluster. Switching it on or off restarts no server.
   *
   * @see https://github.com/prometheus/mysqld_exporter
   */
  public static exporter(options: MySqlMetricsOptions = {}): MySqlMetrics {
    return new MySqlMetrics(options);
  }

  private readonly _options: MySqlMetricsOptions;

  private constructor(options: MySqlMetricsOptions) {
    this._options = { ...options };
  }

  /**
   * Checks the options and fills in defaults.
   *
   * @internal
   */
  public _resolve(scope: IConstruct, isGroup: boolean): ResolvedMetrics {
    const { image = DEFAULT_IMAGE, chart, resources, allowFrom = [], annotations = false } = this._options;
    const collectors = this._options.collectors ?? [...COLLECTORS, ...isGroup ? OF_GROUPS : []];
    requireImage({ scope, property: 'metrics.image' }, image);
    collectors.forEach((collector, index) => {
      if (!COLLECTOR.test(collector)) {
        fail(scope, {
          property: `metrics.collectors[${index}]`, rule: 'be the name of a collector, without "collect."', value: collector,
          fix: 'write it as in info_schema.innodb_metrics',
        });
      }
    });
    requireUnique(scope, (index) => `metrics.collectors[${index}]`, collectors, 'collector');
    const { namespace } = Chart.of(scope);
    if (chart !== undefined && chart.namespace !== namespace) {
      fail(scope, {
        property: 'metrics.chart', rule: `have the namespace of the cluster, ${namespace ?? 'none'}`, value: chart.namespace,
        fix: 'give it that namespace: its pod reads the Secret of the accounts',
      });
    }
    return { image, chart, collectors: [...collectors], resources, allowFrom: [...allowFrom], hasAnnotations: annotations };
  }
}
