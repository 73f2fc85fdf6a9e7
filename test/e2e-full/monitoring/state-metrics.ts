import { ApiObject } from 'cdk8s';
import { get, kubectl } from '../../e2e/support/kubectl';
import { applyChart } from '../../e2e/support/own-namespace';

const NAME = 'state-metrics';
const PORT = 8080;
const FRESH_MS = 5000;

interface Sets {
  readonly items: {
    metadata: { name: string }; spec: { replicas: number }; status: { updatedReplicas?: number; readyReplicas?: number };
  }[];
}

interface Pods {
  readonly items: { metadata: { name: string }; status: { containerStatuses?: { name: string; restartCount: number }[] } }[];
}

/**
 * What kube-state-metrics, which cannot be had here, serves of the StatefulSets and pods of a namespace: its names, and what the API server
 * says of them. On request also what the kubelets themselves say of volumes.
 * Source of the names: kube-state-metrics, docs/metrics/workload/statefulset-metrics.md and pod-metrics.md.
 */
export class StateMetrics {
  private _following: Promise<void> | undefined;
  private _isOver = false;

  public constructor(private readonly _namespace: string, private readonly _hasVolumeStats = false) {}

  /** Serves it from now on; how Prometheus reads it. */
  public async start(): Promise<object> {
    await applyChart(this._namespace, (chart) => {
      new ApiObject(chart, NAME, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: NAME, labels: { app: NAME } },
        spec: {
          securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
          terminationGracePeriodSeconds: 0,
          containers: [{
            name: NAME, image: 'busybox:1.28.3', imagePullPolicy: 'IfNotPresent',
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            command: ['httpd', '-f', '-p', String(PORT), '-h', '/www'],
            volumeMounts: [{ name: 'www', mountPath: '/www' }],
          }],
          volumes: [{ name: 'www', emptyDir: {} }],
        },
      });
    });
    await this._run('wait', '--for', 'condition=Ready', `pod/${NAME}`, '--timeout', '60s');
    await this._write();
    this._following = this._follow();
    this._following.catch(() => undefined); // `stop` tells of it
    const address = await this._run('get', 'pod', NAME, '--output', 'jsonpath={.status.podIP}');
    return {
      job_name: NAME, scrape_interval: '5s', scrape_timeout: '5s', static_configs: [{ targets: [`${address}:${PORT}`] }],
      fallback_scrape_protocol: 'PrometheusText0.0.4', // the server of the files names no type
    };
  }

  public async stop(): Promise<void> {
    this._isOver = true;
    await this._following;
  }

  private async _follow(): Promise<void> {
    while (!this._isOver) {
      try {
        await this._write();
      } catch (error) {
        if (await get('pod', NAME, this._namespace) === undefined) {
          return; // it ended with its namespace
        }
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, FRESH_MS));
    }
  }

  private async _write(): Promise<void> {
    const lines = [...await this._ofSets(), ...await this._ofPods(), ...this._hasVolumeStats ? await this._ofVolumes() : []];
    const script = `printf '%s\\n' '${lines.join('\' \'')}' >/www/metrics.new && mv /www/metrics.new /www/metrics`;
    await this._run('exec', NAME, '--', 'sh', '-c', script);
  }

  private async _ofSets(): Promise<string[]> {
    const { items } = JSON.parse(await this._run('get', 'statefulsets', '--output', 'json')) as Sets;
    return items.flatMap(({ metadata: { name }, spec: { replicas }, status: { updatedReplicas = 0, readyReplicas = 0 } }) => {
      const labels = `{namespace="${this._namespace}",statefulset="${name}"}`;
      return [
        `kube_statefulset_replicas${labels} ${replicas}`, `kube_statefulset_status_replicas_updated${labels} ${updatedReplicas}`,
        `kube_statefulset_status_replicas_ready${labels} ${readyReplicas}`,
      ];
    });
  }

  private async _ofPods(): Promise<string[]> {
    const { items } = JSON.parse(await this._run('get', 'pods', '--output', 'json')) as Pods;
    return items.flatMap(({ metadata, status: { containerStatuses = [] } }) => containerStatuses.map(({ name, restartCount }) => {
      const labels = `{namespace="${this._namespace}",pod="${metadata.name}",container="${name}"}`;
      return `kube_pod_container_status_restarts_total${labels} ${restartCount}`;
    }));
  }

  private async _ofVolumes(): Promise<string[]> {
    const nodes = (await kubectl('get', 'nodes', '--output', 'jsonpath={.items[*].metadata.name}')).split(' ');
    const pages = await Promise.all(nodes.map(async (node) => await kubectl('get', '--raw', `/api/v1/nodes/${node}/proxy/metrics`)));
    return pages.flatMap((page) => page.split('\n')).filter((line) => (
      line.startsWith('kubelet_volume_stats_') && line.includes(`namespace="${this._namespace}"`)));
  }

  private async _run(...args: string[]): Promise<string> {
    return await kubectl('--namespace', this._namespace, ...args);
  }
}
