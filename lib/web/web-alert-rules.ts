import { AlertText } from '../monitoring/render/prometheus-rule';
import { WebRequestsMetric } from './web-requests-metric';

/** What serves metrics beside the pods of a web. */
export type WebAlertNeed = 'kubeStateMetrics' | 'volumeStats';

/** An alert on a web, and what must be scraped for it beside the pods. */
export interface WebAlert extends AlertText {
  readonly needs?: WebAlertNeed;
}

/** What the alerts depend on. */
export interface WebAlertConfig {
  readonly name: string;
  /** Undefined where the chart names none: the alerts then mean every web of the name. */
  readonly namespace?: string;
  readonly hasVolumes: boolean;
  /** Whether Prometheus scrapes the pods. */
  readonly isScraped: boolean;
  readonly requests?: Required<WebRequestsMetric>;
  readonly maxErrorPercent: number;
}

/** The alerts on a web, those that page first. */
export function webAlertRules(config: WebAlertConfig): WebAlert[] {
  const { name, namespace, hasVolumes, isScraped, requests } = config;
  const where = namespace === undefined ? '' : `namespace="${namespace}", `;
  const place = namespace === undefined ? name : `${namespace}/${name}`;
  const pods = `${where}pod=~"${name}-[0-9]+"`;
  return [
    ...statefulSetRules(place, `{${where}statefulset="${name}"}`, pods),
    ...isScraped ? scrapeRules(place, pods) : [],
    ...hasVolumes ? volumeRules(`{${where}persistentvolumeclaim=~".+-${name}-[0-9]+"}`) : [],
    ...requests === undefined ? [] : [errorRule(place, pods, requests, config.maxErrorPercent)],
  ];
}

function statefulSetRules(place: string, set: string, pods: string): WebAlert[] {
  const needs = 'kubeStateMetrics';
  return [
    {
      name: 'WebDown',
      expression: `kube_statefulset_status_replicas_ready${set} == 0 and on (namespace, statefulset) kube_statefulset_replicas${set} > 0`,
      forSeconds: 60,
      severity: 'critical',
      summary: `No pod of the web ${place} is ready`,
      needs,
    },
    {
      name: 'WebPodsMissing',
      expression: `kube_statefulset_status_replicas_ready${set} < on (namespace, statefulset) kube_statefulset_replicas${set}`,
      forSeconds: 600,
      severity: 'warning',
      summary: `The web ${place} has {{ $value }} pods that are ready, fewer than it should have`,
      needs,
    },
    {
      name: 'WebRestarts',
      expression: `increase(kube_pod_container_status_restarts_total{${pods}}[30m]) > 2`,
      forSeconds: 60,
      severity: 'warning',
      summary: 'Container {{ $labels.container }} of pod {{ $labels.namespace }}/{{ $labels.pod }} restarts again and again',
      needs,
    },
  ];
}

function scrapeRules(place: string, pods: string): WebAlert[] {
  return [
    {
      name: 'WebNotScraped',
      expression: `absent(up{${pods}} == 1)`,
      forSeconds: 300,
      severity: 'critical',
      summary: `No pod of the web ${place} answers Prometheus`,
    },
    {
      name: 'WebPodNotScraped',
      expression: `up{${pods}} == 0`,
      forSeconds: 300,
      severity: 'warning',
      summary: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} does not answer Prometheus',
    },
  ];
}

function volumeRules(claims: string): WebAlert[] {
  const free = `kubelet_volume_stats_available_bytes${claims} / kubelet_volume_stats_capacity_bytes${claims}`;
  const needs = 'volumeStats';
  const claim = '{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}';
  return [
    {
      name: 'WebVolumeFull',
      expression: `${free} < 0.03`,
      forSeconds: 60,
      severity: 'critical',
      summary: `The volume of claim ${claim} has {{ $value | humanizePercentage }} left`,
      needs,
    },
    {
      name: 'WebVolumeFillsUp',
      expression: `${free} < 0.2 and predict_linear(kubelet_volume_stats_available_bytes${claims}[6h], 86400) < 0`,
      forSeconds: 1800,
      severity: 'warning',
      summary: `The volume of claim ${claim} is full within a day: {{ $value | humanizePercentage }} are left`,
      needs,
    },
  ];
}

function errorRule(place: string, pods: string, { metric, statusLabel }: Required<WebRequestsMetric>, percent: number): WebAlert {
  const rate = (matchers: string) => `sum(rate(${metric}{${matchers}}[5m]))`;
  return {
    name: 'WebErrors',
    expression: `${rate(`${pods}, ${statusLabel}=~"5.."`)} / ${rate(pods)} > ${percent / 100}`,
    forSeconds: 300,
    severity: 'critical',
    summary: `{{ $value | humanizePercentage }} of the requests to the web ${place} fail`,
  };
}
