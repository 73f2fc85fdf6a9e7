import { statusBecomes, statusOf } from '../../e2e/mysql/shown-status';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';
import { describeLimited } from './limited';

const NAMESPACE = 'e2e-status-limits';
const WATCHED_S = 90;
const SOON_DAYS = 3;

/** What the status says of what is not a state of a member: its password, its volume, its certificate; and how it watches. */
describeLimited(NAMESPACE, (limited) => {
  const { cluster } = limited;
  const [source, replica] = cluster.members;
  const hands = new NodeHands(cluster);
  const signal = async (name: string, ...pods: string[]) => {
    await Promise.all(pods.map(async (pod) => await hands.signal(pod, 'agent', name)));
  };

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a source and a replica with certificates and small volumes are fine', [NAMESPACE], async () => {
    await hands.start();
    await limited.start();
    await statusBecomes(NAMESPACE, replica, /is fine: /);
  });

  diagnosed('a volume that is nearly full is named, and a watch shows it when it is so', [NAMESPACE], async () => {
    const watch = ['--namespace', NAMESPACE, 'exec', replica, '--container', 'agent', '--', 'bash', '-c'];
    const watched = kubectl(...watch, `timeout ${WATCHED_S} status --watch 1 || true`);
    await limited.fill(source, 93);
    const { exitCode, output } = await statusBecomes(NAMESPACE, replica,
      new RegExp(`is degraded: .*the volume of ${source} is 9\\d % full`));
    expect([exitCode, output]).toEqual([1, expect.stringContaining('next: docs/mysql-operations.md#make-space-on-a-full-disk')]);
    await limited.empty(source);
    await statusBecomes(NAMESPACE, replica, /is fine: /);
    const firsts = (await watched).split('\n').filter((line) => line.includes(`${NAMESPACE}/mysql is `));
    expect(firsts.length).toBeGreaterThan(10);
    const words = firsts.map((line) => / is (\w+): /.exec(line)![1]).filter((word, index, all) => word !== all[index - 1]);
    expect(words).toEqual(['fine', 'degraded', 'fine']);
  }, 300);

  diagnosed('a certificate that expires soon is named', [NAMESPACE], async () => {
    await limited.certify('2000', SOON_DAYS);
    const { output } = await statusBecomes(NAMESPACE, replica, new RegExp(
      `is degraded: .*the certificate of ${source} expires in ${SOON_DAYS * 24 - 1} h; the certificate of ${replica} expires in`), 180);
    expect(output).toContain('next: docs/mysql-operations.md#change-the-certificate');
    await limited.certify('3000');
    await statusBecomes(NAMESPACE, replica, /is fine: /, 180);
  }, 500);

  diagnosed('a password that the servers do not have yet does not hide what the cluster is', [NAMESPACE], async () => {
    await signal('STOP', source); // else it puts the password in force
    await kubectl('--namespace', NAMESPACE, 'patch', 'secret', 'mysql-accounts', '--patch',
      JSON.stringify({ stringData: { 'monitor-password': 'not-in-force-yet' } }));
    const { first } = await statusBecomes(NAMESPACE, replica, new RegExp(`${source} refuses the password of monitor that the Secret has now`), 180);
    expect(first).toContain(`is degraded: writes go to ${source}`);
    await signal('CONT', source);
    await statusBecomes(NAMESPACE, replica, /is fine: /, 180);
  }, 500);

  diagnosed('a password that no server had makes it unknown, within 10 s', [NAMESPACE], async () => {
    await signal('STOP', source, replica);
    await cluster.sql(source, 'ALTER USER monitor IDENTIFIED BY "of-nowhere"; ALTER USER monitor DISCARD OLD PASSWORD');
    await until('the replica has it', 30, async () => (await statusOf(NAMESPACE, replica)).exitCode === 3);
    const { first, milliseconds } = await statusOf(NAMESPACE, replica);
    expect(first).toMatch(new RegExp(`is unknown: each member that answers refuses to say what it is; ${source} refuses the password `));
    expect(milliseconds).toBeLessThan(10_000);
    await signal('CONT', source, replica);
    await statusBecomes(NAMESPACE, replica, /is fine: /, 180);
  }, 400);
});
