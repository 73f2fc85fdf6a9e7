import { describeScript, Run, Sandbox, sandbox } from '../../support/bash';
import { statements } from './members';

const ACCOUNT = 'SELECT user_name, user_password FROM mysql.slave_master_info';
const CHANGE = /^CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = .* FOR CHANNEL 'group_replication_recovery'$/;

/** A member whose account for the group, and its password, are these. */
function memberWith(account: string, password: string): Sandbox {
  const bash = sandbox({ POD_NAME: 'mysql-2', SERVER_ID_BASE: '1000' }, 'group');
  bash.file('topology/members', 'mysql-0\nmysql-1\nmysql-2\n');
  bash.answers({ command: 'mysql', on: 'local', to: ACCOUNT, says: `${account}\t${password}\n` });
  return bash;
}

function changes({ calls }: Run): string[] {
  return statements(calls).filter((statement) => CHANGE.test(statement));
}

describeScript('the account with which a member speaks to the group', () => {
  test('is its own again before each start, although MySQL Shell made another one: that one may have been dropped since', () => {
    const run = memberWith('mysql_innodb_cluster_1002', 'x').run('agent.sh', 'members; join_group');
    expect(changes(run)).toHaveLength(1);
    expect(statements(run.calls).findIndex((statement) => CHANGE.test(statement)))
      .toBeLessThan(statements(run.calls).findIndex((statement) => statement.includes('START GROUP_REPLICATION')));
    expect(run.log).toEqual(['the account for the group was mysql_innodb_cluster_1002: it is replication again, which all members have']);
  });

  test('is left to MySQL Shell while the member is in the group', () => {
    const run = memberWith('mysql_innodb_cluster_1002', 'x').run('agent.sh', 'keep_recovery_password');
    expect(changes(run)).toEqual([]);
    expect(run.log).toEqual([]);
  });

  test('is set without a word when there is none yet', () => {
    const run = memberWith('', '').run('agent.sh', 'members; join_group');
    expect(changes(run)).toHaveLength(1);
    expect(run.log).toEqual([]);
  });

  test('stays as it is before a start, when it is right', () => {
    const bash = memberWith('replication', '');
    const password = bash.run('lib.sh', 'secret replication-password; printf %s "$REPLY"').output;
    bash.answers({ command: 'mysql', on: 'local', to: ACCOUNT, says: `replication\t${password}\n` });
    expect(changes(bash.run('agent.sh', 'members; join_group'))).toEqual([]);
  });
});
