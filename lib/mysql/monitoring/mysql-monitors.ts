import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { wholeSeconds } from '../../core/durations';
import { requireLabels } from '../../core/validation';
import { renderPodMonitor } from '../../network/render/monitors';
import { METRICS_PORTS, MYSQL_PORT } from '../constants/ports';
import { MySqlMonitorsProps } from './mysql-monitors-props';

const API_VERSION = 'monitoring.coreos.com/v1';
const DEFAULT_INTERVAL = Duration.seconds(30);
const FACTS_SECONDS = 5;
/** An exporter that waits for a frozen server answers before Prometheus stops to wait. */
const TIMEOUT_SECONDS = 10;

/**
 * What tells the Prometheus Operator to read the metrics of a cluster: a Probe for the exporter, which asks each member, and a PodMonitor
 * for what the members say of the cluster. They may be in another chart than the cluster, so that a folder of manifests can be left out
 * where there is no such operator.
 *
 * Its series have the labels `cluster` (`<namespace>/<name>`) and, where they are of a member, `member` and `pod`.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 * @throws when the cluster has no `metrics`, or its chart no namespace
 */
export class MySqlMonitors extends Construct {
  /** The Probe, as an escape hatch. */
  public readonly probe: ApiObject;

  /** The PodMonitor, as an escape hatch. */
  public readonly podMonitor: ApiObject;

  public constructor(scope: Construct, id: string, props: MySqlMonitorsProps) {
    super(scope, id);
    const { name, namespace, id: cluster, hosts, labels, serviceName } = props.cluster._monitored(this);
    requireLabels({ scope: this, property: 'labels' }, props.labels ?? {});
    const interval = wholeSeconds({ scope: this, property: 'interval' }, props.interval ?? DEFAULT_INTERVAL, 1, 'leave it out for 30 s')!;
    this.probe = new ApiObject(this, 'Probe', {
      apiVersion: API_VERSION,
      kind: 'Probe',
      metadata: { name: `${name}-metrics`, namespace, labels: { ...labels.common, ...props.labels } },
      spec: {
        interval: `${interval}s`,
        jobName: `${name}-exporter`,
        prober: { path: '/probe', url: `${serviceName}.${namespace}.svc:${METRICS_PORTS.exporter}` },
        scrapeTimeout: `${Math.min(TIMEOUT_SECONDS, interval)}s`,
        targets: {
          staticConfig: {
            labels: { cluster, namespace },
            relabelingConfigs: ['member', 'pod'].map((targetLabel) => (
              { regex: '([^.]+)\\..*', sourceLabels: ['__param_target'], targetLabel }
            )),
            static: hosts.map((host) => `${host}:${MYSQL_PORT}`),
          },
        },
      },
    });
    this.podMonitor = renderPodMonitor(this, { name: `${name}-metrics`, namespace, labels, portNames: ['facts'] }, {
      interval: Duration.seconds(Math.min(FACTS_SECONDS, interval)), path: '/metrics.txt', labels: props.labels,
    });
    // With the name of the pod that serves the page in their labels, alerts would begin again with each such pod.
    this.podMonitor.addJsonPatch(JsonPatch.add('/spec/podMetricsEndpoints/0/relabelings', [
      { replacement: cluster, targetLabel: 'instance' }, { action: 'labeldrop', regex: 'pod|container|endpoint' },
    ]));
  }
}
