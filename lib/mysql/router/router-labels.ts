import { Construct } from 'constructs';
import { LabelSet, labelSet } from '../../core/labels';
import { NetworkRule } from '../../network/render/network-rule';
import { ClusterContext } from '../cluster-context';
import { MYSQL_PORT } from '../server-constants';

type Named = Pick<ClusterContext, 'name' | 'props'>;

/** The labels of the pods of Router, or of what keeps the metadata for it. */
export function routerLabels(scope: Construct, { name, props }: Named, component: 'router' | 'adoption'): LabelSet {
  return labelSet(scope, { name: `${name}-${component}`, component, extra: props.labels });
}

/** What members must let in where there are Routers. */
export function routerPeers(scope: Construct, context: ClusterContext): NetworkRule[] {
  if (context.topology.routers === undefined) {
    return [];
  }
  return [{
    peers: (['router', 'adoption'] as const).map((component) => (
      { podSelector: { matchLabels: routerLabels(scope, context, component).selector } }
    )),
    ports: [{ port: MYSQL_PORT, protocol: 'TCP' }],
  }];
}
