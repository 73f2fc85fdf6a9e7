import { ApiObject } from 'cdk8s';
import { MySqlAlerts } from '../../../lib/mysql/monitoring/mysql-alerts';
import { MySqlMonitors } from '../../../lib/mysql/monitoring/mysql-monitors';
import { kubectl } from '../support/kubectl';
import { applyChart } from '../support/own-namespace';
import { until } from '../support/wait';

const IMAGE = 'prom/prometheus:v3.5.3';
const NAME = 'prometheus';
const PORT = 9090;
const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600 };

/** An alert of Prometheus. */
export interface Alert {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly labels: Record<string, string>;
  readonly summary: string;
}

/** A series with its value. */
export interface Sample {
  readonly metric: Record<string, string>;
  readonly value: number;
}

/** A series over time. */
export interface Series {
  readonly labels: Record<string, string>;
  readonly points: [time: number, value: number][];
}

interface Relabeling {
  readonly sourceLabels?: string[];
  readonly targetLabel?: string;
  readonly regex?: string;
  readonly replacement?: string;
  readonly action?: string;
}

interface Probe {
  readonly spec: {
    readonly interval: string; readonly scrapeTimeout: string; readonly jobName: string;
    readonly prober: { readonly url: string; readonly path: string };
    readonly targets: {
      readonly staticConfig: { readonly static: string[]; readonly labels: object; readonly relabelingConfigs: Relabeling[] };
    };
  };
}

interface PodMonitor {
  readonly spec: {
    readonly podMetricsEndpoints: { readonly interval: string; readonly path: string; readonly relabelings: Relabeling[] }[];
  };
}

interface PrometheusRule {
  readonly spec: { readonly groups: { interval: string; readonly rules: { for: string; alert: string }[] }[] };
}

/** A Prometheus without its operator: what that would make of the objects is made here. */
export class TestedPrometheus {
  public constructor(private readonly _namespace: string) {}

  /**
   * Starts it, with the monitors and alerts of a cluster. It asks the Service of the metrics, which has one pod, in place of that pod.
   *
   * @param seconds alerts that would have to last longer last so long, and all are looked at each 5 s
   * @param more what else it scrapes
   */
  public async start(monitors: MySqlMonitors, alerts: MySqlAlerts, seconds = Infinity, more: object[] = []): Promise<void> {
    await this.startWith([...scrapesOf(monitors, this._namespace), ...more], alerts.prometheusRule, seconds);
  }

  /** Starts it with these scrapes and a PrometheusRule, the alerts of which last no longer than so. */
  public async startWith(scrapes: object[], rule: ApiObject, seconds = Infinity): Promise<void> {
    const { spec } = rule.toJson() as PrometheusRule;
    const configuration = { scrape_configs: scrapes, rule_files: ['/config/rules.yml'] };
    if (seconds < Infinity) {
      spec.groups.forEach((group) => {
        group.interval = '5s';
        group.rules.forEach((one) => {
          one.for = `${Math.min(secondsOf(one.for), seconds)}s`;
        });
      });
    }
    const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    await applyChart(this._namespace, (chart) => {
      new ApiObject(chart, 'config', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: NAME },
        data: { 'prometheus.yml': JSON.stringify(configuration), 'rules.yml': JSON.stringify(spec) },
      });
      new ApiObject(chart, 'pod', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: NAME, labels: { app: NAME } },
        spec: {
          securityContext: { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
          terminationGracePeriodSeconds: 0,
          containers: [{
            name: NAME, image: IMAGE, imagePullPolicy: 'IfNotPresent', securityContext: security,
            command: ['prometheus'],
            args: ['--config.file=/config/prometheus.yml', '--storage.tsdb.path=/data'],
            ports: [{ containerPort: PORT }],
            readinessProbe: { httpGet: { path: '/-/ready', port: PORT }, periodSeconds: 2 },
            volumeMounts: [{ name: 'config', mountPath: '/config' }, { name: 'data', mountPath: '/data' }],
          }],
          volumes: [{ name: 'config', configMap: { name: NAME } }, { name: 'data', emptyDir: {} }],
        },
      });
    });
    await kubectl('--namespace', this._namespace, 'wait', '--for', 'condition=Ready', `pod/${NAME}`, '--timeout', '90s');
  }

  /** What an expression returns now. */
  public async query(expression: string): Promise<Sample[]> {
    const { result } = await this._ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
      `query?query=${encodeURIComponent(expression)}`,
    );
    return result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  }

  /** What an expression returned at each step between two moments, in seconds since 1970. */
  public async range(expression: string, from: number, to: number, step: number): Promise<Series[]> {
    const { result } = await this._ask<{ result: { metric: Record<string, string>; values: [number, string][] }[] }>(
      `query_range?query=${encodeURIComponent(expression)}&start=${from}&end=${to}&step=${step}`,
    );
    return result.map(({ metric, values }) => ({
      labels: metric, points: values.map(([time, value]): [number, number] => [time, Number(value)]),
    }));
  }

  /** The alerts that are pending or firing. */
  public async alerts(): Promise<Alert[]> {
    const { alerts } = await this._ask<{
      alerts: { labels: Record<string, string>; state: Alert['state']; annotations: { summary: string } }[];
    }>('alerts');
    return alerts.map(({ labels, state, annotations }) => ({ name: labels.alertname, state, labels, summary: annotations.summary }));
  }

  /** The names of the alerts that fire. */
  public async firing(): Promise<string[]> {
    return [...new Set((await this.alerts()).filter(({ state }) => state === 'firing').map(({ name }) => name))].sort();
  }

  /** Waits until an alert fires; after how many seconds it did. */
  public async fires(name: string, seconds: number): Promise<number> {
    const start = Date.now();
    await until(`${name} fires`, seconds, async () => (await this.firing()).includes(name) || `only ${(await this.firing()).join()}` === '');
    return (Date.now() - start) / 1000;
  }

  /** Waits until no alert fires or is about to. */
  public async isQuiet(seconds: number, standing: string[] = []): Promise<void> {
    let last = '';
    await until('no alert fires', seconds, async () => {
      last = (await this.alerts()).filter(({ name }) => !standing.includes(name)).map(({ name, state }) => `${name} ${state}`).join();
      return last === '';
    }).catch((error: Error) => {
      throw new Error(`${error.message}: ${last}`);
    });
  }

  /** The targets that it cannot read, with the reason. */
  public async broken(): Promise<string[]> {
    const { activeTargets } = await this._ask<{ activeTargets: { health: string; scrapeUrl: string; lastError: string }[] }>('targets');
    expect(activeTargets.length).toBeGreaterThan(1);
    return activeTargets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, lastError, health }) => `${scrapeUrl}: ${health} ${lastError}`);
  }

  private async _ask<T>(path: string): Promise<T> {
    const answer = await kubectl('get', '--raw', `/api/v1/namespaces/${this._namespace}/pods/${NAME}:${PORT}/proxy/api/v1/${path}`);
    return (JSON.parse(answer) as { data: T }).data;
  }
}

function secondsOf(duration: string): number {
  const [, amount, unit] = /^(\d+)([smh])$/.exec(duration)!;
  return Number(amount) * UNIT_SECONDS[unit];
}

/** What the operator would make of the Probe and the PodMonitor. */
function scrapesOf(monitors: MySqlMonitors, namespace: string): object[] {
  const { spec: probe } = monitors.probe.toJson() as Probe;
  const { spec: { podMetricsEndpoints: [page] } } = monitors.podMonitor.toJson() as PodMonitor;
  const { static: targets, labels, relabelingConfigs } = probe.targets.staticConfig;
  return [
    {
      job_name: probe.jobName,
      scrape_interval: probe.interval,
      scrape_timeout: probe.scrapeTimeout,
      metrics_path: probe.prober.path,
      static_configs: [{ targets, labels }],
      relabel_configs: [
        { source_labels: ['__address__'], target_label: '__param_target' },
        { source_labels: ['__param_target'], target_label: 'instance' },
        { target_label: '__address__', replacement: probe.prober.url },
        ...relabelingConfigs.map(relabeling),
      ],
    },
    {
      job_name: 'facts',
      scrape_interval: page.interval,
      scrape_timeout: page.interval,
      metrics_path: page.path,
      static_configs: [{ targets: [probe.prober.url.replace(/\d+$/, '9105')], labels: { namespace } }],
      relabel_configs: page.relabelings.map(relabeling),
    },
  ];
}

function relabeling({ sourceLabels, targetLabel, ...rest }: Relabeling): object {
  return { ...rest, ...sourceLabels && { source_labels: sourceLabels }, ...targetLabel && { target_label: targetLabel } };
}
