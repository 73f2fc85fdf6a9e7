import { Answer, describeScript, Run, Sandbox, sandbox } from '../../support/bash';
import { hostOf, PASSWORD, routerPod, Said } from './router-group';

const GENERATED = `[DEFAULT]
name=mysql-router

[routing:bootstrap_rw]
bind_port=6446

[routing:bootstrap_x_rw]
bind_port=6448

[routing:bootstrap_x_ro]
bind_port=6449

[logger]
level=info
`;
const BOOTSTRAP: Answer = {
  command: 'mysqlrouter', to: '--bootstrap', does: `mkdir -p "$RUN/router"; cat >"$RUN/router/mysqlrouter.conf" <<<'${GENERATED}'`,
};
const RUNS: Answer = { command: 'mysqlrouter', to: '--config', does: 'exec sleep 20 >/dev/null 2>&1' };
const NOBODY = 'no member answers that it is in a group with a primary';

/** A member that tells of its group; `listed` is how often the metadata lists the primary. */
function tells(member: string, { state = 'ONLINE', majority = 1 }: Said = {}, listed = '1', primary = hostOf('mysql-0')): Answer {
  const row = `group\t${state}\t${majority}\t${primary}\n`;
  return { command: 'mysql', on: member, to: `'group'`, says: `${row}${listed}` };
}

function refuses(member: string, error = '1045 (28000): Access denied for user router'): Answer {
  return { command: 'mysql', on: member, status: 1, does: `echo "ERROR ${error}" >&2` };
}

const NO_METADATA = 'the group has no metadata of InnoDB Cluster, without which Router knows no member: '
  + 'Deployment mysql-adoption has it written, and says what keeps it';
const GIVES = 'Deployment mysql-adoption gives the account router what it needs, and says what keeps it';

/** A member that tells of its group, but not of the metadata. */
function withError(error: string): Answer {
  return { ...tells('mysql-0', {}, ''), status: 1, does: `echo "ERROR ${error}" >&2` };
}

/** A pod whose Router lets through to mysql-0, or to nobody. */
function pod(leads: boolean, answers: Answer[] = [tells('mysql-0'), { command: 'mysql', on: 'mysql-0' }]): Sandbox {
  const bash = routerPod({ STOP_SECONDS_MAX: '1' });
  bash.answers(BOOTSTRAP, RUNS, { command: 'mysql', to: 'local.cnf', ...leads ? { says: `${hostOf('mysql-0')}\n` } : { status: 1 } }, ...answers);
  return bash;
}

function run(bash: Sandbox, shell: string): Run {
  return bash.run('router.sh', `unset SECONDS; SECONDS=100; ${shell}; stop_router`);
}

function starts({ log }: Run): number {
  return log.filter((line) => line === 'started mysqlrouter against the group of mysql-0').length;
}

describeScript('whether Router may be configured', () => {
  test.each<[string, Answer[], string]>([
    ['nobody answers', [], NOBODY],
    ['no member is in a group', [tells('mysql-0', { state: 'OFFLINE' })], NOBODY],
    ['the group has no majority', [tells('mysql-1', { majority: 0 })], NOBODY],
    ['the group has no primary', [tells('mysql-0', {}, '0', '-')], NOBODY],
    ['the password is wrong', [refuses('mysql-1'), refuses('mysql-2')],
      `mysql-1 mysql-2 do not let the account router in with the password of the Secret: Deployment mysql-adoption makes the account, and says what keeps it`],
    ['there is no metadata', [withError('1146 (42S02) at line 9: Table does not exist')], NO_METADATA],
    ['there is no database of the metadata', [withError('1049 (42000) at line 9: Unknown database')], NO_METADATA],
    ['the metadata may not be read', [withError('1142 (42000) at line 9: SELECT command denied to user')],
      `mysql-0 answers ERROR 1142 (42000) at line 9: SELECT command denied to user: ${GIVES}`],
    ['a member says nothing of the metadata', [withError('2013 (HY000) at line 9: Lost connection')],
      'mysql-0 does not say what the metadata of InnoDB Cluster lists: ERROR 2013 (HY000) at line 9: Lost connection'],
    ['the group may not be asked', [refuses('mysql-1', '1142 (42000) at line 3: SELECT command denied to user')],
      `mysql-1 answers ERROR 1142 (42000) at line 3: SELECT command denied to user: ${GIVES}`],
    ['no member agrees on TLS', [refuses('mysql-1', '2026 (HY000): SSL connection error')],
      `mysql-1 answers ERROR 2026 (HY000): SSL connection error: ${GIVES}`],
    ['the metadata lacks the primary', [tells('mysql-2', {}, '0', hostOf('mysql-1'))],
      `the metadata of InnoDB Cluster does not list mysql-1, the primary: Deployment mysql-adoption corrects that, and says what keeps it`],
  ])('when %s: no', (_, answers, reason) => {
    const bash = pod(true, answers);
    const ran = run(bash, 'tick');
    expect(ran.log).toEqual([`unready: WAITING: ${reason}`]);
    expect(ran.calls.filter(({ command }) => command === 'mysqlrouter')).toEqual([]);
  });

  test('a password that is refused is tried less and less often, and at once when it changes', () => {
    const tries = (shell: string) => run(pod(true, [refuses('mysql-0'), refuses('mysql-1')]), shell).calls
      .filter(({ on }) => on === 'mysql-0').length;
    expect(tries('for ((SECONDS = 100; SECONDS < 400; SECONDS++)); do tick; done')).toBe(8); // after 5, 10, 20, 40, 60, 60, 60 s
    expect(tries('tick; tick; echo other >"$SECRETS/router-password"; tick; tick')).toBe(2);
  });

  test('what was refused before is forgotten when a member lets the account in', () => {
    const late: Answer = {
      ...tells('mysql-0'), says: ['', 'group\tOFFLINE\t1\t-\n'], does: '((turn > 0)) || { echo "ERROR 1045 (28000): no" >&2; exit 1; }',
    };
    const ran = run(pod(true, [late]), 'tick; SECONDS=105; tick; tick');
    expect(ran.calls.filter(({ on }) => on === 'mysql-0')).toHaveLength(3);
    expect(ran.log.at(-1)).toBe(`unready: WAITING: ${NOBODY}`);
  });

  test('any member that is in the group may say who the primary is', () => {
    expect(run(pod(true, [refuses('mysql-0'), tells('mysql-1', {}, '1', hostOf('mysql-2'))]),
      'write_remote_options router; find_primary; echo $primary').output).toBe('mysql-2\n');
  });
});

describeScript('the configuration of Router', () => {
  test('is asked of the primary with the password in the input, twice, and a wrong one is an error', () => {
    const ran = run(pod(true), 'tick');
    const [bootstrap] = ran.calls.filter(({ command }) => command === 'mysqlrouter');
    expect(bootstrap.input).toBe(`${PASSWORD}\n${PASSWORD}`);
    expect(bootstrap.arguments.split(' ').map((word) => word.replace(/=\/.*\//, '=.../'))).toEqual([
      `--bootstrap=router@${hostOf('mysql-0')}:3306`, '--directory=.../router', '--name=mysql-router',
      '--report-host=mysql-router.shop.svc.cluster.local', '--force', '--account=router', '--account-create=never', '--strict',
      '--disable-rest',
      '--conf-set-option=DEFAULT.logging_folder=', '--ssl-mode=REQUIRED',
      ...['rw', 'ro', 'rw_split'].flatMap((route) => ['client', 'server'].map((side) => (
        `--conf-set-option=routing:bootstrap_${route}.${side}_ssl_mode=REQUIRED`
      ))),
    ]);
    expect(ran.log).toEqual([
      'unready: BOOTSTRAPPING: getting the configuration from mysql-0, the primary', 'started mysqlrouter against the group of mysql-0',
    ]);
  });

  test('makes Router and its clients know whom they speak to, where there is a certificate', () => {
    const bash = pod(true);
    bash.certificate();
    const [bootstrap] = run(bash, 'tick').calls.filter(({ command }) => command === 'mysqlrouter');
    expect(bootstrap.arguments.replaceAll(`${bash.folder}/`, '')).toContain(
      '--ssl-mode=VERIFY_IDENTITY --ssl-ca=tls/ca.crt --server-ssl-verify=VERIFY_IDENTITY --server-ssl-ca=tls/ca.crt'
      + ' --client-ssl-cert=tls/tls.crt --client-ssl-key=tls/tls.key ',
    );
  });

  test.each(['ca.crt', 'tls.key'])('does not start with a certificate that lacks %s, and says so', (file) => {
    const bash = pod(true);
    bash.certificate(...['tls.crt', 'tls.key', 'ca.crt'].filter((key) => key !== file));
    const ran = run(bash, 'tick || true');
    expect(starts(ran)).toBe(0);
    expect(ran.log).toContain(`ERROR: the Secret of the certificate lacks ${file}; it needs tls.crt, tls.key and ca.crt`);
  });

  test('has no routes of the X protocol', () => {
    const bash = pod(true);
    run(bash, 'tick');
    expect(bash.read('run/router/mysqlrouter.conf'))
      .toBe('[DEFAULT]\nname=mysql-router\n\n[routing:bootstrap_rw]\nbind_port=6446\n\n[logger]\nlevel=info\n\n');
  });

  test('is asked for again when that failed', () => {
    const bash = pod(true);
    bash.answers({ command: 'mysqlrouter', to: '--bootstrap', status: 1 });
    const ran = run(bash, 'tick; tick');
    expect(starts(ran)).toBe(0);
    expect(ran.log.filter((line) => line === 'unready: BOOTSTRAP_FAILED: see above')).toHaveLength(2);
  });
});

describeScript('a Router that runs', () => {
  test('is ready when a login through its port for writes leads to a server', () => {
    const bash = pod(true);
    const ran = run(bash, 'tick; tick');
    expect(ran.log[2]).toBe('ready: ROUTING: port 6446 leads to mysql-0');
    expect(bash.read('run/verdict')).toMatch(/^\d+ ready ROUTING: port 6446 leads to mysql-0\n$/);
    const [login] = ran.calls.filter((call) => call.arguments.includes('local.cnf'));
    expect(login.arguments).toContain('--port=6446 ');
    expect(bash.read('run/local.cnf')).toContain('user=router\n');
    expect(bash.read('run/local.cnf')).toContain('host=127.0.0.1\nprotocol=tcp\nssl-mode=REQUIRED\n');
  });

  test('is left alone for as long as the group is away', () => {
    const ran = run(pod(false, [tells('mysql-0')]), 'tick; SECONDS=110; tick; SECONDS=1000; tick');
    expect(starts(ran)).toBe(1);
    expect(ran.log.at(-1)).toBe('unready: NO_ROUTE: port 6446 leads nowhere: mysql-0, the primary, does not answer');
  });

  test('says with which error the primary answers', () => {
    const locked: Answer = { ...refuses('mysql-0', '3118 (HY000): Account is locked'), to: 'DO 1' };
    expect(run(pod(false, [locked, tells('mysql-0')]), 'tick; tick').log.at(-1))
      .toBe('unready: NO_ROUTE: port 6446 leads nowhere: mysql-0, the primary, answers ERROR 3118 (HY000): Account is locked');
  });

  test('says with which error it answers itself', () => {
    const bash = pod(false);
    bash.answers({ command: 'mysql', to: 'local.cnf', status: 1, does: 'echo "ERROR 1045 (28000): Access denied" >&2' });
    expect(run(bash, 'tick; tick').log.at(-1))
      .toBe('unready: NO_ROUTE: port 6446 leads nowhere, although mysql-0, the primary, answers: ERROR 1045 (28000): Access denied');
  });

  test('is started again when it lets nobody through for 60 s although the primary answers', () => {
    const ran = run(pod(false), 'tick; SECONDS=110; tick; SECONDS=169; tick; log INFO marker; SECONDS=170; tick; tick');
    expect(starts(ran)).toBe(2);
    expect(ran.log.slice(2, 5)).toEqual([
      'unready: NO_ROUTE: port 6446 leads nowhere, although mysql-0, the primary, answers', 'marker',
      'this has lasted for 60 s: starting again',
    ]);
  });

  test('is killed when it does not end', () => {
    const bash = pod(false);
    bash.answers({ command: 'mysqlrouter', to: '--config', does: 'trap "" TERM; touch "$RUN/deaf"; exec sleep 20 >/dev/null 2>&1' });
    expect(run(bash, 'tick; until [[ -e $RUN/deaf ]]; do sleep 0.1; done').log).toContain('mysqlrouter did not end within 1 s: killed');
  });

  test('that ended is started again', () => {
    const bash = pod(true);
    bash.answers({ command: 'mysqlrouter', to: '--config', status: 3 });
    const ran = run(bash, 'tick; while kill -0 "$router" 2>/dev/null; do sleep 0.1; done; tick');
    expect(starts(ran)).toBe(2);
    expect(ran.log).toContain('mysqlrouter ended with status 3');
  });

  test.each(['secrets/router-password', 'tls/tls.crt'])('is started again when %s changed', (file) => {
    const bash = pod(true);
    bash.certificate();
    const ran = run(bash, `tick; tick; echo new >"${bash.folder}/${file}"; tick; tick`);
    expect(starts(ran)).toBe(2);
    expect(ran.log[3]).toBe('the password or the certificate changed: starting again');
  });

  test('goes on with the old password until the group accepts the new one', () => {
    const bash = pod(true);
    const ran = run(bash, `tick; tick; echo new >"${bash.folder}/secrets/router-password"; find_primary() { return 1; }; tick; tick`);
    expect(starts(ran)).toBe(1);
    expect(ran.log.at(-1)).toBe('ready: ROUTING: port 6446 leads to mysql-0');
  });

  test('is told to stop with its pod', () => {
    const ran = pod(true).run('router.sh', '(until [[ -e $RUN/local.cnf ]]; do sleep 0.1; done; kill -TERM $$) & main');
    expect(ran.status).toBe(0);
    expect(ran.log.at(-1)).toBe('stopping');
  });

  test('says so when the image has none', () => {
    const bash = pod(true);
    bash.without('mysqlrouter');
    const { status, log } = bash.run('router.sh', 'PATH=$STUBS/../bin; main');
    expect([status, log]).toEqual([1, ['ERROR: the image has no mysqlrouter: name one that has it as topology.router.image']]);
  });
});

describeScript('the probe of startup and liveness', () => {
  test.each([
    ['the script looked at the group lately, whatever it saw', '$EPOCHSECONDS unready waiting', 0, ''],
    ['the script looked at the group at most 300 s ago', '$((EPOCHSECONDS - 299)) unready waiting', 0, ''],
    ['it is silent for longer', '$((EPOCHSECONDS - 302)) ready of old', 1, 'it is silent; it last said: ready of old\n'],
    ['it never said anything', '', 1, 'it is silent; it last said: nothing\n'],
  ])('when %s', (_, said, status, output) => {
    const bash = sandbox({}, 'router');
    const ran = bash.run('lib.sh', `${said === '' ? '' : `echo "${said}" >"$RUN/verdict"; `}"${bash.folder}/scripts/alive.sh"`);
    expect([ran.status, ran.output]).toEqual([status, output]);
  });
});
