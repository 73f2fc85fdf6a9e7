import { Answer, describeScript, Run } from '../../support/bash';
import { member, REPLICA, SOURCE, statements } from './members';

const SECRET = 'd6a3e3ff';
const OLD = '\'root\'@\'localhost\'\n';
const WAIT = '; wait until the agent reports the new passwords';
const TWO_OF_ROOT: Answer = { command: 'mysql', to: 'AND user = \'root\'', says: OLD };
const TWO_OF_OTHERS: Answer = { command: 'mysql', to: 'AND user <> \'root\'', says: '\'app\'@\'%\'\n\'clone\'@\'%\'\n' };
const CLOSED: Answer = { command: 'mysql', to: 'SELECT @@GLOBAL.read_only', says: '1\n' };
const OPEN: Answer = { command: 'mysql', to: 'SELECT @@GLOBAL.read_only', says: '0\n' };
const ROOT = ['SET SESSION sql_log_bin = 0; SET GLOBAL super_read_only = OFF;\nALTER USER \'root\'@\'localhost\' DISCARD OLD PASSWORD;',
  'SET GLOBAL super_read_only = @@GLOBAL.read_only'];

function discard(name: string, ...answers: Answer[]): Run {
  const bash = member(name);
  bash.password('secrets/replication-password', SECRET);
  bash.password('secrets/root-password', 'rootword');
  bash.file('run/root.cnf', '[client]\nuser=root\npassword="rootword"\n');
  bash.answers(...answers, TWO_OF_ROOT, TWO_OF_OTHERS);
  return bash.runProgram('discard-passwords.sh');
}

/** What `mysql.slave_master_info` says: of each channel, its user and password; as the query would choose. */
function channels(...rows: [channel: string, user: string, password: string][]): Answer {
  const all = rows.map(([channel, user, password]) => `[[ $input != *"${channel === '' ? 'channel_name = \'\'' : channel}"* || `
    + `( $input == *"user_name = 'replication'"* && '${channel}' != '' && ${user} != replication ) ]] || echo '${password}'; `);
  return { command: 'mysql', to: 'slave_master_info', does: all.join('') };
}

describeScript('discard-passwords.sh', () => {
  test('on a replica ends the old password of its root only, and leaves super_read_only as it was', () => {
    const { status, log, calls } = discard(REPLICA, CLOSED, channels(['', 'replication', SECRET]));
    expect({ status, log }).toEqual({ status: 0, log: ['the old passwords are no longer valid: \'root\'@\'localhost\''] });
    expect(statements(calls)).toEqual(ROOT);
  });

  test('on the source ends those of all accounts', () => {
    const { status, calls } = discard(SOURCE, OPEN, channels());
    expect(status).toBe(0);
    expect(statements(calls)).toEqual([...ROOT,
      'ALTER USER \'app\'@\'%\' DISCARD OLD PASSWORD;\nALTER USER \'clone\'@\'%\' DISCARD OLD PASSWORD;']);
  });

  test('switches super_read_only back when the server does not take it', () => {
    const { status, log, calls } = discard(REPLICA, { command: 'mysql', to: 'DISCARD OLD PASSWORD', status: 1 }, CLOSED, channels());
    expect(status).not.toBe(0);
    expect(log).toEqual([]);
    expect(statements(calls)).toEqual(ROOT);
  });

  test.each<[string, Answer[], string]>([
    ['a password is not in force',
      [{ command: 'mysql', on: 'login', to: 'user=clone', status: 1, does: 'echo "ERROR 1045 (28000): no" >&2' }],
      `the password of clone is not the one of the Secret yet${WAIT}`],
    ['a receiver has the old one', [channels(['', 'replication', 'old'])], `the receiver does not use the password of the Secret yet${WAIT}`],
    ['a member of a group has the old one', [channels(['group_replication_recovery', 'replication', 'old'])],
      `the receiver does not use the password of the Secret yet${WAIT}`],
    ['the server does not say which one the receiver has', [{ command: 'mysql', to: 'slave_master_info', status: 1 }],
      `cannot read which password the receiver uses${WAIT}`],
  ])('refuses while %s', (_, answers, reason) => {
    const { status, log, calls } = discard(REPLICA, ...answers, CLOSED);
    expect({ status, log }).toEqual({ status: 1, log: [`ERROR: refused: ${reason}`] });
    expect(statements(calls)).toEqual([]);
  });

  test('refuses while it cannot be told which passwords are in force', () => {
    const away: Answer = { command: 'mysql', on: 'login', to: 'user=clone', status: 1, does: 'echo "ERROR 2003 (HY000): no" >&2' };
    const { status, log, calls } = discard(REPLICA, away, CLOSED);
    expect(status).toBe(1);
    expect(log).toEqual([
      'cannot check whether the password of clone is in force: ERROR 2003 (HY000): no',
      `ERROR: refused: cannot check whether the password of clone is that of the Secret${WAIT}`,
    ]);
    expect(statements(calls)).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['of a group with the new one', channels(['group_replication_recovery', 'replication', SECRET])],
    ['of a group that MySQL Shell gave an account', channels(['group_replication_recovery', 'mysql_innodb_cluster_1000', 'x'])],
  ])('goes on at a member %s', (_, answer) => {
    expect(discard(REPLICA, answer, CLOSED).status).toBe(0);
  });

  test('does not take an answer that it does not know for an open server', () => {
    const { calls } = discard(REPLICA, { command: 'mysql', to: 'SELECT @@GLOBAL.read_only', says: '' }, channels());
    expect(statements(calls)).toEqual(ROOT);
  });
});
