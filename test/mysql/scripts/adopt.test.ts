import { spawnSync } from 'child_process';
import { join } from 'path';
import { describeScript } from '../../support/bash';
import { ROOT } from '../../support/paths';
import { accountFacts, GRANT, GROUP, pod, READY, shells, tick, WHOLE } from './adoption';
import { changes, hostOf, MEMBERS, Said } from './router-group';

describeScript('the metadata that Router believes', () => {
  test('is left alone when it tells of the group as it is', () => {
    const run = tick(pod());
    expect(run.log).toEqual([READY]);
    expect(shells(run)).toEqual([]);
    expect(MEMBERS.flatMap((member) => changes(run.calls, member))).toEqual([]);
  });

  test('is written by MySQL Shell when there is none, on the primary, with the password in its input', () => {
    const run = tick(pod({
      exists: ['0', '0', '1'], account: [accountFacts(), accountFacts(undefined, ['routers'])],
    }));
    const [call] = run.calls.filter(({ command }) => command === 'mysqlsh');
    expect(call.arguments).toMatch(new RegExp(
      `^--passwords-from-stdin --ssl-mode=REQUIRED --uri=admin@${hostOf('mysql-0')}:3306 --py --file=.*/adopt.py adopt mysql$`,
    ));
    expect(call.input).toBe(`admin & 'its' "\\pass$word`);
    expect(run.log).toEqual([
      'the group has no metadata of InnoDB Cluster: running MySQL Shell: adopt', 'MySQL Shell is done',
      `applied: ${GRANT}`, READY,
    ]);
    expect(changes(run.calls, 'mysql-0')).toEqual([`${GRANT};`]);
  });

  test('is written by a Shell without colours, which the log would have as signs', () => {
    const shown = { command: 'mysqlsh', does: 'echo "$TERM $MYSQLSH_TERM_COLOR_MODE" >"$RUN/colours"' };
    const bash = pod({ exists: ['0', '0', '1'], others: [shown] });
    tick(bash);
    expect(bash.read('run/colours')).toBe('dumb nocolor\n');
  });

  test('is written over a connection whose other end is known, where there is an authority', () => {
    const bash = pod({ exists: ['0', '0', '1'] });
    bash.file('tls/ca.crt', 'an authority');
    expect(tick(bash).calls.find(({ command }) => command === 'mysqlsh')!.arguments)
      .toMatch(/--ssl-mode=VERIFY_IDENTITY --ssl-ca=.*\/tls\/ca.crt /);
  });

  test.each<[string, string[], string[], Record<string, Said>, string, string]>([
    ['lacks a member', ['mysql-2', '-'], [], GROUP, 'rescan', 'the metadata lacks mysql-2'],
    ['has a member that is gone, and all are there', ['-', 'mysql-3'], [], GROUP, 'rescan-and-remove',
      `the metadata has all members, and has mysql-3 with an id that is no member's`],
    ['has a member under its old id', ['mysql-2', 'mysql-2'], [], GROUP, 'rescan-and-remove',
      `the metadata lacks mysql-2, and has mysql-2 with an id that is no member's`],
    ['lacks a member while another one is away', ['mysql-1', 'mysql-2'], ['SECONDS=131'], { 'mysql-0': { role: 'PRIMARY' }, 'mysql-1': {} },
      'rescan', 'the metadata lacks mysql-1'],
  ])('is mended when it %s', (_, [unlisted, obsolete], later, group, action, reason) => {
    const bash = pod({ group, metadata: [['metadata', 1, 1, unlisted, obsolete], ['metadata', 1, 1, unlisted, obsolete], WHOLE] });
    const run = tick(bash, later.length > 0 ? `look || true; ${later.join('; ')}; tick` : undefined);
    expect(shells(run)).toEqual([`${action} mysql`]);
    expect(run.log[0]).toBe(`${reason}: running MySQL Shell: ${action}`);
  });

  test('keeps a member that is away, since it may come back', () => {
    const run = tick(pod({ group: { 'mysql-0': { role: 'PRIMARY' }, 'mysql-1': {} }, metadata: [['metadata', 1, 1, '-', 'mysql-2']] }));
    expect(shells(run)).toEqual([]);
    expect(run.log).toEqual(['ready: ADOPTED: the metadata has mysql-0 mysql-1, and Router may read it']);
  });

  test('is not touched while a member joins', () => {
    const run = tick(pod({ group: { ...GROUP, 'mysql-2': { state: 'RECOVERING' } }, metadata: [['metadata', 1, 1, 'mysql-1', '-']] }));
    expect(shells(run)).toEqual([]);
    expect(run.log).toEqual(['unready: NOT_ADOPTED: the metadata lacks mysql-1; waiting: mysql-2 is joining the group']);
  });

  test('is not touched for 30 s while members are missing, which may be about to join', () => {
    const bash = pod({ group: { 'mysql-0': { role: 'PRIMARY' } }, exists: ['0'] });
    const run = tick(bash, 'tick; SECONDS=129; tick; verdict marker -; SECONDS=130; tick');
    expect(run.log.slice(0, 3)).toEqual([
      `unready: NOT_ADOPTED: the group has no metadata of InnoDB Cluster; waiting: of mysql-0 mysql-1 mysql-2 only mysql-0 are in the group, and others may be about to join`,
      'marker: -', 'the group has no metadata of InnoDB Cluster: running MySQL Shell: adopt',
    ]);
  });

  test('is not touched when it describes another group', () => {
    const run = tick(pod({ metadata: [['metadata', 1, 0, 'mysql-0', 'mysql-5']] }));
    expect(shells(run)).toEqual([]);
    expect(run.log).toEqual([
      `unready: NOT_ADOPTED: the metadata of InnoDB Cluster describes another group, 1 in all, as if it came with other data; nothing is changed; see "The metadata of another group" in the guide of Router`,
    ]);
  });

  test('waits for a group with a primary', () => {
    expect(tick(pod({ group: { 'mysql-0': { state: 'OFFLINE' }, 'mysql-1': { majority: 0, role: 'PRIMARY' } } })).log)
      .toEqual(['unready: WAITING: no member reports that it is the primary of a group']);
  });

  test('waits when another one is about to mend it', () => {
    const bash = pod({ exists: ['0'], others: [{ command: 'mysql', on: 'mysql-0', to: 'cdk8s_stateful.adopt', says: '0\n' }] });
    const run = tick(bash);
    expect(shells(run)).toEqual([]);
    expect(run.log).toEqual([
      'unready: NOT_ADOPTED: the group has no metadata of InnoDB Cluster; waiting: another one is about to correct that']);
  });

  test('is not written again when another one did so before the lock was free', () => {
    const run = tick(pod({ exists: ['0', '1'] }));
    expect(shells(run)).toEqual([]);
    expect(run.log).toEqual([READY]);
  });

  test('says so when the image has no MySQL Shell, which is not missed as long as nothing is to be done', () => {
    const bash = pod({ exists: ['0'] });
    bash.without('mysqlsh');
    expect(tick(bash).log).toEqual([
      `unready: NOT_ADOPTED: the group has no metadata of InnoDB Cluster, and the image has no mysqlsh, which is needed to adopt: name one that has it as topology.router.shellImage`,
    ]);
    const idle = pod();
    idle.without('mysqlsh');
    expect(tick(idle).log).toEqual([READY]);
  });

  test('is tried again after 30 s when MySQL Shell failed', () => {
    const bash = pod({ exists: ['0'], others: [{ command: 'mysqlsh', status: 1 }] });
    const run = tick(bash, 'tick; SECONDS=129; tick; SECONDS=130; tick');
    expect(shells(run)).toEqual(['adopt mysql', 'adopt mysql']);
    expect(run.log.slice(0, 4)).toEqual([
      'the group has no metadata of InnoDB Cluster: running MySQL Shell: adopt', 'ERROR: MySQL Shell cannot adopt, see above',
      'unready: NOT_ADOPTED: the group has no metadata of InnoDB Cluster',
      'unready: NOT_ADOPTED: the group has no metadata of InnoDB Cluster; waiting: MySQL Shell failed, see above: trying again soon',
    ]);
  });

  test('is looked at again when MySQL Shell says that it succeeded', () => {
    const run = tick(pod({ metadata: [['metadata', 1, 1, 'mysql-2', '-']] }), 'tick; SECONDS=110; tick');
    expect(shells(run)).toEqual(['rescan mysql']);
    expect(run.log).toEqual([
      'the metadata lacks mysql-2: running MySQL Shell: rescan', 'MySQL Shell is done', 'unready: NOT_ADOPTED: the metadata lacks mysql-2',
      'unready: NOT_ADOPTED: the metadata lacks mysql-2; waiting: MySQL Shell failed, see above: trying again soon',
    ]);
  });
});

describeScript('the accounts with which members speak to each other', () => {
  const CHANGE = /^CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = .* FOR CHANNEL '.*_recovery'$/;

  test('are given back on every member, also when MySQL Shell failed', () => {
    const run = tick(pod({
      exists: ['0'], recovery: 'mysql_innodb_cluster_1000', others: [{ command: 'mysqlsh', status: 1 }],
    }), 'give_accounts_back() { log INFO "given back"; }; tick');
    expect(run.log.filter((line) => line === 'given back')).toHaveLength(2);
  });

  test('are replication on all of them', () => {
    const run = tick(pod({ recovery: 'mysql_innodb_cluster_1000' }));
    for (const member of MEMBERS) {
      expect(changes(run.calls, member)).toEqual([expect.stringMatching(CHANGE)]);
    }
    expect(run.log[0]).toBe(`mysql-0 speaks to the group as replication again, not as mysql_innodb_cluster_1000: members that were away lack that account`);
  });

  test('stay as they are until the server accepts what the Secret has', () => {
    const bash = pod({
      recovery: 'mysql_innodb_cluster_1000', others: [{ command: 'mysql', on: 'mysql-0', to: 'replication.cnf', status: 1 }],
    });
    const run = tick(bash);
    expect(MEMBERS.flatMap((member) => changes(run.calls, member))).toEqual([]);
    expect(run.log).toEqual([
      `mysql-0 does not accept the password of replication that the Secret has now; it speaks to the group as mysql_innodb_cluster_1000 until it does`,
      'unready: FAILED: the group cannot be read or changed, see above',
    ]);
  });

  test.each(['replication', '', 'somebody'])('are not touched when one is %p', (recovery) => {
    const run = tick(pod({ recovery }));
    expect(MEMBERS.flatMap((member) => changes(run.calls, member))).toEqual([]);
  });
});

describe('the program of MySQL Shell', () => {
  const python = spawnSync('python3', ['--version']).status === 0;
  const STANDIN = `
import sys, types
class Any:
    def __init__(self): self.options = {'useWizards': True}
    def create_cluster(self, *args): print('create_cluster', *args, shell.options['useWizards'])
    def get_cluster(self): return self
    def rescan(self, *args): print('rescan', *args, shell.options['useWizards'])
shell = dba = Any()
sys.argv = sys.argv[1:]
exec(open(sys.argv[0]).read())
`;

  (python ? test : test.skip).each([
    ['adopt', `create_cluster mysql {'adoptFromGR': True} False\n`],
    ['rescan', `rescan {'addUnmanaged': True, 'removeObsolete': False} False\n`],
    ['rescan-and-remove', `rescan {'addUnmanaged': True, 'removeObsolete': True} False\n`],
  ])('%s asks nobody (needs python3)', (action, printed) => {
    const program = join(ROOT, 'lib/mysql/scripts/router/adopt.py');
    const { stdout, stderr } = spawnSync('python3', ['-c', STANDIN, program, action, 'mysql'], { encoding: 'utf8' });
    expect(stdout + stderr).toBe(printed);
  });
});
