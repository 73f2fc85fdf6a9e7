import { TestedCluster } from '../../e2e/mysql/cluster';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { applyCluster, membersOf, SOURCE } from './start';

const NAMESPACE = 'e2e-mysql-kills';
const REPLICA = 'mysql-replica-0';

/** When the processes of a member's pod are killed: so many milliseconds after this file is there. */
const WHILE_INITIALISING: [file: string, milliseconds: number][] = [
  ['recipient.tmp', 0], ['init.tmp', 0], ['init.tmp', 1000],
  ['init.tmp/ibdata1', 0], ['init.tmp/mysql.ibd', 500], ['init.tmp/mysql.ibd', 2500],
];
const WHILE_CLONING: [file: string, milliseconds: number][] = [
  ['recipient.tmp', 500], ['clone.tmp', 0], ['clone.tmp/mysql.ibd', 0], ['clone.tmp', 500], ['data', 0],
];
const WHILE_PROMOTING = [0, 500, 1000, 2000];

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));

  diagnosed('a source that is killed while it initialises ends with a whole database', [NAMESPACE], async () => {
    await applyCluster(NAMESPACE, 2);
    for (const [file, milliseconds] of WHILE_INITIALISING) {
      await killWhen(SOURCE, file, milliseconds);
    }
    await cluster.ready();
    await cluster.startWriter();
  });

  for (const [file, milliseconds] of WHILE_CLONING) {
    diagnosed(`a replica that is killed ${milliseconds} ms after ${file} is there while it copies ends with a whole copy`, [NAMESPACE], async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${REPLICA}`, '--wait=false');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', REPLICA);
      await killWhen(REPLICA, file, milliseconds);
      await cluster.ready();
      await cluster.writes();
    });
  }

  diagnosed('a copy whose donor is killed is made again', [NAMESPACE], async () => {
    await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${REPLICA}`, '--wait=false');
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', REPLICA);
    await present(REPLICA, 'clone.tmp');
    await kill(SOURCE);
    await cluster.ready();
    await cluster.writes();
  });

  diagnosed('a promotion that is killed is finished by the next one', [NAMESPACE], async () => {
    await kubectl('--namespace', NAMESPACE, 'scale', 'statefulset/mysql-source', '--replicas', '0');
    await until('the source is gone', 90, async () => await cluster.condition(SOURCE) === undefined);
    for (const milliseconds of WHILE_PROMOTING) {
      const job = `killed-after-${milliseconds}`;
      await kubectl('--namespace', NAMESPACE, 'create', 'job', job, '--from=cronjob/mysql-promote');
      await kubectl('--namespace', NAMESPACE, 'wait', '--for=create', 'pod', '--selector', `job-name=${job}`, '--timeout', '30s');
      await until('it runs', 30, async () => await kubectl('--namespace', NAMESPACE, 'get', 'pod', '--selector', `job-name=${job}`, '--output',
        'jsonpath={.items[0].status.containerStatuses[0].state.running}') !== '');
      await pause(milliseconds);
      await kubectl('--namespace', NAMESPACE, 'delete', 'job', job, '--cascade=orphan');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', '--selector', `job-name=${job}`, '--force', '--grace-period', '0');
    }
    expect(await cluster.operate('promote')).toMatch(
      /mysql-replica-[01] is open for writes|refused: the source mysql-replica-[01] answers|labels corrected: /);
    await cluster.writes();
  });

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    await kubectl('--namespace', NAMESPACE, 'scale', 'statefulset/mysql-source', '--replicas', '1');
    await until('the old source follows', 120, async () => (await cluster.log(SOURCE)).includes('run the promotion again'));
    await cluster.operate('promote');
    await cluster.ready();
    expect(await cluster.operate('switchover')).toContain(`${SOURCE} is the source and open for writes`);
    await cluster.ready();
    await cluster.writes();
    await cluster.requireNothingLost(SOURCE, await cluster.stopWriter());
  });

  async function killWhen(pod: string, file: string, milliseconds: number): Promise<void> {
    await present(pod, file);
    await pause(milliseconds);
    await kill(pod);
  }

  /** Waits for a file of a member's volume, or for the data: with them the container ends, at times before it can tell. */
  async function present(pod: string, file: string): Promise<void> {
    const appeared = `until [[ -e /var/lib/mysql/${file} || -e /var/lib/mysql/data ]]; do sleep 0.02; done; echo there`;
    await until(`${pod} has ${file}`, 90, async () => {
      try {
        return await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'provision', '--', 'bash', '-c', appeared) === 'there\n';
      } catch (error) {
        if (await isProvisioned(pod)) {
          return true;
        }
        throw error;
      }
    });
  }

  async function isProvisioned(pod: string): Promise<boolean> {
    return await kubectl('--namespace', NAMESPACE, 'get', 'pod', pod, '--output',
      'jsonpath={.status.initContainerStatuses[?(@.name=="provision")].state.terminated.reason}') === 'Completed';
  }

  /** SIGKILL for all processes of a pod, and another pod in its place. */
  async function kill(pod: string): Promise<void> {
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod, '--force', '--grace-period', '0');
  }

  /** A moment of the test's own choosing, not a wait for anything. */
  async function pause(milliseconds: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
});
