import { Duration } from 'cdk8s';
import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Watched } from './faults';

const NAMESPACE = 'e2e-alerts-group';
const STRANGER = '11111111-2222-3333-4444-555555555555:1';
const APPLIER = 'group_replication_applier';

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

  watched.test([
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
      what: 'two of three members are gone', alert: 'MySqlNoPrimary', within: 90,
      implies: ['MySqlGroupNoMajority', 'MySqlMemberDown', 'MySqlGroupDegraded', 'MySqlMemberNotReady', 'MySqlReplicationStopped'],
      make: async () => {
        const primary = await group.primary();
        const gone = [primary, await secondary()];
        await Promise.all(gone.map(async (pod) => await group.bury(pod)));
        return async () => {
          await until('MySqlGroupNoMajority fires, too', 60, async () => (await watched.prometheus.firing()).includes('MySqlGroupNoMajority'));
          await Promise.all(gone.map(async (pod) => await group.replace(pod)));
          await group.whole();
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
        await group.sql(member, `SET GLOBAL super_read_only = OFF; ${empty}; SET GLOBAL super_read_only = ON`);
        return async () => await group.sql(await group.primary(), empty);
      },
    },
    {
      what: 'the applier of a secondary stops', alert: 'MySqlReplicationStopped',
      implies: ['MySqlMemberNotReady', 'MySqlReplicationLag', 'MySqlGroupDegraded'],
      make: async () => {
        const member = await secondary();
        await group.sql(member, `STOP REPLICA SQL_THREAD FOR CHANNEL '${APPLIER}'`);
        return async () => await group.sql(member, `START REPLICA SQL_THREAD FOR CHANNEL '${APPLIER}'`);
      },
    },
    {
      what: 'a table of a secondary is locked', alert: 'MySqlReplicationLag', implies: ['MySqlMemberNotReady'], within: 200,
      make: async () => {
        const member = await secondary();
        const lock = group.sql(member, 'LOCK TABLES shop.numbers READ; DO SLEEP(150)').catch(() => undefined);
        return async () => await lock;
      },
    },
    {
      what: 'clients use most of the connections', alert: 'MySqlConnectionsNearLimit', within: 200,
      make: async () => {
        const member = await secondary();
        const before = await group.sql(member, 'SELECT @@GLOBAL.max_connections');
        await group.sql(member, 'SET GLOBAL max_connections = 10');
        return async () => await group.sql(member, `SET GLOBAL max_connections = ${before}`);
      },
    },
    {
      what: 'a transaction stays open', alert: 'MySqlLongTransaction', within: 240,
      make: async () => {
        const primary = await group.primary();
        const open = group.sql(primary, 'CREATE TABLE IF NOT EXISTS shop.open (id INT PRIMARY KEY); BEGIN; '
          + 'INSERT INTO shop.open VALUES (1); DO SLEEP(230); ROLLBACK').catch(() => undefined);
        return async () => await open;
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
      what: 'the exporter is frozen', alert: 'MySqlExporterMissing', within: 200,
      make: async () => {
        await watched.signal('deployment/mysql-metrics', 'exporter', 'config.my-cnf', 'STOP');
        return async () => await watched.signal('deployment/mysql-metrics', 'exporter', 'config.my-cnf', 'CONT').catch(() => undefined);
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
  ]);

  diagnosed('all members restart one after the other under load: no alert fires', [NAMESPACE], async () => {
    const heard = new Set<string>();
    let isOver = false;
    const listening = (async () => {
      while (!isOver) {
        (await watched.prometheus.firing()).forEach((name) => heard.add(name));
        await new Promise((resolve) => setTimeout(resolve, 2000));
      }
    })();
    await run('rollout', 'restart', 'statefulset/mysql');
    await run('rollout', 'status', 'statefulset/mysql', '--timeout', '170s');
    await group.whole();
    isOver = true;
    await listening;
    expect([...heard]).toEqual([]);
  }, 600);

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
