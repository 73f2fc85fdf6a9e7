import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { diagnosed } from '../support/diagnosed';
import { kubectl } from '../support/kubectl';
import { describeInNamespace } from '../support/own-namespace';
import { until } from '../support/wait';
import { TestedCluster } from './cluster';
import { applyDeclared } from './declare';

const NAMESPACE = 'e2e-mysql';
const SOURCE = 'mysql-source-0';
const SECOND = 'second-writer';
const MEMBERS = [SOURCE, 'mysql-replica-0', 'mysql-replica-1'];

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, MEMBERS);

  diagnosed('a source and two replicas start from nothing, with accounts that a Job makes', [NAMESPACE], async () => {
    await applyDeclared(NAMESPACE, MySqlTopology.sourceReplica({ replicas: 2, semiSynchronous: {} }), { resources: undefined });
    await cluster.ready();
    await until('the declared user exists', 30, async () => (
      await cluster.sql(SOURCE, 'SELECT COUNT(*) FROM mysql.user WHERE user = "shop"') === '1'
    ));
    await cluster.startWriter();
  });

  for (const pod of MEMBERS) {
    diagnosed(`kill -9 of the server of ${pod} loses nothing`, [NAMESPACE], async () => {
      const before = await cluster.sql(pod, 'SELECT @@server_uuid');
      await cluster.kill(pod);
      await until('the server answers with its data', 60, async () => (
        await cluster.sql(pod, 'SELECT @@server_uuid').catch(() => '') === before));
      await cluster.ready();
      await cluster.writes();
    });
  }

  for (const pod of MEMBERS) {
    diagnosed(`the pod ${pod} may be deleted`, [NAMESPACE], async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod);
      await cluster.ready();
      await cluster.writes();
    });
  }

  diagnosed('a replica that lost its claim gets the data again', [NAMESPACE], async () => {
    await loseClaim('mysql-replica-1');
    await cluster.ready();
    await cluster.writes();
  });

  diagnosed('a source that lost its claim gets the data of the most advanced replica, all that was acknowledged', [NAMESPACE], async () => {
    await loseClaim(SOURCE);
    await cluster.ready();
    await cluster.writes();
    const seen = await cluster.stopWriter();
    expect(seen.numbers.length).toBeGreaterThan(0);
    await cluster.requireNothingLost(SOURCE, seen);
  });

  diagnosed('a replica is promoted when the source is gone, and not before', [NAMESPACE], async () => {
    await cluster.startWriter(SECOND);
    expect(await cluster.operate('promote')).toContain(`refused: the source ${SOURCE} answers`);
    await kubectl('--namespace', NAMESPACE, 'scale', 'statefulset/mysql-source', '--replicas', '0');
    await until('the source is gone', 60, async () => await cluster.condition(SOURCE) === undefined);
    expect(await cluster.operate('promote')).toMatch(/mysql-replica-[01] is open for writes/);
    await cluster.writes(SECOND);
  });

  diagnosed('the old source comes back as a replica and takes over again, with all that was acknowledged', [NAMESPACE], async () => {
    await kubectl('--namespace', NAMESPACE, 'scale', 'statefulset/mysql-source', '--replicas', '1');
    await until('the old source follows', 120, async () => (
      await kubectl('--namespace', NAMESPACE, 'logs', SOURCE, '--container', 'agent')).includes('run the promotion again'));
    expect(await cluster.operate('promote')).toContain('labels corrected: ');
    await cluster.ready();
    expect(await cluster.operate('switchover')).toContain(`${SOURCE} is the source and open for writes`);
    await cluster.ready();
    await cluster.writes(SECOND);
    const seen = await cluster.stopWriter(SECOND);
    await cluster.requireNothingLost(SOURCE, seen);
  });

  diagnosed('strangers, plaintext and wrong passwords are refused', [NAMESPACE], async () => {
    const options = '--host=mysql --user=shop --connect-timeout=4 --execute "SELECT 1"';
    const password = '--defaults-extra-file=/tmp/password.cnf';
    expect(await cluster.asClient('stranger', 'stranger', `mysql ${password} ${options}`)).toContain('ERROR 2003');
    expect(await cluster.asClient('friend', 'writer', `mysql ${password} ${options} --batch --skip-column-names`)).toBe('1');
    expect(await cluster.asClient('plain', 'writer', `mysql ${password} ${options} --ssl-mode=DISABLED --get-server-public-key`))
      .toContain('Connections using insecure transport are prohibited');
    expect(await cluster.asClient('wrong', 'writer', `mysql ${options} --password=wrong`)).toContain('ERROR 1045');
  });

  async function loseClaim(pod: string): Promise<void> {
    await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${pod}`, '--wait=false');
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod);
  }
});
