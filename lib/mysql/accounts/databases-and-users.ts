import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireOneOf, requireUnique } from '../../core/validation';
import { warn } from '../../core/warnings';
import { MySqlDatabase } from './mysql-database';
import { MySqlUser } from './mysql-user';
import { MySqlUserTls } from './mysql-user-tls';
import { AccountsSecret, PasswordPlace, passwordPlace, requireOwnSecrets } from './password-place';
import { databasePrivileges, globalPrivileges } from './privileges';

const DATABASE = /^[A-Za-z0-9_$-]{1,64}$/;
const USER = /^[A-Za-z0-9_.-]{1,32}$/; // the account table's limit
const IDENTIFIER = /^[A-Za-z0-9_]+$/;
/** The longest name of a database in a grant, in which `_` is escaped. */
const PATTERN_MAX = 64;
const OWN_DATABASES = ['cdk8s_stateful', 'information_schema', 'mysql', 'performance_schema', 'sys'];
const OWN_USERS = ['admin', 'clone', 'monitor', 'mysql.infoschema', 'mysql.session', 'mysql.sys', 'replication', 'root'];

/** The databases and accounts that a cluster reserves. */
export interface OwnNames {
  readonly databases: string[];
  readonly users: string[];
}

/** A user with what may be a default filled in. */
export interface ResolvedUser extends Required<Pick<MySqlUser, 'name' | 'grants' | 'globalPrivileges' | 'tls'>>, PasswordPlace {}

/** Fills in defaults and refuses what SQL would not take, or take wrongly. */
export function resolveUsers(scope: IConstruct, users: MySqlUser[], accounts: AccountsSecret, more: OwnNames): ResolvedUser[] {
  const own = withNamesOfEveryCluster(more);
  requireUnique(scope, (index) => `users[${index}].name`, users.map(({ name }) => name), 'user name');
  const resolved = users.map((user, index) => {
    const property = `users[${index}]`;
    requireMatch(scope, `${property}.name`, user.name, USER, 'be a user name of at most 32 characters', 'use letters, digits, "_", "-" and "."');
    requireOther(scope, `${property}.name`, user.name, own.users, 'the cluster has an account of this name; choose another one');
    const place = passwordPlace(scope, property, user, accounts);
    const grants = (user.grants ?? []).map((grant, grantIndex) => {
      const at = `${property}.grants[${grantIndex}]`;
      requireMatch(scope, `${at}.database`, grant.database, DATABASE, 'be the name of a database', 'use letters, digits, "_", "-" and "$"');
      requireOther(scope, `${at}.database`, grant.database, own.databases, 'it belongs to the server; name a database of the application');
      requirePattern(scope, `${at}.database`, grant.database);
      return { database: grant.database, privileges: databasePrivileges(scope, `${at}.privileges`, grant.privileges) };
    });
    const tls = user.tls ?? MySqlUserTls.REQUIRED;
    requireOneOf({ scope, property: `${property}.tls` }, tls, Object.values(MySqlUserTls), 'use MySqlUserTls');
    if (tls === MySqlUserTls.OPTIONAL) {
      warn(scope, `${property}: connections of ${user.name} may go without TLS, so that its data can be read on the network, and the servers`
      + ' themselves refuse no connection without TLS: every other account has REQUIRE SSL');
    }
    return {
      ...place, name: user.name, grants, tls,
      globalPrivileges: globalPrivileges(scope, `${property}.globalPrivileges`, user.globalPrivileges),
    };
  });
  requireOwnSecrets(scope, resolved, accounts);
  return resolved;
}

/** Whether an account of the application may connect without TLS, so that the servers must not refuse that themselves. */
export function tlsIsOptional(users: ResolvedUser[]): boolean {
  return users.some(({ tls }) => tls === MySqlUserTls.OPTIONAL);
}

/** The declaration that the agent applies (read by scripts/shared/declared.sh): one line each, fields separated by tabs. */
export function renderDeclaration(
  scope: IConstruct, databases: MySqlDatabase[], users: ResolvedUser[], more: OwnNames, accounts: string[] = [],
): string {
  const own = withNamesOfEveryCluster(more);
  requireUnique(scope, (index) => `databases[${index}].name`, databases.map(({ name }) => name), 'database name');
  const lines = databases.map(({ name, characterSet = 'utf8mb4', collation = 'utf8mb4_0900_ai_ci' }, index) => {
    const property = `databases[${index}]`;
    requireMatch(scope, `${property}.name`, name, DATABASE, 'be a database name of at most 64 characters', 'use letters, digits, "_", "-" and "$"');
    requireOther(scope, `${property}.name`, name, own.databases, 'it belongs to the server; choose another one');
    requireMatch(scope, `${property}.characterSet`, characterSet, IDENTIFIER, 'be a character set', 'leave it out for utf8mb4');
    requireMatch(scope, `${property}.collation`, collation, IDENTIFIER, 'be a collation', 'leave it out for utf8mb4_0900_ai_ci');
    return ['database', name, characterSet, collation];
  });
  accounts.forEach((name) => lines.push(['account', name]));
  for (const user of users) {
    lines.push(['user', user.name, `${user.secretName}/${user.secretKey}`, ...user.tls === MySqlUserTls.OPTIONAL ? ['optional'] : []]);
    user.grants.forEach(({ database, privileges }) => lines.push(['grant', user.name, privileges!.join(', '), database]));
    if (user.globalPrivileges.length > 0) {
      lines.push(['global', user.name, user.globalPrivileges.join(', ')]);
    }
  }
  return lines.map((fields) => `${fields.join('\t')}\n`).join('');
}

/** Refuses names of databases of which none can be one of an application. */
export function requireDatabaseNames(scope: IConstruct, property: string, names: string[]): void {
  requireUnique(scope, (index) => `${property}[${index}]`, names, 'database name');
  const own = withNamesOfEveryCluster({ databases: [], users: [] });
  names.forEach((name, index) => {
    requireMatch(scope, `${property}[${index}]`, name, DATABASE, 'be the name of a database', 'use letters, digits, "_", "-" and "$"');
    requireOther(scope, `${property}[${index}]`, name, own.databases, 'it belongs to the server; name a database of the application');
  });
}

function withNamesOfEveryCluster({ databases, users }: OwnNames): OwnNames {
  return { databases: [...OWN_DATABASES, ...databases], users: [...OWN_USERS, ...users] };
}

function requireMatch(scope: IConstruct, property: string, value: string, pattern: RegExp, rule: string, fix: string): void {
  if (!pattern.test(value)) {
    fail(scope, { property, rule, value, fix });
  }
}

function requireOther(scope: IConstruct, property: string, value: string, taken: string[], fix: string): void {
  if (taken.includes(value)) {
    fail(scope, { property, rule: `not be one of ${taken.join(', ')}`, value, fix });
  }
}

/** In a grant the name is a pattern, in which `_` is escaped: longer than the name. */
function requirePattern(scope: IConstruct, property: string, database: string): void {
  if (database.replaceAll('_', '\\_').length > PATTERN_MAX) {
    fail(scope, {
      property, rule: `be at most ${PATTERN_MAX} characters long with each "_" counted twice`, value: database,
      fix: 'a grant escapes each "_", and the server keeps no longer name of it; choose a shorter name for the database',
    });
  }
}
