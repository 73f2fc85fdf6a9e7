import { BackedUp } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { NodeHands } from '../../e2e/registers/node-hands';
import { kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';

/** The end of a pod of a Job, while it runs this program in this step. */
export interface Interruption {
  readonly step: string;
  /** A part of the command line. */
  readonly program: string;
  /** For how long it has run. */
  readonly milliseconds?: number;
  /** Whether the program alone gets SIGKILL, or the pod is deleted with --force. */
  readonly how: 'kill -9' | 'delete';
}

/** A Job whose pods end before they have done their work. */
export class InterruptedJob {
  /** Makes a Job of a CronJob of the cluster. */
  public static async of(cluster: TestedCluster, hands: NodeHands, cronJob: string): Promise<InterruptedJob> {
    const job = await new BackedUp(cluster.namespace).create(cronJob);
    return new InterruptedJob(cluster, hands, `job-name=${job}`);
  }

  /** The next Job that a selector matches, not the one that it matches now. */
  public static async after(cluster: TestedCluster, hands: NodeHands, selector: string): Promise<InterruptedJob> {
    const job = new InterruptedJob(cluster, hands, selector);
    job._pods.push(...await job._names());
    return job;
  }

  private readonly _pods: string[] = [];

  private constructor(private readonly _cluster: TestedCluster, private readonly _hands: NodeHands, private readonly _selector: string) {}

  /** Ends its pods, one after the other; what those said whose program was killed. */
  public async interrupt(interruptions: Interruption[]): Promise<string> {
    const said: string[] = [];
    for (const interruption of interruptions) {
      said.push(await this._interrupt(await this._nextPod(), interruption));
    }
    return said.join('');
  }

  /** Waits until the Job has succeeded; what its last pod says. */
  public async succeeds(seconds = 240): Promise<string> {
    await until(`the Job of ${this._selector} has succeeded`, seconds, async () => {
      const conditions = await this._get('jobs', '--output', 'jsonpath={.items[0].status.conditions[?(@.status=="True")].type}');
      if (conditions.includes('Failed')) {
        throw new Error(`it has failed: ${await this._logs(await this._get('pods', '--output', 'name'))}`);
      }
      return conditions.includes('Complete');
    });
    const log = await this._logs(await this._get('pods', '--field-selector', 'status.phase=Succeeded', '--output', 'name'));
    console.log(`${this._cluster.namespace}: ${this._selector}\n${log}`);
    return log;
  }

  private async _interrupt(pod: string, { step, program, milliseconds = 0, how }: Interruption): Promise<string> {
    console.log(`${this._cluster.namespace}: ${how} of ${program} in ${step} of ${pod}`);
    if (how === 'kill -9') {
      await this._hands.atProgram(pod, program, milliseconds, 'KILL');
      await until(`${pod} has failed in ${step}`, 60, async () => /^[1-9]/.test(await this._exitCode(pod, step)));
      return await kubectl('--namespace', this._cluster.namespace, 'logs', pod, '--container', step);
    }
    await this._hands.atProgram(pod, program, milliseconds, 'STOP'); // so that it ends no more while the pod is deleted
    await kubectl('--namespace', this._cluster.namespace, 'delete', 'pod', pod, '--force', '--grace-period', '0');
    return '';
  }

  private async _nextPod(): Promise<string> {
    const pod = await until(`the Job of ${this._selector} has another pod`, 120, async () => {
      return (await this._names()).find((name) => !this._pods.includes(name));
    });
    this._pods.push(pod);
    return pod;
  }

  private async _names(): Promise<string[]> {
    return (await this._get('pods', '--output', 'jsonpath={.items[*].metadata.name}')).split(' ').filter((name) => name !== '');
  }

  private async _exitCode(pod: string, step: string): Promise<string> {
    const field = `[?(@.name=="${step}")].state.terminated.exitCode`;
    return await kubectl('--namespace', this._cluster.namespace, 'get', 'pod', pod, '--output',
      `jsonpath={.status.initContainerStatuses${field}}{.status.containerStatuses${field}}`);
  }

  private async _logs(pods: string): Promise<string> {
    const logs = pods.split('\n').filter((pod) => pod !== '').map(async (pod) => (
      await kubectl('--namespace', this._cluster.namespace, 'logs', pod, '--all-containers', '--tail', '-1').catch(String)));
    return (await Promise.all(logs)).join('');
  }

  private async _get(kind: string, ...args: string[]): Promise<string> {
    return await kubectl('--namespace', this._cluster.namespace, 'get', kind, '--selector', this._selector, ...args);
  }
}
