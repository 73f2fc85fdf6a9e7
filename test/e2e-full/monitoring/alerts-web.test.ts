import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Size } from 'cdk8s';
import { StatefulWeb, StatefulWebAlerts } from '../../../lib';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart, describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { SmallDisk } from '../mysql/small-disk';
import { Fault, LASTS_SECONDS, Watched } from './faults';
import { StateMetrics } from './state-metrics';

const NAMESPACE = 'e2e-alerts-web';
const IMAGE = 'busybox:1.28.3';
const PODS = ['web-0', 'web-1'];
const SCRIPT = readFileSync(join(__dirname, 'web.sh'), 'utf8');
const MEBIBYTES = 64;
const DATA = '/data';
const CRASHES = 3;
const VOLUME_SECONDS = 240; // the kubelets look at volumes each minute
const ERRORS_GO_SECONDS = 420; // the alert is about the last five minutes

/** What operators hear of a web. */
(SmallDisk.impossible() === undefined ? describe : describe.skip)('a web is watched', () => {
  const disks = PODS.map((pod) => new SmallDisk(`${NAMESPACE}-${pod}`, MEBIBYTES));

  afterAll(async () => { // after the namespace and its claims
    await Promise.all(disks.map(async (disk) => await disk.remove()));
  }, 120_000);

  describeInNamespace(NAMESPACE, () => {
    const watched = new Watched({ namespace: NAMESPACE });
    const stateMetrics = new StateMetrics(NAMESPACE, true);
    const run = async (...args: string[]) => await kubectl('--namespace', NAMESPACE, ...args);
    const inPod = async (pod: string, script: string) => await run('exec', pod, '--', 'sh', '-c', script);
    const eachPod = async (script: string) => await Promise.all(PODS.map(async (pod) => await inPod(pod, script)));
    const setImage = async (image: string) => await run('set', 'image', 'statefulset/web', `web=${image}`);
    const whole = async () => await run('rollout', 'status', 'statefulset/web', '--timeout', '150s');

    afterAll(async () => await stateMetrics.stop());

    diagnosed('a web works, and no alert fires', [NAMESPACE], async () => {
      for (const [index, disk] of disks.entries()) {
        await disk.create(NAMESPACE, `data-${PODS[index]}`);
      }
      await applyChart(NAMESPACE, (chart) => {
        addWeb(chart);
      });
      await whole();
      const chart = new Chart(new App(), 'chart', { namespace: NAMESPACE });
      const web = addWeb(chart);
      web.addPodMonitor();
      const alerts = new StatefulWebAlerts(chart, 'alerts', {
        web, kubeStateMetrics: true, volumeStats: true, requests: { metric: 'http_requests_total', statusLabel: 'code' },
      });
      expect(alerts.leftOut).toEqual([]);
      await watched.prometheus.startWith([scrape(), await stateMetrics.start()], alerts.prometheusRule, LASTS_SECONDS);
      await until('all is read', 150, async () => (
        (await watched.prometheus.query('up == 1')).length === PODS.length + 1
        && (await watched.prometheus.query('kubelet_volume_stats_available_bytes')).length === PODS.length
      ));
      await watched.isQuiet();
    }, 400);

    const faults: Fault[] = [
      {
        what: 'a new image cannot be pulled', alert: 'WebPodsMissing', implies: ['WebPodNotScraped'],
        make: async () => {
          await setImage('localhost/missing:1');
          return async () => {
            await watched.prometheus.fires('WebPodNotScraped', 90);
            await setImage(IMAGE);
            await run('delete', 'pod', PODS[1]); // a StatefulSet replaces no pod that never got ready
            await whole();
          };
        },
      },
      {
        what: 'no pod starts', alert: 'WebDown', implies: ['WebPodsMissing', 'WebPodNotScraped', 'WebNotScraped'],
        make: async () => {
          await setImage('localhost/missing:1');
          await run('delete', 'pod', ...PODS);
          return async () => {
            await watched.prometheus.fires('WebNotScraped', 90);
            await setImage(IMAGE);
            await run('delete', 'pod', ...PODS, '--ignore-not-found'); // the second one is made when the first one is ready
            await whole();
          };
        },
      },
      {
        what: 'requests fail', alert: 'WebErrors', settles: ERRORS_GO_SECONDS,
        make: async () => {
          await eachPod('touch /tmp/failing');
          return async () => await eachPod('rm /tmp/failing');
        },
      },
      {
        what: 'a volume fills up', alert: 'WebVolumeFillsUp', within: VOLUME_SECONDS,
        make: async () => await fill(85),
      },
      {
        what: 'a volume is full', alert: 'WebVolumeFull', within: VOLUME_SECONDS, implies: ['WebVolumeFillsUp'],
        make: async () => await fill(99),
      },
    ];

    for (const fault of faults) {
      const { what, alert } = fault;
      diagnosed(`${what}: ${alert} fires, and resolves`, [NAMESPACE], async () => await watched.see(fault), 700);
    }

    diagnosed('a container that crashes again and again is told of', [NAMESPACE], async () => {
      for (let time = 1; time <= CRASHES; time++) {
        await inPod(PODS[0], 'touch /tmp/crash');
        await until(`it has started ${time} times again`, 120, async () => (
          (await watched.prometheus.query(`kube_pod_container_status_restarts_total{pod="${PODS[0]}"} >= ${time}`)).length === 1));
        await whole();
      }
      await until('it is told of', 90, async () => (await watched.prometheus.firing()).includes('WebRestarts'));
    }, 600);

    afterAll(() => watched.report());

    /** Takes so many percent of what is free on the volume of a pod. */
    async function fill(percent: number): Promise<() => Promise<unknown>> {
      const free = `$(df -P -k ${DATA} | awk 'NR == 2 { print $4 }')`;
      await inPod(PODS[0], `head -c $((${free} * 1024 / 100 * ${percent})) /dev/zero >${DATA}/ballast`);
      return async () => await inPod(PODS[0], `rm ${DATA}/ballast`);
    }
  });
});

function addWeb(chart: Chart): StatefulWeb {
  return new StatefulWeb(chart, 'web', {
    image: IMAGE, replicas: PODS.length, ports: [{ port: 8080 }], command: ['sh', '-c', SCRIPT],
    claims: [{ name: 'data', mountPath: DATA, size: Size.mebibytes(MEBIBYTES), storageClassName: SmallDisk.CLASS }],
  });
}

/** What an operator would make of the PodMonitor. */
function scrape(): object {
  return {
    job_name: 'web', scrape_interval: '5s', metrics_path: '/metrics.txt',
    static_configs: PODS.map((pod) => ({ targets: [`${pod}.web.${NAMESPACE}.svc:8080`], labels: { namespace: NAMESPACE, pod } })),
  };
}
