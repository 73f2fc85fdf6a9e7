import { Answer, describeScript, Run, Sandbox, sandbox } from '../../../support/bash';

const MEMBERS = ['mysql-0', 'mysql-1', 'mysql-2'];
const DENIED = 'echo "ERROR 1045 (28000): Access denied" >&2';

/** The pod of the metrics, with a password that is hard to quote. */
function pod(password = 'a$b`c\\d"e\'f', environment: Record<string, string> = {}): Sandbox {
  const made = sandbox(environment, 'metrics-group');
  made.environment.EXPORTER = made.environment.PAGES = `${made.folder}/exporter`;
  made.environment.CLUSTER_NAME = 'mysql';
  made.environment.POD_NAME = 'mysql-metrics-0';
  made.file('exporter/.keep', '');
  made.file('topology/members', MEMBERS.map((line) => `${line}\n`).join(''));
  made.password('secrets/metrics-password', password);
  return made;
}

function login(member: string, does = ''): Answer {
  return { command: 'mysql', on: member, to: 'DO 1', status: does === '' ? 0 : 1, does };
}

const RELOADS: Answer = { command: 'curl', to: '/-/reload' };
const CHANGE = 'keep_options; echo another >"$SECRETS/metrics-password"; keep_options';

function reloads({ calls }: Run): number {
  return calls.filter(({ command }) => command === 'curl').length;
}

describeScript('the options of the exporter', () => {
  test('hold the password in a form that the exporter reads as it is', () => {
    const bash = pod();
    bash.run('facts.sh', 'main options');
    expect(bash.read('exporter/exporter.cnf'))
      .toBe('[client]\nuser=metrics\npassword=`a${DOLLAR}b`c\\d"e\'f`\ntls=skip-verify\n');
    expect(bash.modeOf('exporter/exporter.cnf')).toBe('600');
  });

  test('name the authority where there is one', () => {
    const bash = pod('simple');
    bash.certificate('ca.crt');
    bash.run('facts.sh', 'main options');
    expect(bash.read('exporter/exporter.cnf')).toBe(`[client]\nuser=metrics\npassword=\`simple\`\nssl-ca=${bash.folder}/tls/ca.crt\n`);
  });

  test('wait for the key of the password', () => {
    const bash = pod('late');
    bash.remove('secrets/metrics-password');
    const run = bash.run('facts.sh', '(sleep 0.3; printf later >"$SECRETS/metrics-password") & main options');
    expect(run.log).toEqual(['the accounts\' Secret lacks the key metrics-password: waiting for it']);
    expect(bash.read('exporter/exporter.cnf')).toContain('password=`later`');
  });

  test('follow the Secret when the members take the password, and the exporter reads them again', () => {
    const bash = pod('first');
    bash.answers(...MEMBERS.map((member) => login(member)), RELOADS);
    const run = bash.run('facts.sh', CHANGE);
    expect([run.log, reloads(run)]).toEqual([['the password of metrics changed: the exporter uses the new one'], 1]);
    expect(bash.read('exporter/exporter.cnf')).toContain('password=`another`');
    expect(bash.read('run/metrics.cnf')).toContain('password="another"');
  });

  test('stay as they are while a member refuses the password of the Secret', () => {
    const bash = pod('first');
    bash.answers(login('mysql-0'), login('mysql-1', DENIED), RELOADS);
    const run = bash.run('facts.sh', CHANGE);
    expect([run.log, reloads(run)]).toEqual([
      ['the Secret has another password of metrics, which the members do not take yet: the one before stays in use'], 0,
    ]);
    expect(bash.read('run/metrics.cnf')).toContain('password="first"');
  });

  test('are not the worse for a member that does not answer', () => {
    const bash = pod('first');
    bash.answers(login('mysql-0'), login('mysql-1', 'echo "ERROR 2003 (HY000): no route" >&2'), login('mysql-2'), RELOADS);
    expect(reloads(bash.run('facts.sh', CHANGE))).toBe(1);
  });

  test('are read again later when the exporter did not answer', () => {
    const bash = pod('first');
    bash.answers(...MEMBERS.map((member) => login(member)), { ...RELOADS, status: 7, does: 'echo "curl: (7) refused" >&2' });
    const run = bash.run('facts.sh', `${CHANGE} || echo "failed"; keep_options || echo "failed again"`);
    expect([run.output, reloads(run)]).toEqual(['failed\nfailed again\n', 2]);
    expect(run.log).toEqual(['the exporter did not read its options again, curl: (7) refused']);
  });
});
