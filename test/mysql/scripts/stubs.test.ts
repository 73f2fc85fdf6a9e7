import { describeScript } from '../../support/bash';
import { member, SOURCE } from './members';

const ON_OTHER = '--host=mysql-1.mysql-members';

// What the tests of the scripts rely on, whichever way a script reaches a command.
describeScript('a stub', () => {
  describe.each([['as a function', ''], ['as a program', 'command ']])('%s', (_, way) => {
    const mysql = `${way}mysql ${ON_OTHER}`;

    test('says its answers in turn, ends with their status, and tells how it was called', () => {
      const bash = member(SOURCE);
      bash.answers(
        { command: 'mysql', on: 'mysql-1', to: 'SELECT', says: ['one\n', 'two\n'] },
        { command: 'mysql', on: 'mysql-1', to: 'DO', says: 'no\n', status: 3 },
      );
      const run = bash.run('lib.sh', `for n in 1 2 3; do ${mysql} <<<"SELECT $n"; done; ${mysql} --batch <<<'DO 0' || echo "$?"`);
      expect(run).toMatchObject({ status: 0, output: 'one\ntwo\ntwo\nno\n3\n', log: [] });
      expect(run.calls).toEqual([
        ...['SELECT 1', 'SELECT 2', 'SELECT 3'].map((input) => ({ command: 'mysql', on: 'mysql-1', arguments: ON_OTHER, input })),
        { command: 'mysql', on: 'mysql-1', arguments: `${ON_OTHER} --batch`, input: 'DO 0' },
      ]);
    });

    test('ends a script that does not look at its status', () => {
      const bash = member(SOURCE);
      bash.answers({ command: 'mysql', on: 'mysql-1', status: 3 });
      expect(bash.run('lib.sh', `${mysql} <<<'DO 0'; echo went on`)).toMatchObject({ status: 3, output: '' });
      expect(bash.run('lib.sh', `REPLY=$(timeout 5 ${mysql.replace('command ', '')} <<<'DO 0'); echo went on`)).toMatchObject({ status: 3, output: '' });
    });

    test('does not answer for a server that no answer speaks of', () => {
      const { output, calls } = member(SOURCE).run('lib.sh', `${mysql} <<<'DO 0' || echo "other $?"; ${way}mysql <<<'DO 0' && echo own`);
      expect(output).toBe('other 1\nown\n');
      expect(calls.map(({ on }) => on)).toEqual(['mysql-1', 'local']);
    });

    test('changes nothing of the script, whatever the answer does, and knows its turn', () => {
      const bash = member(SOURCE);
      bash.answers({ command: 'mysql', does: 'echo "$turn $input"; input=gone name=gone IFS=x; set +f; cd /; exit 4' });
      const { output } = bash.run('lib.sh', 'input=kept name=kept; cd "$RUN"; for n in 1 2; do '
        + `${mysql} <<<"DO $n" || echo "$? $input $name [$IFS] $([[ $PWD == "$RUN" ]] && echo there) $-"; done`);
      expect(output).toMatch(/^(\d DO \d\n4 kept kept \[ \t\n\] there ehuBEc?\n){2}$/);
      expect(output).toContain('1 DO 2');
    });

    test('computes sets of transactions', () => {
      const { output } = member(SOURCE).run('lib.sh', `${way}mysql <<<"SELECT GTID_SUBTRACT('a:1-5,b:3', 'a:2')"; `
        + `${way}mysql <<<"SELECT GTID_SUBSET('a:2-3', 'a:1-5')"; ${way}mysql <<<"SELECT GTID_SUBSET('a:2-6', 'a:1-5')"`);
      expect(output).toBe('a:1,a:3-5,b:3\n1\n0\n');
    });

    test('is missed where it is not installed', () => {
      const bash = member(SOURCE);
      bash.without('mysql');
      expect(bash.run('lib.sh', `PATH=$STUBS/../bin; ${mysql} 2>/dev/null <<<'DO 0' || echo "$?"`)).toMatchObject({ output: '127\n', calls: [] });
    });

    test.each([
      ['argument', `${mysql} --password='a secret word'`], ['variable', `MYSQL_PWD='a secret word' ${mysql}`],
      ['variable that is exported', `export MYSQL_PWD='a secret word'; ${mysql}`], ['log', 'log INFO a secret word'],
    ])('gives away a password in an %s', (_where, shell) => {
      const bash = member(SOURCE);
      bash.password('secrets/root-password', 'a secret word');
      expect(() => bash.run('lib.sh', `${shell} || true`)).toThrow('a password is shown: a secret word');
    });
  });

  test('is bounded by `timeout` where its answer waits', () => {
    const bash = member(SOURCE);
    bash.answers({ command: 'mysql', does: 'exec sleep 9 >/dev/null' });
    expect(bash.run('lib.sh', 'timeout 0.2 mysql <<<"DO 0" || echo "$?"').output).toBe('124\n');
  });

  test('needs a time that `timeout` takes', () => {
    const shell = 'for n in 1 0.5 "" ten; do timeout "$n" mysql <<<"DO 0" 2>/dev/null || echo "$?"; done';
    expect(member(SOURCE).run('lib.sh', shell).output).toBe('125\n125\n');
  });
});
