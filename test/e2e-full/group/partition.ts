import { ApiObject } from 'cdk8s';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart } from '../../e2e/support/own-namespace';

const SIDE = 'e2e-side';

interface Selector {
  matchLabels: Record<string, string>;
  matchExpressions?: { readonly key: string; readonly operator: string }[];
}

interface Rule {
  readonly from?: { readonly podSelector?: Selector }[];
  readonly to?: { readonly podSelector?: Selector }[];
}

interface Policy {
  readonly spec: { readonly podSelector: Selector; readonly ingress: Rule[]; readonly egress: Rule[] };
}

/** A cut through the network between some members and all others. Clients, DNS and the API server reach both sides. */
export class Partition {
  public constructor(private readonly _cluster: TestedCluster) {}

  /**
   * Policies only add up, so that no further one could cut: that of the cluster leaves out the pods of the one side, and another one is for
   * them. Enforcers may leave alone what is connected, so those connections are ended.
   */
  public async cut(side: string[]): Promise<void> {
    const { spec } = JSON.parse(await this._run('get', 'networkpolicy', 'mysql', '--output', 'json')) as Policy;
    const among = (rules: Rule[]) => rules.flatMap(({ from, to }) => from ?? to ?? []).flatMap(({ podSelector }) => podSelector ?? [])
      .filter(({ matchLabels }) => matchLabels['app.kubernetes.io/name'] === 'mysql');
    for (const selector of [...among(spec.ingress), ...among(spec.egress)]) {
      selector.matchExpressions = [{ key: SIDE, operator: 'DoesNotExist' }];
    }
    await this._run('label', 'pod', ...side, `${SIDE}=cut`);
    await this._run('patch', 'networkpolicy', 'mysql', '--type', 'merge', '--patch', JSON.stringify({ spec }));
    await this._allowAmong();
    const others = this._cluster.members.filter((member) => !side.includes(member));
    await Promise.all([...side.map(async (pod) => await this._end(pod, others)), ...others.map(async (pod) => await this._end(pod, side))]);
  }

  public async heal(): Promise<void> {
    await this._run('label', 'pod', '--selector', `${SIDE}=cut`, `${SIDE}-`);
    await this._run('delete', 'networkpolicy', SIDE);
  }

  private async _allowAmong(): Promise<void> {
    const peers = [{ podSelector: { matchLabels: { [SIDE]: 'cut' } } }];
    await applyChart(this._cluster.namespace, (chart) => new ApiObject(chart, 'policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: SIDE },
      spec: {
        podSelector: peers[0].podSelector, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: peers }], egress: [{ to: peers }],
      },
    }));
  }

  /** Ends what members of the other side have connected to a pod. */
  private async _end(pod: string, others: string[]): Promise<void> {
    const addresses = await Promise.all(others.map(async (other) => (
      await this._run('get', 'pod', other, '--output', 'jsonpath={.status.podIP}'))));
    const sessions = await this._cluster.sql(pod, 'SELECT id FROM performance_schema.processlist WHERE user = "replication" AND'
      + ` SUBSTRING_INDEX(host, ":", 1) IN (${addresses.map((address) => `"${address}"`).join()})`);
    for (const session of sessions.split('\n').filter((id) => id !== '')) {
      await this._cluster.sql(pod, `KILL ${session}`).catch(() => ''); // it may be gone by now
    }
  }

  private async _run(...args: string[]): Promise<string> {
    return await kubectl('--namespace', this._cluster.namespace, ...args);
  }
}
