import { IConstruct } from 'constructs';
import { fail } from '../private/errors';
import { requireDnsName, requireUnique } from '../private/validation';
import { MySqlDatabase } from './mysql-database';
import { MySqlUser } from './mysql-user';

const DATABASE = /^[A-Za-z0-9_$]{1,64}$/;
const USER = /^[A-Za-z0-9_.-]{1,32}$/; // the account table's limit
const IDENTIFIER = /^[A-Za-z0-9_]+$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const PRIVILEGE = /^[A-Z]+( [A-Z]+)*$/;
const OWN_DATABASES = ['cdk8s_stateful', 'information_schema', 'mysql', 'performance_schema', 'sys'];
const OWN_USERS = ['admin', 'clone', 'monitor', 'mysql.infoschema', 'mysql.session', 'mysql.sys', 'replication', 'root'];
/** Of clusters with Routers besides. */
const OF_ROUTER = { databases: ['mysql_innodb_cluster_metadata'], users: ['router'] };

/** A user with what may be a default filled in. */
export type ResolvedUser = Required<MySqlUser>;

/** Fills in defaults and refuses what SQL would not take, or take wrongly. */
export function resolveUsers(scope: IConstruct, users: MySqlUser[], accountsSecret: string, hasRouters: boolean): ResolvedUser[] {
  const own = ownNames(hasRouters);
  requireUnique(scope, (index) => `users[${index}].name`, users.map(({ name }) => name), 'user name');
  return users.map((user, index) => {
    const property = `users[${index}]`;
    requireMatch(scope, `${property}.name`, user.name, USER, 'be a user name of at most 32 characters', 'use letters, digits, "_", "-" and "."');
    requireOther(scope, `${property}.name`, user.name, own.users, 'the cluster has an account of this name; choose another one');
    const secretName = user.secretName ?? accountsSecret;
    const secretKey = user.secretKey ?? `${user.name}-password`;
    requireDnsName({ scope, property: `${property}.secretName` }, secretName);
    requireMatch(scope, `${property}.secretKey`, secretKey, SECRET_KEY, 'be a key of a Secret', 'use letters, digits, "-", "_" and "."');
    const grants = (user.grants ?? []).map((grant, grantIndex) => {
      const at = `${property}.grants[${grantIndex}]`;
      requireMatch(scope, `${at}.database`, grant.database, DATABASE, 'be the name of a database', 'use letters, digits, "_" and "$"');
      requireOther(scope, `${at}.database`, grant.database, own.databases, 'it belongs to the server; name a database of the application');
      const privileges = grant.privileges ?? ['ALL PRIVILEGES'];
      privileges.forEach((privilege, place) => requireMatch(
        scope, `${at}.privileges[${place}]`, privilege, PRIVILEGE, 'be a privilege as SQL names it', 'write it as in "SELECT" or "CREATE VIEW"',
      ));
      return { database: grant.database, privileges: [...privileges] };
    });
    return { name: user.name, secretName, secretKey, grants };
  });
}

/** What the agent applies (scripts/accounts.sh says how it reads): a line each, fields separated by tabs. */
export function renderDeclaration(scope: IConstruct, databases: MySqlDatabase[], users: ResolvedUser[], hasRouters: boolean): string {
  const own = ownNames(hasRouters);
  requireUnique(scope, (index) => `databases[${index}].name`, databases.map(({ name }) => name), 'database name');
  const lines = databases.map(({ name, characterSet = 'utf8mb4', collation = 'utf8mb4_0900_ai_ci' }, index) => {
    const property = `databases[${index}]`;
    requireMatch(scope, `${property}.name`, name, DATABASE, 'be a database name of at most 64 characters', 'use letters, digits, "_" and "$"');
    requireOther(scope, `${property}.name`, name, own.databases, 'it belongs to the server; choose another one');
    requireMatch(scope, `${property}.characterSet`, characterSet, IDENTIFIER, 'be a character set', 'leave it out for utf8mb4');
    requireMatch(scope, `${property}.collation`, collation, IDENTIFIER, 'be a collation', 'leave it out for utf8mb4_0900_ai_ci');
    return ['database', name, characterSet, collation];
  });
  for (const { name, secretName, secretKey, grants } of users) {
    lines.push(['user', name, `${secretName}/${secretKey}`]);
    grants.forEach(({ database, privileges }) => lines.push(['grant', name, privileges!.join(', '), database]));
  }
  return lines.map((fields) => `${fields.join('\t')}\n`).join('');
}

function ownNames(hasRouters: boolean): { databases: string[]; users: string[] } {
  return {
    databases: [...OWN_DATABASES, ...hasRouters ? OF_ROUTER.databases : []],
    users: [...OWN_USERS, ...hasRouters ? OF_ROUTER.users : []],
  };
}

function requireMatch(scope: IConstruct, property: string, value: string, pattern: RegExp, rule: string, cure: string): void {
  if (!pattern.test(value)) {
    fail(scope, { property, rule, value, cure });
  }
}

function requireOther(scope: IConstruct, property: string, value: string, taken: string[], cure: string): void {
  if (taken.includes(value)) {
    fail(scope, { property, rule: `not be one of ${taken.join(', ')}`, value, cure });
  }
}
