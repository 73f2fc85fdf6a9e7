import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Fault, Watched } from './faults';

const NAMESPACE = 'e2e-alerts-replicas';
const SOURCE = 'mysql-source-0';
const REPLICA = 'mysql-replica-0';

/** What each fault of a source and its replicas makes operators hear. */
describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, [SOURCE, REPLICA, 'mysql-replica-1']);
  const watched = new Watched(cluster);
  const signal = async (pod: string, name: string) => await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'mysqld', '--',
    'bash', '-c', `kill -${name} $(</run/mysqld/mysqld.pid)`);

  diagnosed('a source and two replicas with metrics work, and no alert fires', [NAMESPACE], async () => {
    const mysql = await applyDeclared(NAMESPACE, MySqlTopology.sourceReplica({ replicas: 2 }), { metrics: MySqlMetrics.exporter() });
    await cluster.ready();
    await cluster.startWriter();
    await kubectl('--namespace', NAMESPACE, 'rollout', 'status', 'deployment/mysql-metrics', '--timeout', '120s');
    const alerts = await watched.watch(mysql);
    await until('all is read', 120, async () => (await watched.prometheus.query('mysql_up == 1')).length === 3);
    const needed = [...new Set(alerts._rules.flatMap(({ needs }) => needs))];
    const served = await Promise.all(needed.map(async (name) => (await watched.prometheus.query(name)).length));
    expect(needed.filter((_, index) => served[index] === 0)).toEqual([]);
    await watched.isQuiet();
  }, 600);

  const faults: Fault[] = [
    {
      what: 'the source is frozen', alert: 'MySqlNoPrimary', within: 90,
      implies: ['MySqlMemberDown', 'MySqlReplicationStopped', 'MySqlReplicationLag', 'MySqlMemberNotReady'],
      make: async () => {
        await signal(SOURCE, 'STOP');
        return async () => await signal(SOURCE, 'CONT');
      },
    },
    {
      what: 'the applier of a replica stops', alert: 'MySqlReplicationStopped',
      implies: ['MySqlMemberNotReady', 'MySqlReplicationLag'],
      make: async () => {
        await cluster.sql(REPLICA, 'STOP REPLICA SQL_THREAD');
        return async () => await cluster.sql(REPLICA, 'START REPLICA');
      },
    },
  ];

  for (const fault of faults) {
    const { what, alert } = fault;
    diagnosed(`${what}: ${alert} fires, and resolves`, [NAMESPACE], async () => await watched.see(fault), 600);
  }

  afterAll(() => watched.report());
});
