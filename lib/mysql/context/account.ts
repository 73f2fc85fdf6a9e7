import { isDeepStrictEqual } from 'util';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Labels } from '../../core/labels';

const GROUP = 'rbac.authorization.k8s.io';

/** The identity of pods at the API server, and their permissions. */
export interface Account {
  readonly name: string;
  readonly labels: Labels;
  readonly rules: Record<string, unknown>[];
}

/**
 * A ServiceAccount for each account. Accounts with the same rules share a Role, which has the name of the first of them. Accounts without
 * rules have none.
 */
export function renderAccounts(scope: Construct, accounts: Account[]): void {
  for (const { name, labels } of accounts) {
    new ApiObject(scope, `ServiceAccount-${name}`, {
      apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, labels }, automountServiceAccountToken: false,
    });
  }
  const withRules = accounts.filter(({ rules }) => rules.length > 0);
  const sharing = (account: Account) => withRules.filter(({ rules }) => isDeepStrictEqual(rules, account.rules));
  withRules.filter((account) => sharing(account)[0] === account).forEach((account) => renderRole(scope, sharing(account)));
}

function renderRole(scope: Construct, accounts: Account[]): void {
  const [{ name, labels, rules }] = accounts;
  const metadata = { name, labels };
  new ApiObject(scope, `Role-${name}`, { apiVersion: `${GROUP}/v1`, kind: 'Role', metadata, rules });
  new ApiObject(scope, `RoleBinding-${name}`, {
    apiVersion: `${GROUP}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: GROUP, kind: 'Role', name },
    subjects: accounts.map((account) => ({ kind: 'ServiceAccount', name: account.name })),
  });
}
