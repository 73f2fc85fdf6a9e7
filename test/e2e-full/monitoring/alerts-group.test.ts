import { Duration } from 'cdk8s';
import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { TestedGroup } from '../../e2e/mysql/group';
import { containerCost } from '../../e2e/support/container-cost';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Fault, Watched } from './faults';

const NAMESPACE = 'e2e-alerts-group';
const STRANGER = '11111111-2222-3333-4444-555555555555:1';
const MEASURED_SECONDS = 60;
const [CONNECTIONS_MAX, CLIENTS, CONNECTED_SECONDS] = [30, 22, 240]; // beside some five of the cluster
const CONNECTIONS = 'SELECT COUNT(*) FROM performance_schema.processlist WHERE user = "metrics"';

/** What each fault of a group makes somebody hear. */
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const watched = new Watched(group);
  const run = async (...args: string[]) => await kubectl('--namespace', NAMESPACE, ...args);
  const secondary = async () => {
    const primary = await group.primary();
    return group.members.find((member) => member !== primary)!;
  };

  diagnosed('a group with metrics works, and no alert fires', [NAMESPACE], async () => {
    const mysql = await group.apply({ metrics: MySqlMetrics.exporter() });
    await group.whole();
    await group.startWriter();
    await run('rollout', 'status', 'deployment/mysql-metrics', '--timeout', '120s');
    const alerts = await watched.watch(mysql, { longTransaction: Duration.minutes(1) });
    await until('all is read', 120, async () => (await watched.prometheus.query('mysql_up == 1')).length === 3);
    expect(alerts.leftOut).toEqual(['MySqlRolloutStuck']);
    await watched.isQuiet();
  }, 600);

  diagnosed('all this costs little', [NAMESPACE], async () => {
    const cost = async (container: string) => await containerCost(NAMESPACE, 'deployment/mysql-metrics', container);
    const containers = ['exporter', 'facts', 'pages'];
    const before = await Promise.all(containers.map(cost));
    let connections = 0;
    const start = Date.now();
    while (Date.now() - start < MEASURED_SECONDS * 1000) {
      const of = await Promise.all(group.members.map(async (member) => Number(await group.sql(member, CONNECTIONS))));
      connections = Math.max(connections, of.reduce((sum, one) => sum + one));
    }
    const after = await Promise.all(containers.map(cost));
    const measured = containers.map((container, index) => ({
      container,
      percent: (after[index].nanoseconds - before[index].nanoseconds) / (Date.now() - start) / 1e4,
      mebibytes: after[index].mebibytes,
    }));
    console.log(`at most ${connections} connections; ${measured.map(({ container, percent, mebibytes }) => (
      `${container}: ${percent.toFixed(2)} % of a core, ${mebibytes.toFixed(1)} MiB`)).join('; ')}`);
    expect(connections).toBeLessThanOrEqual(5);
    expect(measured[0].mebibytes).toBeLessThan(40);
    expect(measured[0].percent).toBeLessThan(1);
    expect(measured[1].percent + measured[2].percent).toBeLessThan(1.5);
  });

  const faults: Fault[] = [
    {
      what: 'two of three servers are frozen', alert: 'MySqlNoPrimary', within: 90,
      implies: ['MySqlGroupNoMajority', 'MySqlGroupNobodyOnline', 'MySqlMemberDown', 'MySqlGroupDegraded', 'MySqlMemberNotReady'],
      make: async () => {
        const frozen = [await group.primary(), await secondary()];
        const signal = async (name: string) => await Promise.all(frozen.map(async (pod) => (
          await run('exec', pod, '--container', 'mysqld', '--', 'bash', '-c', `kill -${name} $(</run/mysqld/mysqld.pid)`))));
        await signal('STOP');
        return async () => {
          const missed = await watched.prometheus.fires('MySqlGroupNobodyOnline', 90).then(() => '', String);
          await signal('CONT');
          await group.whole();
          expect(missed).toBe('');
          const fired = await watched.prometheus.query('max_over_time(ALERTS{alertname="MySqlGroupNoMajority",alertstate="firing"}[10m])');
          expect(fired).toHaveLength(1);
        };
      },
    },
    {
      what: 'a secondary is opened by hand', alert: 'MySqlTwoPrimaries', within: 90,
      make: async () => {
        const member = await secondary();
        await group.sql(member, 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF');
        return async () => await group.sql(member, 'SET GLOBAL super_read_only = ON');
      },
    },
    {
      what: 'a member has a transaction of its own', alert: 'MySqlErrantTransactions',
      implies: ['MySqlMemberNotReady', 'MySqlGroupDegraded'],
      make: async () => {
        const member = await secondary();
        const empty = `SET GTID_NEXT = '${STRANGER}'; BEGIN; COMMIT; SET GTID_NEXT = 'AUTOMATIC'`;
        // While it is in the group, the transaction would be that of all members.
        await group.sql(member, `STOP GROUP_REPLICATION; SET GLOBAL super_read_only = OFF; ${empty}; SET GLOBAL super_read_only = ON`);
        return async () => await group.sql(await group.primary(), empty);
      },
    },
    {
      what: 'the account metrics has another password', alert: 'MySqlMetricsRefused', implies: ['MySqlExporterMissing'],
      make: async () => {
        const { data } = JSON.parse(await run('get', 'secret', 'mysql-accounts', '--output', 'json')) as { data: Record<string, string> };
        const right = Buffer.from(data['metrics-password'], 'base64').toString();
        const set = async (password: string) => await group.sql(await group.primary(), `ALTER USER metrics@'%' IDENTIFIED BY '${password}'`);
        await set('another');
        return async () => await set(right);
      },
    },
    {
      what: 'the exporter has a wrong password', alert: 'MySqlExporterMissing', within: 200,
      make: async () => {
        const facts = async (script: string) => (
          await run('exec', 'deployment/mysql-metrics', '--container', 'facts', '--', 'bash', '-c', script));
        const reload = 'curl --silent --fail --request POST http://127.0.0.1:9104/-/reload';
        await facts(`cd /exporter; cp exporter.cnf right; sed 's/^password=.*/password=wrong/' right >exporter.cnf; ${reload}`);
        return async () => await facts(`cd /exporter; mv right exporter.cnf; ${reload}`);
      },
    },
    {
      what: 'the guard of a member is frozen', alert: 'MySqlAgentSilent', implies: ['MySqlMemberNotReady', 'MySqlMemberDown'], within: 200,
      make: async () => {
        const member = await secondary();
        await watched.signal(member, 'mysqld', '/scripts/guard.sh', 'STOP');
        return async () => {
          await watched.signal(member, 'mysqld', '/scripts/guard.sh', 'CONT');
          await group.whole();
        };
      },
    },
    {
      what: 'clients use most of the connections', alert: 'MySqlConnectionsNearLimit', within: 200,
      make: async () => {
        const member = await secondary();
        const before = await group.sql(member, 'SELECT @@GLOBAL.max_connections');
        await group.sql(member, `SET GLOBAL max_connections = ${CONNECTIONS_MAX}`);
        const client = `mysql --defaults-file=/run/mysqld/root.cnf --execute 'DO SLEEP(${CONNECTED_SECONDS})'`;
        await run('exec', member, '--container', 'mysqld', '--', 'bash', '-c',
          `for client in {1..${CLIENTS}}; do ${client} >/dev/null 2>&1 & done`);
        return async () => await group.sql(member, `SET GLOBAL max_connections = ${before}`);
      },
    },
    {
      what: 'the pod with the metrics is gone', alert: 'MySqlFactsMissing', implies: ['MySqlExporterMissing'],
      make: async () => {
        await run('scale', 'deployment/mysql-metrics', '--replicas', '0');
        return async () => {
          await run('scale', 'deployment/mysql-metrics', '--replicas', '1');
          await run('rollout', 'status', 'deployment/mysql-metrics', '--timeout', '120s');
        };
      },
    },
    {
      what: 'a member is gone', alert: 'MySqlMemberDown', implies: ['MySqlGroupDegraded'],
      make: async () => {
        const gone = await secondary();
        await group.bury(gone);
        return async () => {
          await group.replace(gone);
          await group.whole();
        };
      },
    },
    {
      what: 'a table of a secondary is locked', alert: 'MySqlReplicationLag', implies: ['MySqlMemberNotReady'], within: 200,
      make: async () => {
        const member = await secondary();
        const lock = group.sql(member, 'LOCK TABLES shop.numbers READ; DO SLEEP(120)').catch(() => undefined);
        return async () => await lock;
      },
    },
    {
      what: 'a transaction stays open', alert: 'MySqlLongTransaction', within: 240,
      make: async () => {
        const primary = await group.primary();
        const open = group.sql(primary, 'CREATE TABLE IF NOT EXISTS shop.open (id INT PRIMARY KEY); BEGIN; '
          + 'INSERT INTO shop.open VALUES (1); DO SLEEP(180); ROLLBACK').catch(() => undefined);
        return async () => await open;
      },
    },
  ];

  for (const fault of faults) {
    const { what, alert } = fault;
    diagnosed(`${what}: ${alert} fires, and resolves`, [NAMESPACE], async () => await watched.see(fault), 600);
  }

  diagnosed('a server that crashes again and again is told of', [NAMESPACE], async () => {
    const member = await secondary();
    for (let times = 0; times < 5; times++) {
      await group.kill(member);
      await group.ready();
      await new Promise((resolve) => setTimeout(resolve, 25_000)); // so that it is seen with this start
    }
    await until('it is told of', 60, async () => (await watched.prometheus.firing()).includes('MySqlServerRestarts'));
  }, 600);

  afterAll(() => watched.report());
});
