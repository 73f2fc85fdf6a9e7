import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE, withData, withoutData } from '../members';

const DECIDE = 'members; survey "${peers[@]}"; decide; restore_instead; overrule; echo "$action ${donor:--}"; echo "$reason"';

function decide(bash: Sandbox, ...answers: Answer[]): string[] {
  bash.answers(...answers);
  return bash.run('provision.sh', DECIDE).output.trimEnd().split('\n');
}

describeScript('a replica without data', () => {
  test.each<[string, Answer[], string, string]>([
    ['copies the source', withData(SOURCE), `clone ${SOURCE}`, `${SOURCE} is the source`],
    ['waits for a closed source', withData(SOURCE, { readOnly: 1 }), `wait ${SOURCE}`, `the source ${SOURCE} is not writable yet`],
    ['waits for a source without data', withoutData(SOURCE), `wait ${SOURCE}`, `the source ${SOURCE} has no data yet`],
    ['waits for a silent source', withData(OTHER), `wait ${SOURCE}`, `the source ${SOURCE} does not answer`],
    [
      'copies the member that was promoted', [...withData(SOURCE), ...withData(OTHER, { epoch: 1, source: OTHER, readOnly: 0 })],
      `clone ${OTHER}`, `${OTHER} is the source`,
    ],
    [
      'waits for a silent member that was promoted, of which another one tells', withData(SOURCE, { epoch: 1, source: OTHER }),
      `wait ${OTHER}`, `the source ${OTHER} does not answer`,
    ],
  ])('%s', (_, answers, action, reason) => {
    expect(decide(member(REPLICA), ...answers)).toEqual([action, reason]);
  });

  test('that was promoted copies the most advanced member, as a source does', () => {
    const promoted = { epoch: 1, source: REPLICA };
    expect(decide(member(REPLICA), ...withData(SOURCE, promoted), ...withData(OTHER, { ...promoted, executed: 'a:1-6' }))).toEqual([
      `clone ${OTHER}`, `this is the source and its disk is empty; of the members with data (${SOURCE} ${OTHER}) ${OTHER} is the most advanced: a:1-6`,
    ]);
  });
});

describeScript('the source without data', () => {
  const fix = (bash: Sandbox) => `to go on all the same, write a member's name into ${bash.folder}/volume/provision-from, `
    + `or make ${bash.folder}/volume/provision-empty to begin with nothing`;

  test('begins empty when all others say that they have none', () => {
    expect(decide(member(SOURCE), ...withoutData(REPLICA), ...withoutData(OTHER))).toEqual([
      'initialise -', 'this is the source, and all 2 other members say that they have no data',
    ]);
  });

  test('waits when nobody answers', () => {
    const bash = member(SOURCE);
    expect(decide(bash)).toEqual([
      'wait -', `this is the source and its disk is empty; ${REPLICA} ${OTHER} does not answer and may have the data; ${fix(bash)}`,
    ]);
  });

  test.each<[string, Answer[]]>([
    ['the other has none', withoutData(REPLICA)],
    ['the other has data', withData(REPLICA)],
  ])('waits when one does not answer and %s', (_, answers) => {
    const bash = member(SOURCE);
    expect(decide(bash, ...answers)).toEqual([
      'wait -', `this is the source and its disk is empty; ${OTHER} does not answer and may have the data; ${fix(bash)}`,
    ]);
  });

  test.each<[string, Answer[], string, string, string]>([
    ['the only one with data', [...withoutData(REPLICA), ...withData(OTHER)], OTHER, OTHER, 'a:1-5'],
    ['the first of equal ones', [...withData(REPLICA), ...withData(OTHER)], `${REPLICA} ${OTHER}`, REPLICA, 'a:1-5'],
    [
      'the most advanced one', [...withData(REPLICA), ...withData(OTHER, { executed: 'a:1-6', received: 'a:2-6' })],
      `${REPLICA} ${OTHER}`, OTHER, 'a:1-6',
    ],
  ])('copies %s', (_, answers, withDataNames, donor, executed) => {
    expect(decide(member(SOURCE), ...answers)).toEqual([
      `clone ${donor}`,
      `this is the source and its disk is empty; of the members with data (${withDataNames}) ${donor} is the most advanced: ${executed}`,
    ]);
  });

  test('waits while the most advanced one still applies what it has received', () => {
    expect(decide(member(SOURCE), ...withData(REPLICA), ...withData(OTHER, { executed: 'a:1-5', received: 'a:1-6' }))).toEqual([
      'wait -', `${OTHER} is the most advanced replica and still applies what it has received`,
    ]);
  });

  test('waits for a person when the others have different data', () => {
    const bash = member(SOURCE);
    expect(decide(bash, ...withData(REPLICA, { executed: 'a:1-5,b:1' }), ...withData(OTHER, { executed: 'a:1-6' }))).toEqual([
      'wait -', `the replicas have different data: ${REPLICA} knows a:1-5,b:1, ${OTHER} knows a:1-6; choose one: ${fix(bash)}`,
    ]);
  });

  test('is a replica when another member was promoted', () => {
    expect(decide(member(SOURCE), ...withData(REPLICA, { epoch: 1, source: REPLICA, readOnly: 0 }))).toEqual([
      `clone ${REPLICA}`, `${REPLICA} is the source`,
    ]);
  });
});

describeScript('a person', () => {
  test('makes it begin with nothing', () => {
    const bash = member(SOURCE);
    bash.file('volume/provision-empty', '');
    expect(decide(bash, ...withData(REPLICA))).toEqual(['initialise -', `${bash.folder}/volume/provision-empty says so`]);
  });

  test('names the member to copy', () => {
    const bash = member(SOURCE);
    bash.file('volume/provision-from', `${OTHER}\n`);
    expect(decide(bash, ...withData(REPLICA), ...withData(OTHER))).toEqual([`clone ${OTHER}`, `${bash.folder}/volume/provision-from says so`]);
  });
});

describeScript('a person who is wrong', () => {
  const wrong = (names: Record<string, string>, ...answers: Answer[]) => {
    const bash = member(SOURCE);
    Object.entries(names).forEach(([name, text]) => bash.file(`volume/${name}`, text));
    return decide(bash, ...answers).map((line) => line.replaceAll(`${bash.folder}/volume/`, ''));
  };

  test.each<[string, string]>([
    ['a stranger', 'mysql-replica-7\n'], ['itself', `${SOURCE}\n`], ['nobody', ''], ['two', `${REPLICA} ${OTHER}`],
    ['a part of a name', 'mysql-replica'],
  ])('and names %s makes it wait and say so: nothing else is done', (_, text) => {
    expect(wrong({ 'provision-from': text }, ...withoutData(REPLICA), ...withoutData(OTHER))).toEqual([
      expect.stringMatching(/^wait /),
      `provision-from names '${text.trim()}', which is not one of ${REPLICA} ${OTHER}: correct it or remove it`,
    ]);
  });

  test('and names a member without data makes it wait and say so', () => {
    expect(wrong({ 'provision-from': REPLICA }, ...withoutData(REPLICA), ...withData(OTHER)))
      .toEqual([`wait ${REPLICA}`, `provision-from names ${REPLICA}, which has no data: correct it or remove it`]);
  });

  test('and says both makes it wait and say so', () => {
    expect(wrong({ 'provision-from': REPLICA, 'provision-empty': '' }, ...withData(REPLICA)))
      .toEqual([expect.stringMatching(/^wait /), 'both provision-empty and provision-from are there: remove one']);
  });
});

describeScript('what is no answer about the data of others', () => {
  test('an answer without a word of data: nothing is begun', () => {
    const empty: Answer = { command: 'mysql', on: REPLICA, to: 'gtid_purged', says: '\n' };
    const [action, reason] = decide(member(SOURCE), empty, ...withoutData(OTHER));
    expect(action).toBe('wait -');
    expect(reason).toContain(`its disk is empty; ${REPLICA} does not answer and may have the data`);
  });

  test.each([0, 1, 2, 3])('the server does not compare them, at its question %i', (turn) => {
    const compares: Answer = { command: 'mysql', on: 'recipient', to: 'GTID_SUBSET', does: `((turn == ${turn})) && exit 1; echo 1` };
    const [action, reason] = decide(member(SOURCE), compares, ...withData(REPLICA), ...withData(OTHER));
    expect(action).toBe('wait -');
    expect(reason).toBe(turn < 3 ? `the transactions of ${REPLICA} ${OTHER} cannot be compared, see above`
      : `${REPLICA} is the most advanced replica and still applies what it has received`);
  });

  test('a password that is refused is none', () => {
    const refuses: Answer = { command: 'mysql', on: REPLICA, status: 1, does: 'echo "ERROR 1045 (28000): Access denied" >&2' };
    expect(decide(member(SOURCE), refuses, ...withoutData(OTHER))[1]).toContain(
      `its disk is empty; ${REPLICA} refuses the password of monitor that the Secret has now and may have the data`,
    );
    expect(decide(member(OTHER), { ...refuses, on: SOURCE })).toEqual([
      `wait ${SOURCE}`, `the source ${SOURCE} refuses the password of monitor that the Secret has now`,
    ]);
  });
});

describeScript('provision', () => {
  const cloned: Answer = { command: 'mysql', on: 'recipient', to: 'CLONE INSTANCE', does: 'mkdir -p "$VOLUME/clone.tmp/mysql"' };
  const initialised: Answer = {
    command: 'mysqld', to: '--initialize-insecure', does: '[[ ! $arguments =~ --datadir=([^ ]*) ]] || mkdir -p "${BASH_REMATCH[1]}/mysql"',
  };
  const throwAway: Answer = { command: 'mysqld', to: '--port=3307', does: 'exec sleep 300 >/dev/null 2>&1' };

  function provision(bash: Sandbox, ...answers: Answer[]): ReturnType<Sandbox['runProgram']> {
    bash.answers(...answers, initialised, throwAway, cloned);
    return bash.runProgram('provision.sh');
  }

  test('leaves data alone, and removes what was left half made', () => {
    const bash = member(SOURCE);
    bash.file('volume/data/mysql/table', '');
    bash.file('volume/clone.tmp/mysql/table', '');
    bash.file('volume/init.tmp/mysql/table', '');
    bash.file('volume/lost+found/x', '');
    expect(provision(bash)).toMatchObject({ status: 0, calls: [], log: ['the data directory exists: nothing to do'] });
    expect(bash.list('volume')).toEqual(['data', 'lost+found']);
  });

  test('stops at something that it did not make', () => {
    const bash = member(SOURCE);
    bash.file('volume/data/precious', '');
    expect(provision(bash)).toMatchObject({
      status: 1, calls: [],
      log: [`ERROR: ${bash.folder}/volume/data is neither a data directory of MySQL nor an unfinished one: examine it before anything replaces it`],
    });
    expect(bash.exists('volume/data/precious')).toBe(true);
  });

  test('makes an empty data directory with the accounts, under its name only when it is whole', () => {
    const bash = member(SOURCE);
    const { status, log, calls } = provision(bash, ...withoutData(REPLICA), ...withoutData(OTHER));
    expect({ status, log }).toEqual({ status: 0, log: [
      'initializing an empty data directory: this is the source, and all 2 other members say that they have no data',
      'the data directory is ready',
    ] });
    const [made] = calls.filter((call) => call.arguments.includes('/my.cnf'));
    expect(made.arguments).toBe(`--defaults-file=${bash.folder}/config/my.cnf --initialize-insecure --datadir=${bash.folder}/volume/init.tmp `
      + `--disable-log-bin --default-time-zone=SYSTEM --autocommit=ON --init-file=${bash.folder}/run/accounts.sql`);
    expect(made.input).toContain('CREATE USER IF NOT EXISTS replication@\'%\' IDENTIFIED WITH caching_sha2_password BY \'');
    expect(calls.slice(calls.indexOf(made) + 1).map((call) => `${call.command} ${call.arguments}`)).toEqual([
      `sync --file-system ${bash.folder}/volume/init.tmp`, `sync --file-system ${bash.folder}/volume`,
    ]);
    expect(bash.list('volume')).toEqual(['data']);
    expect(bash.list('run').filter((name) => name.endsWith('.sql'))).toEqual([]);
  });

  test('copies data with the password of clone, and says that it is a copy', () => {
    const bash = member(REPLICA);
    bash.certificate();
    const { status, log, calls } = provision(bash, ...withData(SOURCE));
    expect({ status, log }).toEqual({ status: 0, log: [
      `copying the data of ${SOURCE}: ${SOURCE} is the source`, expect.stringMatching(/^copied the data of mysql-source-0 in \d s$/),
      'the data directory is ready',
    ] });
    expect(calls.find(({ input }) => input.includes('CLONE INSTANCE'))!.input.trimEnd().split('\n')).toEqual([
      `SET GLOBAL clone_valid_donor_list = '${hostOf(SOURCE)}:3306';`,
      `SET GLOBAL clone_ssl_ca = '${bash.folder}/tls/ca.crt';`,
      `CLONE INSTANCE FROM clone@'${hostOf(SOURCE)}':3306 IDENTIFIED BY 'clone & ''its'' "\\\\pass$word' `
      + `DATA DIRECTORY '${bash.folder}/volume/clone.tmp' REQUIRE SSL;`,
    ]);
    expect(bash.list('volume')).toEqual(['cloned', 'data']);
  });

  test('stops without the password of clone, and says so', () => {
    const bash = member(REPLICA);
    bash.remove('secrets/clone-password');
    const { status, log, calls } = provision(bash, ...withData(SOURCE));
    expect(status).toBe(1);
    expect(log.slice(-2)).toEqual([
      'ERROR: key clone-password of the accounts\' Secret is missing', 'ERROR: cannot copy data without the password of clone',
    ]);
    expect(calls.some(({ input }) => input.includes('CLONE INSTANCE'))).toBe(false);
    expect(bash.exists('volume/data')).toBe(false);
  });

  test('says to others that there is no data for as long as that is so', () => {
    const bash = member(REPLICA);
    const lies = '[[ ! -e $VOLUME/data ]] || touch "$RUN/lied"';
    const hears: Answer = { ...throwAway, does: `trap '${lies}; exit' TERM; while :; do sleep 0.02; done` };
    expect(provision(bash, ...withData(SOURCE), hears)).toMatchObject({ status: 0 });
    expect(bash.exists('run/lied')).toBe(false);
  });

  test.each<[string, Answer[]]>([
    ['waits', [{ command: 'mysql', on: SOURCE, status: 1, does: '((turn < 1)) || kill -TERM "$(<"$RUN/pid")"' }]],
    ['copies', [{ ...cloned, does: `${cloned.does}; kill -TERM "$(<"$RUN/pid")"` }, ...withData(SOURCE)]],
  ])('that is told to stop while it %s ends its throw-away server, and leaves nothing under the final name', (_, answers) => {
    const bash = member(REPLICA);
    const noted: Answer = { ...throwAway, does: 'echo "$$" >"$RUN/recipient"; exec sleep 300 >/dev/null 2>&1' };
    bash.answers(...answers, initialised, noted, cloned);
    const { status } = bash.run('provision.sh', 'echo "$$" >"$RUN/pid"; provision');
    expect(status).toBe(143);
    expect(bash.list('volume').filter((name) => !name.endsWith('.tmp'))).toEqual([]);
    expect(() => process.kill(Number(bash.read('run/recipient')), 0)).toThrow('ESRCH');
  });

  test('tries again when a copy fails, and asks everybody anew', () => {
    const bash = member(REPLICA);
    const once: Answer = { ...cloned, does: `((turn > 0)) || exit 1; ${cloned.does}` };
    const { status, log, calls } = provision(bash, ...withData(SOURCE), once);
    expect(status).toBe(0);
    expect(log[1]).toBe('the copy failed, see above: trying again');
    expect(calls.filter(({ on, input }) => on === SOURCE && input.includes('gtid_purged'))).toHaveLength(2);
  });

  test('says once what it waits for, and what a person decides ends it', () => {
    const bash = member(SOURCE);
    const decided: Answer = { command: 'mysql', on: `${OTHER}:3307`, status: 1, does: '((turn < 2)) || touch "$VOLUME/provision-empty"' };
    const { status, log } = provision(bash, decided);
    expect(status).toBe(0);
    expect(log.map((line) => line.slice(0, 60))).toEqual([
      'waiting: this is the source and its disk is empty; mysql-rep', `initializing an empty data directory: ${bash.folder}`.slice(0, 60),
      'the data directory is ready',
    ]);
    expect(bash.list('volume')).toEqual(['data']);
  });

  test('ends when the throw-away server does', () => {
    const { status, log } = provision(member(SOURCE), { command: 'mysqld', to: '--port=3307', status: 1 }, {
      command: 'mysql', on: 'recipient', to: 'SELECT 1', status: 1,
    });
    expect({ status, log }).toEqual({ status: 1, log: ['ERROR: the temporary server ended, see above'] });
  });
});
