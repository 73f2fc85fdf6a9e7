import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { nameOrHeld } from '../../core/held-objects';
import { isDnsName, requireDnsName } from '../../core/validation';
import { MySqlUser } from './mysql-user';

const SECRET_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
/** The key of the password in a Secret that holds one user, as applications and the Service Binding specification know it. */
export const PASSWORD_KEY = 'password';

/** The Secret of the cluster's own accounts. */
export interface AccountsSecret {
  readonly clusterName: string;
  readonly secretName: string;
  /** Whether a Job of the cluster makes it, and the Secrets of users. */
  readonly isGenerated: boolean;
}

/** The place of a user's password. */
export interface PasswordPlace {
  readonly secretName: string;
  readonly secretKey: string;
  /** Whether the Secret holds this user alone and a Job of the cluster makes it. */
  readonly isGenerated: boolean;
}

/**
 * The Secret that the user names. Otherwise, where a Job makes the Secrets, one of the user's own; where another tool makes the Secret of
 * the accounts, that one.
 */
export function passwordPlace(scope: IConstruct, property: string, user: MySqlUser, accounts: AccountsSecret): PasswordPlace {
  const named = nameOrHeld({ scope, property: `${property}.secretName` }, user.secretName, user.secret);
  if (accounts.isGenerated && named === undefined && user.secretKey === undefined) {
    const secretName = `${accounts.clusterName}-user-${user.name.toLowerCase().replaceAll('_', '-')}`;
    if (!isDnsName(secretName)) {
      fail(scope, {
        property: `${property}.secretName`, rule: 'be named where the name of the user makes none of a Secret', value: user.name,
        fix: `${JSON.stringify(secretName)} is no DNS name; name another one, and the key of the password in secretKey`,
      });
    }
    return { secretName, secretKey: PASSWORD_KEY, isGenerated: true };
  }
  const secretName = named ?? accounts.secretName;
  const secretKey = user.secretKey ?? `${user.name}-password`;
  requireDnsName({ scope, property: `${property}.secretName` }, secretName);
  if (!SECRET_KEY.test(secretKey)) {
    fail(scope, {
      property: `${property}.secretKey`, rule: 'be a key of a Secret', value: secretKey, fix: 'use letters, digits, "-", "_" and "."',
    });
  }
  return { secretName, secretKey, isGenerated: false };
}

/** The Secrets that a Job makes, each for one user. */
export function generatedSecrets(users: PasswordPlace[]): string[] {
  return users.filter(({ isGenerated }) => isGenerated).map(({ secretName }) => secretName);
}

/** A Secret that a Job makes for one user is no other's. */
export function requireOwnSecrets(scope: IConstruct, users: (PasswordPlace & { readonly name: string })[], accounts: AccountsSecret): void {
  const owners = new Map([[accounts.secretName, 'the Secret of the accounts']]);
  users.filter(({ isGenerated }) => !isGenerated).forEach(({ name, secretName }) => owners.set(secretName, `the Secret of the user ${name}`));
  users.forEach(({ name, secretName, isGenerated }, index) => {
    const owner = owners.get(secretName);
    if (isGenerated && owner !== undefined) {
      fail(scope, {
        property: `users[${index}].secretName`, rule: 'be named where the Secret of another account has the name', value: secretName,
        fix: `${owner} has it; name another one, and the key of the password in secretKey`,
      });
    }
    owners.set(secretName, `the Secret of the user ${name}`);
  });
}
