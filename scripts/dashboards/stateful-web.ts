import { ConstantVariableBuilder, Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { board, query, Row } from './board';
import { Line, series, stat, timeline } from './panels';
import { knownPartOf, orElse, PART_OF_ALL, partOf, perSecond } from './promql';

const PODS = 'namespace="$namespace", pod=~"${web}-[0-9]+"';
const CONTAINER = `${PODS}, container!="", container!="POD"`;
const VOLUMES = 'namespace="$namespace", persistentvolumeclaim=~".+-${web}-[0-9]+"';

function each(expr: string): Line[] {
  return [{ name: '{{pod}}', expr: `max by (pod) (${expr})` }];
}

const used = `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${VOLUMES}})`;
const capacity = `max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${VOLUMES}})`;

const FIRST: Row = {
  panels: [
    stat({
      title: 'Pods that answer', width: 6, noValue: '?', name: PART_OF_ALL, steps: ['red', [0.51, 'orange'], [1, 'green']],
      description: 'Pods that answered the last scrape, of those that are declared: the fewest that an autoscaler may choose.',
      expr: knownPartOf(`(${orElse(`sum(max by (pod) (up{${PODS}}))`, 0)})`, 'vector(${replicas})'),
    }),
    stat({
      title: 'Pods ready', width: 6, noValue: 'no kube-state-metrics', name: PART_OF_ALL, steps: ['red', [0.51, 'orange'], [1, 'green']],
      description: 'As Kubernetes says. It needs kube-state-metrics.',
      expr: partOf(
        'max(kube_statefulset_status_replicas_ready{namespace="$namespace", statefulset="$web"})',
        'max(kube_statefulset_replicas{namespace="$namespace", statefulset="$web"})',
      ),
    }),
    stat({
      title: 'Restarts in this time', width: 6, noValue: '?', decimals: 0, steps: ['green', [1, 'orange'], [5, 'red']],
      description: 'Of containers, in the range of time of the dashboard. It needs kube-state-metrics.',
      expr: `sum(increase(kube_pod_container_status_restarts_total{${PODS}}[$__range]))`,
    }),
    stat({
      title: 'Fullest volume', width: 6, noValue: 'no volumes', unit: 'percentunit', decimals: 0,
      steps: ['green', [0.8, 'orange'], [0.9, 'red']], description: 'Of the claims of the pods, as the kubelet says.',
      expr: `max(${used} / ${capacity})`,
    }),
  ],
};

const PODS_ROW: Row = {
  title: 'Pods',
  panels: [
    timeline({
      title: 'Pods over time', width: 24, height: 5, description: 'Whether each pod answered the scrape.',
      meanings: { 0: ['away', 'red'], 1: ['answers', 'green'] }, lines: [{ name: '{{pod}}', expr: `max by (pod) (up{${PODS}})` }],
    }),
    series({
      title: 'Time of a scrape', width: 8, unit: 's', description: 'How long a pod took to answer with its metrics.',
      lines: each(`scrape_duration_seconds{${PODS}}`),
    }),
    series({
      title: 'CPU', width: 8, unit: 'none', description: 'Cores that the containers use, as the kubelet says.',
      lines: [{ name: '{{pod}}', expr: `sum by (pod) (${perSecond(`container_cpu_usage_seconds_total{${CONTAINER}}`)})` }],
    }),
    series({
      title: 'Memory', width: 8, unit: 'bytes', description: 'What the containers cannot give back, as the kubelet says.',
      lines: [{ name: '{{pod}}', expr: `sum by (pod) (container_memory_working_set_bytes{${CONTAINER}})` }],
    }),
    series({
      title: 'Volumes', width: 24, unit: 'percentunit', max: 1, description: 'What is used of each claim, as the kubelet says.',
      lines: [{ name: '{{persistentvolumeclaim}}', expr: `${used} / ${capacity}` }],
    }),
  ],
};

/** Left out where the user names no metric of requests. */
const REQUESTS: Row = {
  title: 'Requests',
  panels: [
    series({
      title: 'Requests', width: 12, unit: 'reqps', description: 'Requests for each second, by pod.',
      lines: [{ name: '{{pod}}', expr: `sum by (pod) (${perSecond(`\${requests}{${PODS}}`)})` }],
    }),
    series({
      title: 'Failed requests', width: 12, unit: 'percentunit', max: 1, description: 'The share of answers 500 to 599.',
      lines: [{
        name: '{{pod}}',
        expr: `(sum by (pod) (${perSecond(`\${requests}{${PODS}, \${status}=~"5.."}`)}) or 0 * sum by (pod) (${perSecond(`\${requests}{${PODS}}`)}))`
          + ` / (sum by (pod) (${perSecond(`\${requests}{${PODS}}`)}) > 0)`,
      }],
    }),
  ],
};

/** A web: its pods, its volumes, its requests. `StatefulWebDashboard` sets the constants. */
export function statefulWeb(): Dashboard {
  const constant = (name: string, value: string) => new ConstantVariableBuilder(name).value(value);
  return board({
    uid: 'cdk8s-stateful-web',
    title: 'Web',
    description: 'A StatefulWeb: its pods, its volumes, its requests.',
    tag: 'cdk8s-stateful-web',
    variables: [
      constant('web', 'web'), constant('replicas', '1'), constant('requests', 'http_requests_total'), constant('status', 'code'),
      query('namespace', { label: 'Namespace', query: 'label_values(up{pod=~"${web}-[0-9]+"}, namespace)' }),
    ],
    rows: [FIRST, PODS_ROW, REQUESTS],
  });
}
