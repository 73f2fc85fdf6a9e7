import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart } from 'cdk8s';
import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { MySqlAlerts } from '../../../lib/mysql/monitoring/mysql-alerts';
import { MySqlMonitors } from '../../../lib/mysql/monitoring/mysql-monitors';
import { writePromtoolFiles } from '../../support/promtool';
import { diagnosed } from '../support/diagnosed';
import { kubectl } from '../support/kubectl';
import { applyChart, describeInNamespace } from '../support/own-namespace';
import { until } from '../support/wait';
import { TestedGroup } from './group';
import { TestedPrometheus } from './prometheus';

const NAMESPACE = 'e2e-metrics';
const METRICS = 'mysql-metrics';
const CONNECTIONS_MAX = 5; // MAX_USER_CONNECTIONS of the account
const LOOKS = 1000; // for 40 s, in which each member is scraped twice
const MOST_CONNECTIONS = `WITH RECURSIVE looks (look) AS (SELECT 1 UNION ALL SELECT look + 1 FROM looks WHERE look < ${LOOKS})
  SELECT /*+ NO_MERGE(counted) */ MAX(connections), SUM(connections > 0) FROM (SELECT SLEEP(0.04) + (
    SELECT COUNT(*) FROM performance_schema.processlist WHERE user = 'metrics' AND look > 0) AS connections FROM looks) counted`;

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const prometheus = new TestedPrometheus(NAMESPACE);
  let alerts: MySqlAlerts;
  const run = async (...args: string[]) => await kubectl('--namespace', NAMESPACE, ...args);
  const servers = async () => await run('get', 'pods', '--selector', 'app.kubernetes.io/name=mysql', '--output',
    'jsonpath={range .items[*]}{.metadata.uid}{.status.containerStatuses[*].restartCount}{end}');

  diagnosed('all alerts are true by promtool in the image of Prometheus', [NAMESPACE], async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-promtool-'));
    try {
      writePromtoolFiles(folder);
      await run('create', 'configmap', 'promtool', `--from-file=${folder}`);
      await runPromtool();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  diagnosed('metrics are switched on for a cluster that runs, and no server restarts', [NAMESPACE], async () => {
    await group.start();
    await group.whole();
    const before = await servers();
    await run('delete', 'job', 'mysql-accounts');
    const mysql = await group.apply({ metrics: MySqlMetrics.exporter() });
    await run('rollout', 'status', `deployment/${METRICS}`, '--timeout', '170s');
    expect(await servers()).toBe(before);
    const chart = Chart.of(mysql);
    alerts = new MySqlAlerts(chart, 'alerts', { cluster: mysql });
    await prometheus.start(new MySqlMonitors(chart, 'monitors', { cluster: mysql }), alerts);
  });

  diagnosed('Prometheus reads the facts and each member', [NAMESPACE], async () => {
    await until('each member answers the exporter', 150, async () => (await prometheus.query('mysql_up == 1')).length === 3);
    await until('each member answers', 60, async () => (await prometheus.query('cdk8s_stateful_mysql_member_answers == 1')).length === 3);
    expect(await prometheus.broken()).toEqual([]);
  });

  diagnosed('scrapes use fewer connections than their account may have', [NAMESPACE], async () => {
    const [most, busy] = (await group.sql(await group.primary(), MOST_CONNECTIONS)).split('\t').map(Number);
    console.log(`the account of the metrics: at most ${most} connections, some at ${busy} of ${LOOKS} looks`);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(CONNECTIONS_MAX);
  });

  diagnosed('every metric of a rule is served', [NAMESPACE], async () => {
    const needed = [...new Set(alerts._rules.flatMap(({ needs }) => needs))];
    const missing = [];
    for (const name of needed) {
      if ((await prometheus.query(`${name}{cluster="${NAMESPACE}/mysql"}`)).length === 0) {
        missing.push(name);
      }
    }
    expect(missing).toEqual([]);
  });

  diagnosed('nothing is wrong, and no alert fires', [NAMESPACE], async () => {
    await prometheus.isQuiet(180);
  });

  diagnosed('a member that is gone is down, and back', [NAMESPACE], async () => {
    const primary = await group.primary();
    const [gone] = group.members.filter((member) => member !== primary);
    await group.bury(gone);
    try {
      const seconds = await prometheus.fires('MySqlMemberDown', 200);
      console.log(`MySqlMemberDown fires ${seconds} s after a member was gone`);
      const others = (await prometheus.firing()).filter((name) => !['MySqlMemberDown', 'MySqlGroupDegraded'].includes(name));
      expect(others).toEqual([]);
      expect((await prometheus.alerts()).find(({ name }) => name === 'MySqlMemberDown')).toMatchObject({
        labels: { member: gone, severity: 'warning' }, summary: `${gone} of ${NAMESPACE}/mysql does not answer.`,
      });
    } finally {
      await group.replace(gone);
    }
    await group.whole();
    await prometheus.isQuiet(150);
  }, 600);

  diagnosed('another password is used without a restart, and nobody is told', [NAMESPACE], async () => {
    const pod = await run('get', 'pods', '--selector', `app.kubernetes.io/name=${METRICS}`, '--output', 'jsonpath={.items[*].metadata.uid}');
    const password = Buffer.from('a$b`c"d\\e%f#g;h').toString('base64');
    await run('patch', 'secret', 'mysql-accounts', '--patch', JSON.stringify({ data: { 'metrics-password': password } }));
    await until('the exporter has the new password', 240, async () => (
      (await run('logs', `deployment/${METRICS}`, '--container', 'facts')).includes('the exporter uses the new one')
    ));
    await until('each member answers the exporter', 90, async () => (await prometheus.query('mysql_up == 1')).length === 3);
    expect(await run('get', 'pods', '--selector', `app.kubernetes.io/name=${METRICS}`, '--output', 'jsonpath={.items[*].metadata.uid}')).toBe(pod);
    expect(await prometheus.firing()).toEqual([]);
  }, 400);
});

/** Checks and tests rules in a pod. */
async function runPromtool(): Promise<void> {
  const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  await applyChart(NAMESPACE, (chart) => {
    new ApiObject(chart, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'promtool' },
      spec: {
        restartPolicy: 'Never',
        securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{
          name: 'promtool', image: 'prom/prometheus:v3.5.3', imagePullPolicy: 'IfNotPresent', securityContext: security,
          workingDir: '/files',
          command: ['sh', '-c', 'promtool check rules --lint=all --lint-fatal rules-*.yaml && promtool test rules test-*.yaml'],
          volumeMounts: [{ name: 'files', mountPath: '/files' }],
        }],
        volumes: [{ name: 'files', configMap: { name: 'promtool' } }],
      },
    });
  });
  const phase = await until('promtool has ended', 170, async () => {
    const now = await kubectl('--namespace', NAMESPACE, 'get', 'pod', 'promtool', '--output', 'jsonpath={.status.phase}');
    return ['Succeeded', 'Failed'].includes(now) && now;
  });
  expect([phase, phase === 'Failed' ? await kubectl('--namespace', NAMESPACE, 'logs', 'promtool') : '']).toEqual(['Succeeded', '']);
}
