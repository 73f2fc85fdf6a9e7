import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterContext } from './cluster-context';

/** The ServiceAccount of the members; where the agents set labels, with a Role for the cluster's own pods and nothing else. */
export function renderMemberAccount(scope: Construct, { name, labels, topology, members }: ClusterContext): void {
  const metadata = { name, labels: labels.common };
  new ApiObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
  if (topology.agentLabelsPods) {
    renderRole(scope, 'Role', metadata, [{ apiGroups: [''], resources: ['pods'], resourceNames: members, verbs: ['get', 'patch'] }]);
  }
}

/** A Role of a ServiceAccount that has the same name. */
export function renderRole(scope: Construct, id: string, metadata: { readonly name: string }, rules: Record<string, unknown>[]): void {
  const group = 'rbac.authorization.k8s.io';
  new ApiObject(scope, id, { apiVersion: `${group}/v1`, kind: 'Role', metadata, rules });
  new ApiObject(scope, `${id}Binding`, {
    apiVersion: `${group}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: group, kind: 'Role', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: metadata.name }],
  });
}
