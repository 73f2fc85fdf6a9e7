import { Answer, describeScript, Run, Sandbox, sandbox } from '../../support/bash';
import { EACH_SERVER_HAS, member, REPLICA, SESSION_SETTINGS, SOURCE, withData } from './members';

const TOPOLOGIES = ['source-replica', 'group'] as const;

function serve(bash: Sandbox, ...answers: Answer[]): Run {
  ['mysql/table', ...EACH_SERVER_HAS].forEach((name) => bash.file(`volume/data/${name}`, ''));
  bash.answers(...answers);
  return bash.runProgram('server.sh', '--user-option=1');
}

const lives = ({ calls }: Run) => calls.filter(({ command, arguments: argv }) => command === 'mysqld' && argv.includes('/my.cnf'));

describeScript('server.sh', () => {
  test('starts mysqld with its number and name, and makes sure of the accounts by a file that is gone then', () => {
    const bash = member('mysql-replica-3');
    const run = serve(bash);
    expect({ status: run.status, log: run.log }).toEqual({ status: 0, log: ['mysqld ended with status 0'] });
    const [{ arguments: argv, input }, ...others] = lives(run);
    expect([others, argv]).toEqual([
      [], `--defaults-file=${bash.folder}/config/my.cnf --server-id=203 --report-host=mysql-replica-3.mysql-members.shop.svc.cluster.local `
      + `--init-file=${bash.folder}/run/init.sql --user-option=1`,
    ]);
    const lines = input.split('\n');
    expect(lines[0]).toBe(`${SESSION_SETTINGS};`);
    expect(lines[1]).toBe('SET SESSION sql_log_bin = 0, sql_mode = \'\';');
    expect(input).toContain('GRANT REPLICATION CLIENT, CONNECTION_ADMIN ON *.* TO monitor@\'%\';\n');
    expect(input).toContain('\nALTER USER root@localhost IDENTIFIED BY \'root & \'\'its\'\' "\\\\pass$word\';\n');
    expect(bash.read('run/root.cnf')).toContain('password="root & \'its\' \\"\\\\pass$word"\n');
    expect(bash.read('run/phase')).toBe('starting\n');
    expect(bash.list('run')).not.toContain('init.sql');
  });

  // mysqld ends the file at a statement that fails.
  test.each(TOPOLOGIES)('%s: the file may be run again, and has the statements with passwords at its end', (topology) => {
    const bash = sandbox({ POD_NAME: 'mysql-0', SERVER_ID_BASE: '1' }, topology);
    const [settings, first, ...lines] = lives(serve(bash))[0].input.split('\n');
    expect(settings).toBe(`${SESSION_SETTINGS};`);
    expect(first).toBe('SET SESSION sql_log_bin = 0, sql_mode = \'\';');
    const end = lines.findIndex((line) => line.includes('pass$word'));
    const again = /^(CREATE (USER|SCHEMA|TABLE) IF NOT EXISTS |GRANT |ALTER USER \S+ WITH )/;
    expect(lines.slice(0, end).filter((line) => !again.test(line))).toEqual([]);
    const makes = /^CREATE USER IF NOT EXISTS (\S+) IDENTIFIED WITH caching_sha2_password AS '\$A\$005\$T/;
    const made = lines.flatMap((line) => makes.exec(line)?.[1] ?? []);
    expect(made).toEqual(['admin@\'%\'', 'replication@\'%\'', 'clone@\'%\'', 'monitor@\'%\'']);
    for (const [index, line] of lines.slice(0, end).entries()) {
      const account = /(?:ALTER USER|TO) (\w+@'%')/.exec(line)?.[1];
      const place = lines.findIndex((other) => other.startsWith(`CREATE USER IF NOT EXISTS ${account}`));
      expect(account === undefined || place >= 0 && place < index).toBe(true);
    }
  });

  test('the file gives an account but root a password only when it has none', () => {
    const [{ input }] = lives(serve(member('mysql-replica-0')));
    const shown = input.split('\n').filter((line) => line.includes('pass$word'));
    expect(shown.map((line) => line.replace(/'\w+ & .*word'/, '...'))).toEqual([
      'ALTER USER root@localhost IDENTIFIED BY ...;',
      ...['admin', 'replication', 'clone', 'monitor'].map((account) => (
        `SET @statement = IF(@without = 1, CONCAT('ALTER USER ${account}@''%'' IDENTIFIED BY ', QUOTE(...)), 'DO 0');`
      )),
    ]);
  });

  test('has all but its password of an account whose password the Secret lacks, and starts', () => {
    const bash = member('mysql-replica-0');
    bash.remove('secrets/clone-password');
    const run = serve(bash);
    expect(run.log).toEqual(['ERROR: key clone-password of the accounts\' Secret is missing', 'mysqld ended with status 0']);
    const [{ input }] = lives(run);
    expect(input).toContain('TO clone@');
    expect(input).not.toContain('ALTER USER clone@\'\'%');
  });

  test('starts it again when it ends with status 16, as the statement RESTART wants, and notes that it is another life', () => {
    const bash = member(REPLICA);
    const run = serve(bash, {
      command: 'mysqld', does: 'cat "$RUN/incarnation" >>"$RUN/lives"; ((turn == 2)) || exit 16',
    });
    expect({ status: run.status, log: run.log }).toEqual({
      status: 0, log: ['starting mysqld again', 'starting mysqld again', 'mysqld ended with status 0'],
    });
    expect(new Set(bash.read('run/lives').trim().split('\n')).size).toBe(3);
  });

  test.each([1, 2, 137])('ends with it when it ends with status %i', (status) => {
    const run = serve(member(REPLICA), { command: 'mysqld', status });
    expect({ status: run.status, log: run.log }).toEqual({ status, log: [`mysqld ended with status ${status}`] });
  });

  test('tells mysqld to stop when it is told to, and waits for it', () => {
    const run = serve(member(REPLICA), {
      command: 'mysqld',
      does: 'trap \'sleep 0.3; touch "$RUN/stopped"; exit 16\' TERM; kill -TERM "$MYSQLD_PARENT_PID"; while :; do sleep 0.02; done',
    });
    expect({ status: run.status, log: run.log }).toEqual({
      status: 16, log: ['stopping: sending SIGTERM to mysqld', 'mysqld ended with status 16'],
    });
    expect(lives(run)).toHaveLength(1);
  });

  test.each<[string, string, string, string[]]>([
    ['is started again at once when it ran for long', '0', 'kill -9 "$$"',
      ['ERROR: mysqld was ended by signal 9: starting it again', 'mysqld ended with status 0']],
    ['ends the container when it ran for a short time', '60', 'kill -9 "$$"', ['mysqld ended with status 137']],
    ['ends the container when it ended by itself, however long it ran', '0', 'exit 1', ['mysqld ended with status 1']],
  ])('that crashes %s', (_, seconds, ends, log) => {
    const run = serve(member(REPLICA, { CRASH_SECONDS_MIN: seconds }), { command: 'mysqld', does: `((turn > 0)) || ${ends}` });
    expect(run.log.filter((line) => !line.includes(' Killed '))).toEqual(log);
    expect(lives(run)).toHaveLength(log.length);
  });

  test.each<[string, string, number, string, number]>([
    ['of a group is killed when it writes nothing: it waits for the group', 'touch "$RUN/member"; ', 0, 'false', 137],
    ['that joins a group is killed when it writes nothing', 'touch "$RUN/joining"; ', 0, 'false', 137],
    ['of a group is left alone while it writes', 'touch "$RUN/member"; ', 60_000, '[[ -e $RUN/seen ]]', 5],
    ['in no group is left alone', '', 0, '((++beats > 10))', 5],
  ])('told to stop, %s', (_, group, bytes, end, status) => {
    const bash = member(REPLICA);
    bash.environment.PROC = `${bash.folder}/proc`;
    // It writes so much between two looks, however long that takes here, until it was looked at often.
    bash.environment.looks = '0';
    bash.environment['BASH_FUNC_sleep%%'] = `() { printf 'write_bytes: %s\n' "$((looks * ${bytes}))" >"$PROC/$server/io"; `
      + '((++looks < 12)) || : >"$RUN/seen"; command sleep 0.02; }';
    const run = serve(bash, {
      command: 'mysqld',
      does: `echo "$$" >"$RUN/mysqld.pid"; mkdir -p "$PROC/$$"; ${group}trap '' TERM; kill -TERM "$MYSQLD_PARENT_PID"; `
        + `beats=0; until ${end}; do command sleep 0.02; done; exit 5`,
    });
    expect(run.status).toBe(status);
    expect(run.log.filter((line) => !line.includes(' Killed '))).toEqual([
      'stopping: sending SIGTERM to mysqld',
      ...status === 5 ? [] : ['mysqld does not stop and writes nothing, because it waits for its group: killing it'],
      `mysqld ended with status ${status}`,
    ]);
  });

  test.each(EACH_SERVER_HAS.flatMap((name) => ['', 'touch "$RUN/member"; '].map((group): [string, string, string] => (
    [name, group && ' of a group', group]
  ))))('told to stop while %s is removed, one%s is killed: it cannot stop', (name, _, group) => {
    const bash = member(REPLICA, { DATA_PAUSE: '0.05' });
    const run = serve(bash, {
      command: 'mysqld',
      does: `${group}trap 'rm -r "$VOLUME/data/${name}"' TERM; kill -TERM "$MYSQLD_PARENT_PID"; while :; do command sleep 0.02; done`,
    });
    expect(run.status).toBe(137);
    expect(run.log.filter((line) => !line.includes(' Killed '))).toEqual([
      'stopping: sending SIGTERM to mysqld',
      `mysqld cannot stop: its data in ${bash.folder}/volume/data was removed meanwhile: killing it`,
      'mysqld ended with status 137',
    ]);
  });

  test.each([
    ['of a group refuses clients before it leaves that', 'touch "$RUN/member"; ', 'fence\nstop\n'],
    ['in no group just stops', '', 'stop\n'],
  ])('told to stop, one %s', (_, group, expected) => {
    const bash = member(REPLICA, { STOP_PAUSE: '0.05' });
    bash.environment.PROC = `${bash.folder}/proc`; // which does not tell: nothing is killed, however long it takes to stop
    const run = serve(bash,
      { command: 'mysqld',
        does: `${group}trap 'echo stop >>"$RUN/order"; exit 0' TERM; kill -TERM "$MYSQLD_PARENT_PID"; `
          + 'while :; do command sleep 0.02; done' },
      { command: 'mysql', to: 'SET GLOBAL offline_mode = ON', does: 'echo fence >>"$RUN/order"' });
    expect(run.status).toBe(0);
    expect(bash.read('run/order')).toBe(expected);
  });

  test('does not start without the password of root', () => {
    const bash = member(REPLICA);
    bash.remove('secrets/root-password');
    expect(serve(bash)).toMatchObject({ status: 1, calls: [], log: ['ERROR: key root-password of the accounts\' Secret is missing'] });
  });

  test('forgets what an earlier server said of a new copy, and sockets that it left', () => {
    const bash = member(REPLICA);
    bash.file('volume/reprovision', `${SOURCE}\na:1-5\n`);
    ['mysqld.sock', 'mysqld.sock.lock', 'mysqld.pid'].forEach((name) => bash.file(`run/${name}`, '1'));
    const run = serve(bash);
    expect(run.log).toEqual(['mysqld ended with status 0']);
    expect(bash.list('volume')).toEqual(['data']);
    expect(bash.list('run').filter((name) => name.startsWith('mysqld.'))).toEqual([]);
  });
});

describeScript('a new copy of the data', () => {
  const throwAway: Answer = { command: 'mysqld', to: '--port=3307', does: 'exec sleep 300 >/dev/null 2>&1' };
  const cloned: Answer = {
    command: 'mysql', on: 'recipient', to: 'CLONE INSTANCE', does: 'mkdir -p "$VOLUME/clone.tmp/mysql"; touch "$VOLUME/clone.tmp/new"',
  };
  const sizes = (used: number, free: number): Answer[] => [
    { command: 'du', says: `${used}\tdata\n` }, { command: 'df', says: `Avail\n${free}\n` },
  ];
  const ASKS: Answer = {
    command: 'mysqld', to: '/my.cnf', does: `[[ -e $VOLUME/data/new ]] || printf '%s\\n' ${SOURCE} a:1-5 >"$VOLUME/reprovision"`,
  };

  test('replaces the old one when it is whole, and mysqld starts with it', () => {
    const bash = member(REPLICA);
    const run = serve(bash, throwAway, cloned, ...sizes(100, 120), ...withData(SOURCE), ASKS);
    expect(run.status).toBe(0);
    expect(run.log.map((line) => line.replace(/\d+ s$/, 'N s'))).toEqual([
      'a new copy of the data was requested', `copied the data of ${SOURCE} in N s`,
      'starting mysqld with the new copy', 'mysqld ended with status 0',
    ]);
    expect(bash.list('volume')).toEqual(['cloned', 'data']);
    expect(bash.list('volume/data')).toEqual(['mysql', 'new']);
  });

  test('is refused when the source lacks transactions: nothing is removed', () => {
    const bash = member(REPLICA);
    const run = serve(bash, throwAway, cloned, ...withData(SOURCE, { executed: 'a:1-4' }), ASKS);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe(`ERROR: ${SOURCE} does not have the transactions a:5 of this member: its data stays`);
    expect(bash.list('volume/data')).toEqual([...EACH_SERVER_HAS, 'mysql'].sort());
    expect(run.calls.some(({ input }) => input.includes('CLONE INSTANCE'))).toBe(false);
  });

  test('does not say to others that there is no data, as long as the old one is there', () => {
    for (const data of [true, false]) {
      const bash = member(REPLICA);
      bash.file('volume/reprovision', `${SOURCE}\na:1-5\n`);
      bash.answers(throwAway, cloned, ...sizes(100, 500), ...withData(SOURCE), ASKS);
      if (data) {
        bash.file('volume/data/mysql/table', '');
      }
      const [recipient] = bash.runProgram('server.sh').calls.filter(({ arguments: argv }) => argv.includes('--port=3307'));
      expect(recipient.arguments).toContain(`--bind-address=${data ? '127.0.0.1' : '*'} `);
    }
  });

  test('is on the disk before the old one goes', () => {
    const bash = member(REPLICA);
    const synced: Answer = { command: 'sync', to: 'clone.tmp', does: '[[ -e $VOLUME/data/new ]] || ls "$VOLUME" >>"$RUN/synced"' };
    serve(bash, synced, throwAway, cloned, ...sizes(100, 500), ...withData(SOURCE), ASKS);
    expect(bash.read('run/synced').split('\n').slice(0, 4)).toEqual(['clone.tmp', 'cloned', 'data', 'reprovision']);
  });

  test.each<[string, Partial<Answer>]>([['an error', { status: 1 }], ['silence', {}]])(
    'waits while the transactions cannot be compared, and the old one stays: %s', (_, answer) => {
      const bash = member(REPLICA);
      bash.file('volume/data/mysql/table', '');
      bash.file('volume/reprovision', `${SOURCE}\na:1-5\n`);
      const ends: Answer = { command: 'mysql', to: 'GTID_SUBTRACT', ...answer, does: '((turn < 2)) || kill -TERM "$(<"$RUN/pid")"' };
      bash.answers(ends, throwAway, cloned, ...sizes(1, 9), ...withData(SOURCE));
      const { log, calls, status } = bash.run('lib.sh', 'echo "$$" >"$RUN/pid"; exec "$SQL/reprovision.sh"');
      expect({ status, log }).toEqual({ status: 143, log: [`waiting: the transactions of ${SOURCE} cannot be compared, see above`] });
      expect(bash.list('volume/data')).toEqual(['mysql']);
      expect(calls.some(({ input }) => input.includes('CLONE INSTANCE'))).toBe(false);
    });

  test('is not made without the password of clone: the old one stays', () => {
    const bash = member(REPLICA);
    bash.remove('secrets/clone-password');
    const run = serve(bash, throwAway, cloned, ...sizes(100, 500), ...withData(SOURCE), ASKS);
    expect(run.status).toBe(1);
    expect(run.log.at(-1)).toBe('ERROR: cannot copy data without the password of clone');
    expect(bash.list('volume/data')).toEqual([...EACH_SERVER_HAS, 'mysql'].sort());
  });

  test('waits for a source that does not answer, and the probes know', () => {
    const bash = member(REPLICA);
    const [source] = withData(SOURCE);
    const late = { ...source, does: 'cp "$RUN/phase" "$RUN/seen"; ((turn > 0)) || exit 1' };
    const run = serve(bash, throwAway, cloned, ...sizes(1, 9), late, ASKS);
    expect(run.log[1]).toBe(`waiting: the donor ${SOURCE} does not answer`);
    expect(bash.read('run/seen')).toBe('provisioning\n');
    expect(run.status).toBe(0);
  });

  test('that was cut off when the old one was gone is made when the container starts again', () => {
    const bash = member(REPLICA);
    bash.file('volume/reprovision', `${SOURCE}\na:1-5\n`);
    bash.file('volume/old.tmp/mysql/table', '');
    bash.answers(throwAway, cloned, ...withData(SOURCE));
    const run = bash.runProgram('server.sh');
    expect(run.status).toBe(0);
    expect(lives(run)).toHaveLength(1);
    expect(bash.list('volume')).toEqual(['cloned', 'data']);
  });

  test('is not followed by a start of mysqld when the pod was told to stop meanwhile', () => {
    const bash = member(REPLICA);
    const stops = { ...cloned, does: `${cloned.does}; kill -TERM "$MYSQLD_PARENT_PID"` };
    const run = serve(bash, throwAway, stops, ...sizes(1, 9), ...withData(SOURCE), ASKS);
    expect(lives(run)).toHaveLength(1);
  });
});
