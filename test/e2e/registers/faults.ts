import { TestedCluster } from '../mysql/cluster';
import { kubectl } from '../support/kubectl';
import { Cut, NodeHands } from './node-hands';
import { REGISTERS_POD } from './registers';

/** Faults of a cluster's pods. */
export class Faults {
  public constructor(
    private readonly _cluster: TestedCluster, private readonly _hands: NodeHands, private readonly _statefulSets: string[] = ['mysql'],
  ) {}

  /** SIGKILL for the server. */
  public async kill(pod: string): Promise<void> {
    await this._signal(pod, 'KILL');
  }

  /** SIGKILL for the agent, its first process included. */
  public async killAgent(pod: string): Promise<void> {
    await this._hands.signal(pod, 'agent', 'KILL');
  }

  /** The server does nothing for so many seconds. */
  public async freeze(pod: string, seconds: number): Promise<void> {
    await this.stop(pod);
    await pause(seconds);
    await this.wake(pod);
  }

  /** The server does nothing, until it is woken up. */
  public async stop(pod: string): Promise<void> {
    await this._signal(pod, 'STOP');
  }

  /** The server goes on; if it is not another one by now. */
  public async wake(pod: string): Promise<void> {
    await this._signal(pod, 'CONT').catch(() => undefined);
  }

  /** For so many seconds no packet passes between these members and the others; with `clients`, none between them and clients. */
  public async cut(side: string[], seconds: number, clients: boolean): Promise<void> {
    const cut = new Cut(this._hands);
    const others = this._cluster.members.filter((member) => !side.includes(member));
    await cut.between(side, [...others, ...clients ? [REGISTERS_POD] : []]);
    try {
      await pause(seconds);
    } finally {
      await cut.heal();
    }
  }

  /** The pod is deleted, and has its time to end. */
  public async deletePod(pod: string): Promise<void> {
    await this._run('delete', 'pod', pod);
  }

  /** All processes of these pods end at once. */
  public async destroy(pods: string[]): Promise<void> {
    await this._run('delete', 'pod', ...pods, '--force', '--grace-period', '0');
  }

  /** Every pod is replaced by the next revision of its set. */
  public async roll(): Promise<void> {
    for (const set of this._statefulSets) {
      await this._run('rollout', 'restart', `statefulset/${set}`);
      await this._run('rollout', 'status', `statefulset/${set}`, '--timeout=170s');
    }
  }

  private async _signal(pod: string, signal: string): Promise<void> {
    await this._run('exec', pod, '--container', 'mysqld', '--', 'bash', '-c', `kill -${signal} $(</run/mysqld/mysqld.pid)`);
  }

  private async _run(...args: string[]): Promise<string> {
    return await kubectl('--namespace', this._cluster.namespace, ...args);
  }
}

/** A time of the test's own choosing, not a wait for anything. */
export async function pause(seconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
