import { Answer, Run, Sandbox } from '../../support/bash';
import { MEMBERS, routerPod, Said, surveyed } from './router-group';

export const GROUP: Record<string, Said> = { 'mysql-0': { role: 'PRIMARY' }, 'mysql-1': {}, 'mysql-2': {} };
export const WHOLE = ['metadata', 1, 1, '-', '-'];
export const READY = 'ready: ADOPTED: the metadata has mysql-0 mysql-1 mysql-2, and Router may read it';
export const GRANT = `GRANT INSERT, UPDATE, DELETE ON mysql_innodb_cluster_metadata.routers TO router@'%'`;
export const TELLS = 'SELECT \'end\'';

/** What the primary tells of the account of Router: all that it needs, and what it may do with tables of the metadata. */
export function accountFacts(without: RegExp = /^$/, tables: string[] = []): string {
  const read = ['global_variables', 'replication_group_members', 'replication_group_member_stats'];
  const objects = [
    '*.* USAGE', 'mysql_innodb_cluster_metadata.* SELECT', 'mysql_innodb_cluster_metadata.* EXECUTE',
    ...read.map((table) => `performance_schema.${table} SELECT`),
  ];
  return [
    'server\t1\t0\t0',
    'account\trouter@%\tcaching_sha2_password\tNONE\tWITH MAX_USER_CONNECTIONS 100000 PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 '
    + 'PASSWORD REUSE INTERVAL 0 DAY PASSWORD REQUIRE CURRENT OPTIONAL FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 ACCOUNT UNLOCK',
    ...objects.map((granted) => `privilege\trouter@%\t${granted.replace(' ', '\t')}\tNO`),
    ...tables.map((table) => `table\tmysql_innodb_cluster_metadata.${table}`), 'end',
  ].filter((line) => !without.test(line)).map((line) => `${line}\n`).join('');
}

/** What the metadata says, in turn; without an answer there is none. */
export interface Seen {
  readonly group?: Record<string, Said>;
  readonly metadata?: (string | number)[][];
  readonly exists?: string[];
  readonly account?: string[];
  readonly recovery?: string;
  readonly others?: Answer[];
}

export function pod(seen: Seen = {}): Sandbox {
  const { group = GROUP, metadata = [WHOLE], exists = ['1'], account = [accountFacts()], recovery = 'replication', others = [] } = seen;
  const bash = routerPod();
  bash.answers(
    ...others,
    { command: 'mysql', on: 'mysql-0', to: 'information_schema.tables WHERE', says: exists.map((count) => `${count}\n`) },
    { command: 'mysql', on: 'mysql-0', to: `'metadata'`, says: metadata.map((row) => `${row.join('\t')}\n`) },
    { command: 'mysql', on: 'mysql-0', to: TELLS, says: account },
    { command: 'mysql', on: 'mysql-0', to: 'cdk8s_stateful.adopt', says: '1\n' },
    ...MEMBERS.map((on): Answer => ({ command: 'mysql', on, to: 'SELECT user_name', says: `${recovery}\n` })),
    ...Object.entries(group).flatMap(([member, said]) => surveyed(member, said)),
  );
  return bash;
}

// Time stands still, unless a test sets it.
export function tick(bash: Sandbox, shell = 'tick'): Run {
  return bash.run('adopt.sh', `unset SECONDS; SECONDS=100; ${shell}`);
}

export function shells({ calls }: Run): string[] {
  return calls.filter(({ command }) => command === 'mysqlsh').map((call) => call.arguments.replace(/^.*\/adopt\.py /, ''));
}
