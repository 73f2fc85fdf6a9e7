import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Labels } from '../../core/labels';

const GROUP = 'rbac.authorization.k8s.io';

/** A ServiceAccount, and a Role of the same name if there are rules. */
export function renderAccount(
  scope: Construct, metadata: { readonly name: string; readonly labels: Labels }, rules: Record<string, unknown>[],
): void {
  new ApiObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
  if (rules.length > 0) {
    new ApiObject(scope, 'Role', { apiVersion: `${GROUP}/v1`, kind: 'Role', metadata, rules });
    new ApiObject(scope, 'RoleBinding', {
      apiVersion: `${GROUP}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: GROUP, kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: metadata.name }],
    });
  }
}
