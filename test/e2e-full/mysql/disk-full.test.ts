import { Size } from 'cdk8s';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { SmallDisk } from './small-disk';
import { membersOf, SOURCE, startCluster } from './start';

const NAMESPACE = 'e2e-mysql-disk-full';

const impossible = SmallDisk.impossible();

if (impossible === undefined) {
  const disks = membersOf(1).map((pod) => [pod, new SmallDisk(`e2e-${pod}`, 768)] as const);

  afterAll(async () => { // after the namespace and its claims
    for (const [, disk] of disks) {
      await disk.remove();
    }
  }, 120_000);

  describeInNamespace(NAMESPACE, () => {
    const cluster = new TestedCluster(NAMESPACE, membersOf(1));

    diagnosed('a source runs on a small disk', [NAMESPACE], async () => {
      for (const [pod, disk] of disks) {
        await disk.create(NAMESPACE, `data-${pod}`);
      }
      await startCluster(cluster, { storage: { size: Size.mebibytes(500), storageClassName: SmallDisk.CLASS } });
      await cluster.startWriter();
    });

    diagnosed('it stops loudly when the disk is full', [NAMESPACE], async () => {
      await inServer('cat /dev/zero >/var/lib/mysql/ballast || true');
      await until('the server says so', 120, async () => (
        /disk is full|no space left|errno:? 28/i.test(await cluster.log(SOURCE, 'mysqld'))));
      await until('nothing is acknowledged for ten seconds', 120, async () => {
        const before = await cluster.acknowledged();
        await new Promise((resolve) => setTimeout(resolve, 10_000));
        return (await cluster.acknowledged()).numbers.length === before.numbers.length;
      });
    });

    diagnosed('it comes back when there is space, with all that was acknowledged', [NAMESPACE], async () => {
      const start = Date.now();
      await inServer('rm /var/lib/mysql/ballast');
      await cluster.writes('writer', 20, 150);
      console.log(`writes go on ${Math.round((Date.now() - start) / 1000)} s after there is space`);
      await cluster.ready();
      await cluster.requireNothingLost(SOURCE, await cluster.stopWriter());
    });

    async function inServer(command: string): Promise<void> {
      await kubectl('--namespace', NAMESPACE, 'exec', SOURCE, '--container', 'mysqld', '--', 'bash', '-c', command);
    }
  });
} else {
  test.skip(`a full disk: ${impossible}`, () => undefined);
}
