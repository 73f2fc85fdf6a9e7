import { command, kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';

/** The commands that end a node at once, as if it lost power, and that start it again; they are given its name. */
const { NODE_KILL, NODE_START } = process.env;

/** A node that the tests may let die. */
export class MortalNode {
  /** Why there can be none here; undefined when there can. */
  public static impossible(): string | undefined {
    return NODE_KILL && NODE_START ? undefined : 'NODE_KILL and NODE_START name no commands that end and start a node';
  }

  /** The last node that does not run the cluster's DNS, which would be gone with it. */
  public static async choose(): Promise<MortalNode> {
    const nodes = (await kubectl('get', 'nodes', '--output', 'jsonpath={.items[*].metadata.name}')).split(' ');
    const dns = (await kubectl('--namespace', 'kube-system', 'get', 'pods', '--selector', 'k8s-app=kube-dns', '--output',
      'jsonpath={.items[*].spec.nodeName}')).split(' ');
    const name = nodes.filter((node) => !dns.includes(node)).at(-1);
    if (name === undefined || nodes.length < 2) {
      throw new Error(`the cluster needs a second node, which does not run its DNS; it has ${nodes.join(', ')}, DNS runs on ${dns.join(', ')}`);
    }
    return new MortalNode(name);
  }

  private _dead = false;

  private constructor(public readonly name: string) {}

  /** Ends the node. */
  public async kill(): Promise<void> {
    this._dead = true;
    await this._run(NODE_KILL!);
  }

  /** Waits until Kubernetes has noticed. */
  public async noticed(): Promise<void> {
    await until(`${this.name} is not ready`, 120, async () => await this._ready() !== 'True');
  }

  /** Starts the node again, if it is dead, and waits until it is ready. */
  public async start(): Promise<void> {
    if (this._dead) {
      await this._run(NODE_START!);
      await until(`${this.name} is ready`, 120, async () => await this._ready() === 'True');
      this._dead = false;
    }
  }

  private async _ready(): Promise<string> {
    return await kubectl('get', 'node', this.name, '--output', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}');
  }

  private async _run(words: string): Promise<void> {
    await command('bash', ['-c', `${words} "$1"`, 'node', this.name]);
  }
}
