import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { ApiObject, Chart } from 'cdk8s';
import { StatefulWeb } from '../../../lib';
import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { MySqlAlerts } from '../../../lib/mysql/monitoring/mysql-alerts';
import { MySqlMonitors } from '../../../lib/mysql/monitoring/mysql-monitors';
import { Answers, textOfAnswers } from '../../../scripts/dashboards/picture/data';
import { EXPORTER, FACTS, SCRAPES } from '../../dashboards/metric-names';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedGroup } from '../../e2e/mysql/group';
import { TestedPrometheus } from '../../e2e/mysql/prometheus';
import { TestedStore } from '../../e2e/mysql/store';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart, describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { webPromtoolFiles } from '../../support/web-promtool';
import { AskedDashboard } from './asked';

const NAMESPACE = 'e2e-dashboards';
const IMAGE = 'busybox:1.28.3';
const SERIES = readFileSync(join(__dirname, 'series.sh'), 'utf8');
const PAGE = '/metrics.txt';
const PODS = ['web-0', 'web-1'];
const LOADED_SECONDS = Number(process.env.DASHBOARDS_SECONDS ?? 60);
const CLUSTER = { cluster: `${NAMESPACE}/mysql`, member: '.*', namespace: NAMESPACE, name: 'mysql' };
const WEB = { namespace: NAMESPACE, web: 'web', replicas: '2', requests: 'http_requests_total', status: 'code' };
const DASHBOARDS: [file: string, values: Record<string, string>][] = [
  ['mysql/dashboards/models/mysql-cluster.json', CLUSTER], ['mysql/dashboards/models/mysql-server.json', CLUSTER],
  ['mysql/dashboards/models/mysql-backups.json', CLUSTER], ['web/models/stateful-web.json', WEB],
];
const OUTAGE_SECONDS_MAX = 120;
const BACKUP_SEEN_SECONDS = 420; // it looks each 5 minutes

describeInNamespace(NAMESPACE, () => {
  const store = new TestedStore(NAMESPACE);
  const group = new TestedGroup(NAMESPACE);
  const backups = new BackedUp(NAMESPACE);
  const prometheus = new TestedPrometheus(NAMESPACE);
  const dashboards = DASHBOARDS.map(([file, values]) => new AskedDashboard(file, prometheus, values));
  let start = 0;

  diagnosed('a group with backups and metrics works, and Prometheus reads it and a web', [NAMESPACE], async () => {
    await store.start();
    const props = { backups: backupsIn(store), metrics: MySqlMetrics.exporter() };
    await group.start(props);
    await addOthers();
    const mysql = await group.apply(props);
    const chart = Chart.of(mysql);
    await prometheus.start(
      new MySqlMonitors(chart, 'monitors', { cluster: mysql }), new MySqlAlerts(chart, 'alerts', { cluster: mysql }), Infinity,
      otherScrapes(),
    );
    start = Date.now() / 1000;
    await group.whole();
    await until('each member answers the exporter', 150, async () => (await prometheus.query('mysql_up == 1')).length === 3);
  }, 900);

  diagnosed('all alerts on webs are true by promtool in the image of Prometheus', [NAMESPACE], async () => {
    const { rules, tests } = webPromtoolFiles();
    const files = { ...rules, ...tests };
    const shell = `mkdir /data/promtool; cd /data/promtool
      for name in ${Object.keys(files).join(' ')}; do printf '%s' "$1" >$name; shift; done
      promtool check rules --lint=all --lint-fatal ${Object.keys(rules).join(' ')} && promtool test rules ${Object.keys(tests).join(' ')}`;
    const said = await kubectl('--namespace', NAMESPACE, 'exec', 'prometheus', '--', 'sh', '-c', shell, 'sh', ...Object.values(files));
    expect(said).toContain('SUCCESS');
  });

  diagnosed('clients write, a backup is made, a drill passes, and the primary fails', [NAMESPACE], async () => {
    await group.startWriter();
    await backups.succeed('backup');
    await backups.succeed('drill');
    await new Promise((resolve) => setTimeout(resolve, LOADED_SECONDS * 500));
    const primary = await group.primary();
    await group.bury(primary);
    try {
      await until('the facts name another primary, and that the old one is away', OUTAGE_SECONDS_MAX, async () => (
        (await prometheus.query(`cdk8s_stateful_mysql_member_answers{member="${primary}"} == 0`)).length === 1
        && (await prometheus.query(`cdk8s_stateful_mysql_member_open_for_writes{member!="${primary}"} == 1`)).length === 1
      ));
      await group.writes('writer', 20);
    } finally {
      await group.replace(primary);
    }
    await group.whole();
    await group.writes('writer', 20);
    await new Promise((resolve) => setTimeout(resolve, LOADED_SECONDS * 500));
    await until('the archive has seen the backup and the drill in the store', BACKUP_SEEN_SECONDS, async () => (
      (await prometheus.query('cdk8s_stateful_mysql_backup_proven_count > 0')).length === 1
      && (await prometheus.query('cdk8s_stateful_mysql_drill_passed_timestamp_seconds > 0')).length === 1
    ));
    expect(await prometheus.broken()).toEqual([]);
  }, 1200 + LOADED_SECONDS);

  diagnosed('each metric of the dashboards is served', [NAMESPACE], async () => {
    const missing = [];
    for (const name of [...FACTS, ...EXPORTER, ...SCRAPES]) {
      if ((await prometheus.query(`count(last_over_time(${name}[5m]))`)).length === 0) {
        missing.push(name);
      }
    }
    expect(missing).toEqual([]);
  });

  diagnosed('each query of each panel has data', [NAMESPACE], async () => {
    const now = Math.floor(Date.now() / 1000);
    const missing = [];
    for (const [index, dashboard] of dashboards.entries()) {
      const answers = await dashboard.ask(Math.floor(start), now);
      keep(DASHBOARDS[index][0], answers);
      missing.push(...dashboard.withoutData(answers));
    }
    expect(missing).toEqual([]);
  });

  diagnosed('the first row shows an outage', [NAMESPACE], async () => {
    const [cluster] = dashboards;
    const first = async () => {
      const now = Math.floor(Date.now() / 1000);
      const { queries } = await cluster.ask(now - 60, now);
      return Object.fromEntries(cluster.model.panels.filter(({ gridPos }) => gridPos.y === 0)
        .map(({ title, targets }) => [title, queries[targets![0].expr]]));
    };
    const labelOf = (series: { labels: Record<string, string> }[], label: string) => series.map(({ labels }) => labels[label]).join();
    const before = await first();
    expect(labelOf(before.Primary, 'member')).toBe(await group.primary());
    expect([labelOf(before['Members ready'], 'part'), labelOf(before['Members ready'], 'all')]).toEqual(['3', '3']);

    for (const member of group.members) {
      await group.bury(member);
    }
    try {
      const row = await until('the first row says that nobody takes writes', 60, async () => {
        const seen = await first();
        return labelOf(seen.Primary, 'member') === 'NOBODY' && seen;
      });
      expect(labelOf(row['Members ready'], 'part')).toBe('0');
      expect(row['Writes open'].map(({ values }) => values)).toEqual([[0]]);
    } finally {
      for (const member of group.members) {
        await group.replace(member);
      }
    }
  });
});

/** A web, and what stands for kube-state-metrics and the kubelet. */
async function addOthers(): Promise<void> {
  const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
  await applyChart(NAMESPACE, (chart) => {
    new StatefulWeb(chart, 'web', {
      image: IMAGE, replicas: 2, ports: [{ port: 8080 }], command: ['sh', '-c', SERIES, 'series', 'web', NAMESPACE],
    });
    new ApiObject(chart, 'kubernetes', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'kubernetes', labels: { app: 'kubernetes' } },
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        terminationGracePeriodSeconds: 0,
        containers: [{
          name: 'series', image: IMAGE, imagePullPolicy: 'IfNotPresent', securityContext: security,
          command: ['sh', '-c', SERIES, 'series', 'kubernetes', NAMESPACE], volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        }],
        volumes: [{ name: 'tmp', emptyDir: {} }],
      },
    });
    new ApiObject(chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kubernetes' },
      spec: { selector: { app: 'kubernetes' }, ports: [{ port: 8080 }] },
    });
  });
  await kubectl('--namespace', NAMESPACE, 'rollout', 'status', 'statefulset/web', '--timeout', '120s');
  await kubectl('--namespace', NAMESPACE, 'wait', '--for', 'condition=Ready', 'pod/kubernetes', '--timeout', '60s');
}

/** What an operator would make of the PodMonitor of the web, and the scrapes of kube-state-metrics and the kubelet. */
function otherScrapes(): object[] {
  return [
    {
      job_name: 'web', scrape_interval: '10s', metrics_path: PAGE,
      static_configs: PODS.map((pod) => ({ targets: [`${pod}.web.${NAMESPACE}.svc:8080`], labels: { namespace: NAMESPACE, pod } })),
    },
    {
      job_name: 'kubernetes', scrape_interval: '10s', metrics_path: PAGE, honor_labels: true,
      static_configs: [{ targets: [`kubernetes.${NAMESPACE}.svc:8080`] }],
    },
  ];
}

/** For the pictures of the guide, where `DASHBOARDS_FOLDER` says that someone wants them. */
function keep(file: string, answers: Answers): void {
  const folder = process.env.DASHBOARDS_FOLDER;
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, basename(file)), textOfAnswers(answers));
  }
}
