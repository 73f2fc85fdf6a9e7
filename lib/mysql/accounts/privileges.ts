import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';

/** All privileges of a database, but for GRANT OPTION, which is none of ALL PRIVILEGES: as in scripts/shared/reconcile.sh. */
const OF_DATABASE = [
  'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'REFERENCES', 'INDEX', 'ALTER', 'CREATE TEMPORARY TABLES', 'LOCK TABLES',
  'EXECUTE', 'CREATE VIEW', 'SHOW VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'EVENT', 'TRIGGER',
];
const ALL = 'ALL PRIVILEGES';
const WRITTEN = /^[A-Z]+([ _][A-Z]+)*$/;

const WRITES = 'on everything it reaches the server\'s own tables; name the databases under grants';
const ACCOUNTS = 'it changes accounts of the cluster';
const SETTINGS = 'it changes what the cluster enforces of the server\'s configuration';
const ROLES = 'it changes which server is the source or the primary, and where that has its data from';
const AROUND = 'it gets around the fence and the rules that keep clients away from a server';
/** Privileges on everything that no user of the application may have, and why. */
const REFUSED: Record<string, string> = {
  ALL: WRITES,
  [ALL]: WRITES,
  ALTER: WRITES,
  'ALTER ROUTINE': WRITES,
  CREATE: WRITES,
  'CREATE ROUTINE': WRITES,
  'CREATE VIEW': WRITES,
  DELETE: WRITES,
  DROP: WRITES,
  INDEX: WRITES,
  INSERT: WRITES,
  REFERENCES: WRITES,
  UPDATE: WRITES,
  ALLOW_NONEXISTENT_DEFINER: ACCOUNTS,
  AUTHENTICATION_POLICY_ADMIN: ACCOUNTS,
  'CREATE ROLE': ACCOUNTS,
  'CREATE USER': ACCOUNTS,
  'DROP ROLE': ACCOUNTS,
  FLUSH_PRIVILEGES: ACCOUNTS,
  'GRANT OPTION': ACCOUNTS,
  PASSWORDLESS_USER_ADMIN: ACCOUNTS,
  PROXY: ACCOUNTS,
  ROLE_ADMIN: ACCOUNTS,
  SET_ANY_DEFINER: ACCOUNTS,
  SET_USER_ID: ACCOUNTS,
  SYSTEM_USER: ACCOUNTS,
  BINLOG_ENCRYPTION_ADMIN: SETTINGS,
  ENCRYPTION_KEY_ADMIN: SETTINGS,
  INNODB_REDO_LOG_ENABLE: SETTINGS,
  PERSIST_RO_VARIABLES_ADMIN: SETTINGS,
  SESSION_VARIABLES_ADMIN: SETTINGS,
  SYSTEM_VARIABLES_ADMIN: SETTINGS,
  TABLE_ENCRYPTION_ADMIN: SETTINGS,
  BINLOG_ADMIN: ROLES,
  CLONE_ADMIN: ROLES,
  GROUP_REPLICATION_ADMIN: ROLES,
  GROUP_REPLICATION_STREAM: ROLES,
  REPLICATION_APPLIER: ROLES,
  REPLICATION_SLAVE_ADMIN: ROLES,
  SHUTDOWN: ROLES,
  SUPER: ROLES,
  TRANSACTION_GTID_TAG: ROLES,
  CONNECTION_ADMIN: AROUND,
  FIREWALL_ADMIN: AROUND,
  FIREWALL_EXEMPT: AROUND,
  SERVICE_CONNECTION_ADMIN: AROUND,
  'CREATE TABLESPACE': 'all data lies in the data folder',
  FILE: 'SQL reads and writes no files of the server',
  USAGE: 'it is no privilege; an account without any may log in',
};

/** The privileges of a grant on a database, which are all when none are named. */
export function databasePrivileges(scope: IConstruct, property: string, privileges: string[] = [ALL]): string[] {
  const named = privileges.map((privilege) => (privilege === 'ALL' ? ALL : privilege));
  requireSome(scope, property, named, `leave it out for ${ALL}`);
  named.forEach((privilege, index) => {
    const at = `${property}[${index}]`;
    requireWritten(scope, at, privilege);
    if (![...OF_DATABASE, ALL, 'GRANT OPTION'].includes(privilege)) {
      fail(scope, {
        property: at, rule: `be a privilege of a database: one of ${[...OF_DATABASE, ALL, 'GRANT OPTION'].join(', ')}`, value: privilege,
        fix: 'what is granted on everything goes into globalPrivileges',
      });
    }
    if (privilege === ALL && named.length > 1) {
      fail(scope, { property: at, rule: 'stand alone', value: privilege, fix: 'it has the others in it; leave those out' });
    }
  });
  return named;
}

/** Privileges on everything. */
export function globalPrivileges(scope: IConstruct, property: string, privileges: string[] | undefined): string[] {
  if (privileges === undefined) {
    return [];
  }
  requireSome(scope, property, privileges, 'leave it out for none');
  privileges.forEach((privilege, index) => {
    const at = `${property}[${index}]`;
    requireWritten(scope, at, privilege);
    if (Object.hasOwn(REFUSED, privilege)) {
      fail(scope, {
        property: at, rule: 'be a privilege that leaves the cluster to itself', value: privilege,
        fix: `${REFUSED[privilege]}; leave it out, or do as admin what needs it`,
      });
    }
  });
  return [...privileges];
}

function requireSome(scope: IConstruct, property: string, privileges: string[], fix: string): void {
  if (privileges.length === 0) {
    fail(scope, { property, rule: 'name a privilege', value: privileges, fix });
  }
}

function requireWritten(scope: IConstruct, property: string, privilege: string): void {
  if (!WRITTEN.test(privilege)) {
    fail(scope, { property, rule: 'be a privilege as SQL names it', value: privilege, fix: 'write it as in "SELECT" or "CREATE VIEW"' });
  }
}
