import { Chart } from 'cdk8s';
import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { MySqlAlerts } from '../../../lib/mysql/monitoring/mysql-alerts';
import { MySqlMonitors } from '../../../lib/mysql/monitoring/mysql-monitors';
import { TestedGroup } from '../../e2e/mysql/group';
import { TestedPrometheus } from '../../e2e/mysql/prometheus';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';

const NAMESPACE = 'e2e-no-alerts';
const QUIET_MINUTES = Number(process.env.QUIET_MINUTES ?? 60);
const LOOK_MS = 5000;

/** What no alert may be about. Alerts last as long as they do for users. */
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const prometheus = new TestedPrometheus(NAMESPACE);
  const run = async (...args: string[]) => await kubectl('--namespace', NAMESPACE, ...args);

  diagnosed('a group with metrics works, and clients write', [NAMESPACE], async () => {
    const mysql = await group.apply({ metrics: MySqlMetrics.exporter() });
    await group.whole();
    await group.startWriter();
    await run('rollout', 'status', 'deployment/mysql-metrics', '--timeout', '120s');
    const chart = Chart.of(mysql);
    await prometheus.start(new MySqlMonitors(chart, 'monitors', { cluster: mysql }), new MySqlAlerts(chart, 'alerts', { cluster: mysql }));
    await until('all is read', 150, async () => (await prometheus.query('mysql_up == 1')).length === 3);
  }, 600);

  diagnosed('all members restart one after the other under load: no alert fires', [NAMESPACE], async () => {
    expect(await heardDuring(async () => {
      await run('rollout', 'restart', 'statefulset/mysql');
      await run('rollout', 'status', 'statefulset/mysql', '--timeout', '300s');
      await group.whole();
    })).toEqual([]);
  }, 600);

  diagnosed(`${QUIET_MINUTES} minutes of normal load: no alert fires`, [NAMESPACE], async () => {
    const before = (await group.acknowledged()).numbers.length;
    expect(await heardDuring(() => new Promise((resolve) => setTimeout(resolve, QUIET_MINUTES * 60_000)))).toEqual([]);
    expect((await group.acknowledged()).numbers.length).toBeGreaterThan(before + QUIET_MINUTES * 60);
    expect(await prometheus.broken()).toEqual([]);
  }, QUIET_MINUTES * 60 + 120);

  /** The alerts that fire while something happens. */
  async function heardDuring(body: () => Promise<unknown>): Promise<string[]> {
    const heard = new Set<string>();
    let isOver = false;
    const listening = (async () => {
      while (!isOver) {
        (await prometheus.firing()).forEach((name) => heard.add(name));
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    })();
    try {
      await body();
    } finally {
      isOver = true;
      await listening;
    }
    return [...heard];
  }
});
