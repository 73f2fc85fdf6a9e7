import { ResolvedUser } from '../accounts/databases-and-users';
import { MySqlUserTls } from '../accounts/mysql-user-tls';
import { PASSWORD_KEY } from '../accounts/password-place';
import { MYSQL_PORT } from '../constants/ports';
import { ClusterNames } from './cluster-names';

/** Stands for the password in the text of a key, as scripts/shared/user-secrets.sh reads it. */
const PASSWORD = '<password>';
const IN_KEYS = /^[-._a-zA-Z0-9]+$/;

/** What a key depends on: the endpoint, and the database unless it is the first one of the user. */
export interface Endpoint {
  readonly isReadOnly: boolean;
  readonly database?: string;
}

/** The values of a connection, and the keys under which the Secret of the user has them. */
export type ConnectionValue = 'host' | 'port' | 'username' | 'password' | 'database' | 'uri' | 'ssl-mode' | 'type' | 'provider';

/** The databases in which a user has privileges, in the order of its grants. */
export function databasesOf({ grants }: ResolvedUser): string[] {
  return [...new Set(grants.map(({ database }) => database))];
}

/** The key of a value in the Secret of a user; undefined where a connection has no such value. */
export function keyOf(user: ResolvedUser, value: ConnectionValue, { isReadOnly, database }: Endpoint): string | undefined {
  const [first] = databasesOf(user);
  const prefix = database === first || database === undefined ? '' : `${database}.`;
  switch (value) {
    case 'host': return isReadOnly ? 'read-only-host' : 'host';
    case 'database': return database === undefined ? undefined : `${prefix}database`;
    case 'uri': return `${prefix}${isReadOnly ? 'read-only-uri' : 'uri'}`;
    case 'password': return user.secretKey;
    default: return value;
  }
}

/** Whether the name of a database can be a part of a key. */
export function isInKeys(database: string): boolean {
  return IN_KEYS.test(database);
}

/**
 * The keys of the Secret of a user beside its password, with the names of the Service Binding specification where it has one.
 *
 * @see https://servicebinding.io/spec/core/1.1.0/#well-known-secret-entries
 */
export function connectionFacts(names: ClusterNames, user: ResolvedUser, hasAuthority: boolean): Record<string, string> {
  const [first, ...others] = databasesOf(user);
  const secured = hasAuthority ? 'VERIFY_IDENTITY' : 'REQUIRED';
  return {
    type: 'mysql',
    provider: 'cdk8s-stateful',
    host: names.inDns(names.readWrite),
    'read-only-host': names.inDns(names.readOnly),
    port: String(MYSQL_PORT),
    username: user.name,
    ...first === undefined ? {} : { database: first },
    ...Object.fromEntries(others.filter(isInKeys).map((database) => [`${database}.database`, database])),
    'ssl-mode': user.tls === MySqlUserTls.OPTIONAL ? 'PREFERRED' : secured,
  };
}

/** The keys whose text holds the password. */
function connectionUris(names: ClusterNames, user: ResolvedUser): Record<string, string> {
  const [first = '', ...others] = databasesOf(user);
  const uri = (service: string, database: string) => `mysql://${user.name}:${PASSWORD}@${names.inDns(service)}:${MYSQL_PORT}/${database}`;
  const uris = (database: string, prefix: string) => [
    [`${prefix}uri`, uri(names.readWrite, database)], [`${prefix}read-only-uri`, uri(names.readOnly, database)],
  ];
  return Object.fromEntries([
    ...uris(first, ''), ...others.filter(isInKeys).flatMap((database) => uris(database, `${database}.`)),
  ]) as Record<string, string>;
}

/** The Secrets that the Job makes for users (read by scripts/shared/user-secrets.sh): one line each, fields separated by blanks. */
export function renderUserSecrets(names: ClusterNames, users: ResolvedUser[], hasAuthority: boolean): string {
  return users.filter(({ isGenerated }) => isGenerated).flatMap((user) => [
    `secret ${user.secretName} ${user.name}-${PASSWORD_KEY}`,
    ...Object.entries({ ...connectionFacts(names, user, hasAuthority), ...connectionUris(names, user) })
      .map(([key, text]) => `key ${key} ${text}`),
  ]).map((line) => `${line}\n`).join('');
}
