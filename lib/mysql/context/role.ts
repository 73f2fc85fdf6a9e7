import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

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
