/** What an alert on the web `shop/web` of two pods is about, as values of series in the notation of promtool: one for each minute. */
export interface WebAlertCase {
  readonly alert: string;
  /** What is wrong from minute 10 to minute 29, or all the time until a minute that resolves it. */
  readonly fault: Record<string, string>;
  /** When it fires, and when it does no more, in minutes. */
  readonly fires: number;
  readonly resolved: number;
  /** What fires then beside it. */
  readonly implies?: string[];
  /** What only looks like it. */
  readonly twin: Record<string, string>;
  /** The labels beside the severity, the namespace and the web. */
  readonly labels: Record<string, string>;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
}

const SET = 'namespace="shop",statefulset="web"';
const READY = `kube_statefulset_status_replicas_ready{${SET}}`;
const DECLARED = `kube_statefulset_replicas{${SET}}`;
const RESTARTS = 'kube_pod_container_status_restarts_total{namespace="shop",pod="web-0",container="web"}';
const UP = ['web-0', 'web-1'].map((pod) => `up{namespace="shop",pod="${pod}"}`);
const CLAIM = 'namespace="shop",persistentvolumeclaim="www-web-0"';
const FREE = `kubelet_volume_stats_available_bytes{${CLAIM}}`;
const FAILED = 'nginx_requests_total{namespace="shop",pod="web-0",status="503"}';

/** A web with nothing wrong. */
export const HEALTHY: Record<string, string> = {
  [READY]: '2x90',
  [DECLARED]: '2x90',
  [RESTARTS]: '1x90',
  [UP[0]]: '1x90',
  [UP[1]]: '1x90',
  [FREE]: '800x90',
  [`kubelet_volume_stats_capacity_bytes{${CLAIM}}`]: '1000x90',
  'nginx_requests_total{namespace="shop",pod="web-0",status="200"}': '0+100x90',
  [FAILED]: '0+1x90',
};

export const CASES: WebAlertCase[] = [
  {
    alert: 'WebDown',
    fault: { [READY]: '2x9 0x19 2x60' },
    fires: 15,
    resolved: 35,
    twin: { [READY]: '2x9 0x19 2x60', [DECLARED]: '2x9 0x19 2x60' }, // scaled to none
    labels: { statefulset: 'web' },
    severity: 'critical',
    summary: 'No pod of the web shop/web is ready',
  },
  {
    alert: 'WebPodsMissing',
    fault: { [READY]: '2x9 1x19 2x60' },
    fires: 25,
    resolved: 35,
    twin: { [READY]: '2x9 1x3 2x3 1x3 2x60' }, // pods are replaced, one after the other
    labels: { statefulset: 'web' },
    severity: 'warning',
    summary: 'The web shop/web has 1 pods that are ready, fewer than it should have',
  },
  {
    alert: 'WebRestarts',
    fault: { [RESTARTS]: '1x9 2+1x3 5x70' },
    fires: 20,
    resolved: 60,
    twin: { [RESTARTS]: '1x9 2x80' },
    labels: { pod: 'web-0', container: 'web' },
    severity: 'warning',
    summary: 'Container web of pod shop/web-0 restarts again and again',
  },
  {
    alert: 'WebNotScraped',
    fault: { [UP[0]]: '1x9 0x19 1x60', [UP[1]]: '1x9 _x19 1x60' },
    fires: 20,
    resolved: 35,
    implies: ['WebPodNotScraped'],
    twin: { [UP[0]]: '1x9 0x19 1x60' },
    labels: {},
    severity: 'critical',
    summary: 'No pod of the web shop/web answers Prometheus',
  },
  {
    alert: 'WebPodNotScraped',
    fault: { [UP[1]]: '1x9 0x19 1x60' },
    fires: 20,
    resolved: 35,
    twin: { [UP[1]]: '1x9 0x3 1x80' },
    labels: { pod: 'web-1' },
    severity: 'warning',
    summary: 'Pod shop/web-1 does not answer Prometheus',
  },
  {
    alert: 'WebVolumeFull',
    fault: { [FREE]: '800x9 20x19 800x60' },
    fires: 15,
    resolved: 35,
    twin: { [FREE]: '800x9 150x19 800x60' },
    labels: { persistentvolumeclaim: 'www-web-0' },
    severity: 'critical',
    summary: 'The volume of claim shop/www-web-0 has 2% left',
  },
  {
    alert: 'WebVolumeFillsUp',
    fault: { [FREE]: '190-0.4x50 800x40' },
    fires: 45,
    resolved: 60,
    twin: { [FREE]: '190-0.01x90' },
    labels: { persistentvolumeclaim: 'www-web-0' },
    severity: 'warning',
    summary: 'The volume of claim shop/www-web-0 is full within a day: 17.2% are left',
  },
  {
    alert: 'WebErrors',
    fault: { [FAILED]: '0+1x15 26+10x25 277+1x60' },
    fires: 30,
    resolved: 55,
    twin: {},
    labels: {},
    severity: 'critical',
    summary: '9.091% of the requests to the web shop/web fail',
  },
];
