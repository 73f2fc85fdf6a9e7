import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterContext } from '../context/cluster-context';
import { renderRole } from '../context/role';

/** The ServiceAccount of the members; where the agents set labels, with a Role for the cluster's own pods and nothing else. */
export function renderMemberAccount(scope: Construct, { name, labels, topology, members }: ClusterContext): void {
  const metadata = { name, labels: labels.common };
  new ApiObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
  if (topology.agentLabelsPods) {
    renderRole(scope, 'Role', metadata, [{ apiGroups: [''], resources: ['pods'], resourceNames: members, verbs: ['get', 'patch'] }]);
  }
}
