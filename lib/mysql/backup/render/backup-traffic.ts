import { INetworkPolicyPeer, NetworkPolicyPort } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../../../core/errors';
import { NetworkIsolation } from '../../../network/network-isolation';
import { PeerOptions } from '../../../network/peer-options';
import { NetworkRules } from '../../../network/render/network-policy';
import { NetworkRule, renderNetworkRule } from '../../../network/render/network-rule';
import { MYSQL_PORT, RECIPIENT_PORT } from '../../constants/ports';
import { ClusterContext } from '../../context/cluster-context';
import { Component, componentLabels } from '../../context/component-labels';

/** What the members of a cluster must let in and out for its backups. */
export interface MemberRules {
  readonly from: NetworkRule[];
  readonly to: NetworkRule[];
}

const SERVER_PORTS = [MYSQL_PORT, RECIPIENT_PORT].map((port) => ({ port }));

/** The pods of a component, as a peer. */
function podsOf(scope: Construct, context: ClusterContext, component: Component): Record<string, unknown> {
  return { podSelector: { matchLabels: componentLabels(scope, context, component).selector } };
}

/** The rules of members for the components that reach them. The server with restored data is reached by them. */
export function memberRules(scope: Construct, context: ClusterContext, components: Component[]): MemberRules {
  const reaching = components.filter((component) => ['archive', 'backup', 'restore'].includes(component));
  return {
    from: reaching.length === 0 ? [] : [{ peers: reaching.map((component) => podsOf(scope, context, component)), ports: SERVER_PORTS }],
    to: components.includes('restore') ? [{ peers: [podsOf(scope, context, 'restore')], ports: [{ port: MYSQL_PORT }] }] : [],
  };
}

/** The policies of the pods of backups. A policy knows no names: the store is its port at any address, until a peer is named. */
export class BackupTraffic {
  private readonly _anyStore: NetworkRule[];
  private readonly _egress: NetworkRule[][] = [];

  public constructor(private readonly _scope: Construct, private readonly _context: ClusterContext, private readonly _port?: number) {
    this._anyStore = _port === undefined ? [] : [{ peers: [], ports: [{ port: _port }] }];
  }

  /** The policy of pods that reach the store, and perhaps the members, and that members may reach. It has the name of the first. */
  public render(components: Component[], ofMembers: { readonly reaches: boolean; readonly isReached: boolean }): void {
    if (components.length === 0) {
      return;
    }
    const { labels, isolation, name } = this._context;
    const sets = components.map((component) => componentLabels(this._scope, this._context, component));
    const [key] = Object.keys(sets[0].selector);
    const members = { podSelector: { matchLabels: labels.selector } };
    const to = [...ofMembers.reaches ? [{ peers: [members], ports: SERVER_PORTS }] : [], ...this._anyStore];
    this._egress.push(to);
    new NetworkRules(new Construct(this._scope, `${components[0]}-traffic`), {
      name: `${name}-${components[0]}`,
      labels: sets[0],
      podSelector: sets.length === 1 ? undefined : {
        matchExpressions: [{ key, operator: 'In', values: sets.map(({ selector }) => selector[key]) }],
      },
      isolation,
      ports: [],
      clients: 'nobody',
      always: { from: ofMembers.isReached ? [{ peers: [members], ports: [{ port: MYSQL_PORT }] }] : [], to },
    });
  }

  /** Names the store, in place of its port at any address. Policies are rendered after it. */
  public allowStoreTo(peer: INetworkPolicyPeer, options: PeerOptions): void {
    if (this._port === undefined) {
      fail(this._scope, {
        property: 'backups', rule: 'have a store that pods reach by network where allowStoreTo names it', value: 'a volume',
        fix: 'leave the call out: nodes mount volumes, whatever policies say',
      });
    }
    if (this._context.isolation === NetworkIsolation.NONE) {
      fail(this._scope, {
        property: 'isolation', rule: 'be NetworkIsolation.POLICY where allowStoreTo names a peer', value: this._context.isolation,
        fix: 'leave isolation out, or the call of allowStoreTo',
      });
    }
    const rule = renderNetworkRule(this._scope, 'allowStoreTo', peer, options.ports ?? [NetworkPolicyPort.tcp(this._port)]);
    for (const to of this._egress) {
      const others = to.filter((other) => !this._anyStore.includes(other));
      to.splice(0, to.length, ...others, rule);
    }
  }
}
