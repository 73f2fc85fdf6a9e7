import { Size } from 'cdk8s';
import { MySqlTls } from '../../../lib/mysql/mysql-tls';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { statusBecomes, statusOf } from '../../e2e/mysql/shown-status';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Authority } from '../mysql/authority';
import { SmallDisk } from '../mysql/small-disk';
import { membersOf, SOURCE } from '../mysql/start';

const NAMESPACE = 'e2e-status-limits';
const [, REPLICA] = membersOf(1);
const WATCHED_S = 90;
const FILL = 'head -c $(($(df --output=avail -B1 /var/lib/mysql | tail -n 1) * 93 / 100)) /dev/zero >/var/lib/mysql/ballast';
const SOON_DAYS = 3;

const impossible = SmallDisk.impossible();

if (impossible === undefined) {
  const disks = membersOf(1).map((pod) => [pod, new SmallDisk(`e2e-status-${pod}`, 768)] as const);

  afterAll(async () => { // after the namespace and its claims
    for (const [, disk] of disks) {
      await disk.remove();
    }
  }, 120_000);

  /** What the status says of what is not a state of a member: its password, its volume, its certificate; and how it watches. */
  describeInNamespace(NAMESPACE, () => {
    const cluster = new TestedCluster(NAMESPACE, membersOf(1));
    const authority = new Authority(cluster);
    const hands = new NodeHands(cluster);
    let names: string[];

    afterAll(async () => {
      authority.remove();
      await hands.remove();
    }, 150_000);

    diagnosed('a source and a replica with certificates and small volumes are fine', [NAMESPACE], async () => {
      await hands.start();
      for (const [pod, disk] of disks) {
        await disk.create(NAMESPACE, `data-${pod}`);
      }
      names = (await applyDeclared(NAMESPACE, MySqlTopology.sourceReplica({ replicas: 1 }), {
        tls: MySqlTls.fromSecretName('mysql-tls'), storage: { size: Size.mebibytes(500), storageClassName: SmallDisk.CLASS },
      })).certificateDnsNames;
      await authority.sign('1000', names);
      await authority.create();
      await cluster.ready();
      await statusBecomes(NAMESPACE, REPLICA, /is fine: /);
    });

    diagnosed('a volume that is nearly full is named, and a watch shows it when it is so', [NAMESPACE], async () => {
      const watch = ['--namespace', NAMESPACE, 'exec', REPLICA, '--container', 'agent', '--', 'bash', '-c'];
      const watched = kubectl(...watch, `timeout ${WATCHED_S} status --watch 1 || true`);
      await inServer(SOURCE, FILL);
      const { exitCode, output } = await statusBecomes(NAMESPACE, REPLICA,
        new RegExp(`is degraded: .*the volume of ${SOURCE} is 9\\d % full`));
      expect([exitCode, output]).toEqual([1, expect.stringContaining('next: docs/mysql-operations.md#make-space-on-a-full-disk')]);
      await inServer(SOURCE, 'rm /var/lib/mysql/ballast');
      await statusBecomes(NAMESPACE, REPLICA, /is fine: /);
      const firsts = (await watched).split('\n').filter((line) => line.includes(`${NAMESPACE}/mysql is `));
      expect(firsts.length).toBeGreaterThan(10);
      const words = firsts.map((line) => / is (\w+): /.exec(line)![1]).filter((word, index, all) => word !== all[index - 1]);
      expect(words).toEqual(['fine', 'degraded', 'fine']);
    });

    diagnosed('a certificate that expires soon is named', [NAMESPACE], async () => {
      await authority.sign('2000', names, SOON_DAYS);
      await authority.replace('ca.crt', 'tls.crt', 'tls.key');
      const { output } = await statusBecomes(NAMESPACE, REPLICA, new RegExp(
        `is degraded: .*the certificate of ${SOURCE} expires in ${SOON_DAYS * 24 - 1} h; the certificate of ${REPLICA} expires in`), 180);
      expect(output).toContain('next: docs/mysql-operations.md#change-the-certificate');
      await authority.sign('3000', names);
      await authority.replace('ca.crt', 'tls.crt', 'tls.key');
      await statusBecomes(NAMESPACE, REPLICA, /is fine: /, 180);
    });

    diagnosed('a password that the servers do not have yet does not hide what the cluster is', [NAMESPACE], async () => {
      await hands.signal(SOURCE, 'agent', 'STOP'); // else it puts the password in force
      await kubectl('--namespace', NAMESPACE, 'patch', 'secret', 'mysql-accounts', '--patch',
        JSON.stringify({ stringData: { 'monitor-password': 'not-in-force-yet' } }));
      const { first } = await statusBecomes(NAMESPACE, REPLICA, new RegExp(`${SOURCE} refuses the password of monitor that the Secret has now`), 180);
      expect(first).toContain(`is degraded: writes go to ${SOURCE}`);
      await hands.signal(SOURCE, 'agent', 'CONT');
      await statusBecomes(NAMESPACE, REPLICA, /is fine: /, 180);
    });

    diagnosed('a password that no server has had makes it unknown, within 10 s', [NAMESPACE], async () => {
      for (const pod of cluster.members) {
        await hands.signal(pod, 'agent', 'STOP');
      }
      await cluster.sql(SOURCE, 'ALTER USER monitor IDENTIFIED BY "of-nowhere"; ALTER USER monitor DISCARD OLD PASSWORD');
      await until('the replica has it', 30, async () => (await statusOf(NAMESPACE, REPLICA)).exitCode === 3);
      const { first, milliseconds } = await statusOf(NAMESPACE, REPLICA);
      expect(first).toMatch(new RegExp(`is unknown: each member that answers refuses to say what it is; ${SOURCE} refuses the password `));
      expect(milliseconds).toBeLessThan(10_000);
      for (const pod of cluster.members) {
        await hands.signal(pod, 'agent', 'CONT');
      }
      await statusBecomes(NAMESPACE, REPLICA, /is fine: /, 180);
    });

    async function inServer(pod: string, command: string): Promise<void> {
      await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'mysqld', '--', 'bash', '-c', command);
    }
  });
} else {
  test.skip(`the limits of a member: ${impossible}`, () => undefined);
}
