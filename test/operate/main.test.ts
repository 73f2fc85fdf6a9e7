import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { main } from '../../lib/operate/main';
import { redact } from '../../lib/operate/redact';
import { runMain } from '../support/program';

/** A pod as kubectl lists it. */
const pod = (name: string, state: object = { running: {} }, containers = ['mysqld', 'agent']) => ({
  metadata: { name }, spec: { containers: containers.map((container) => ({ name: container })) },
  status: { phase: 'Running', containerStatuses: containers.map((container) => ({ name: container, state })) },
});
const FINE = 'shop/mysql is fine: writes go to mysql-0; 3 of 3 members serve\n';
/** What no bundle may show: a password, a token, a key and a row, as logs and events might have them by mistake. */
const SECRETS = [
  's3cr3t-Pa55', 'ZXlKaGJHY2lPaUpTVXpJMU5pSXNJ', 'MIIEvQIBADANBgkqhkiG9w0B', 'ada@shop.example',
  'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrOHMifQ.sig',
];

describe('cdk8s-stateful', () => {
  const path = process.env.PATH;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-operate-'));
    process.env.PATH = `${folder}:${path}`;
  });

  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  /** A kubectl that notes its arguments, and answers by what they contain: text, exit status and its own words. */
  function kubectl(...answers: [pattern: string, text: string, status?: number, error?: string][]): void {
    const cases = answers.map(([pattern, text, status = 0, error = ''], index) => {
      writeFileSync(join(folder, `answer-${index}`), text);
      return `*"${pattern}"*) cat ${folder}/answer-${index}; printf '%s' '${error}' >&2; exit ${status} ;;\n`;
    });
    writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\necho "$*" >>${folder}/calls\ncase "$*" in\n${cases.join('')}esac\nexit 1\n`);
    chmodSync(join(folder, 'kubectl'), 0o755);
  }

  const pods = (...items: object[]): [string, string] => ['pods --selector', JSON.stringify({ items })];
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  const run = (...args: string[]) => runMain((given, output) => main(given, output, 2), args);

  describe('status', () => {
    test('prints what a member says, and ends with its exit status', () => {
      kubectl(pods(pod('mysql-0'), pod('mysql-1')), ['exec', FINE]);
      expect(run('status', 'shop/mysql')).toEqual({ status: 0, stdout: FINE, stderr: '' });
      expect(calls()).toEqual([
        'get --namespace shop pods --selector app.kubernetes.io/name=mysql --output json --request-timeout=10s',
        'exec --namespace shop mysql-0 --container agent -- /scripts/status.sh',
      ]);
    });

    test.each([1, 2])('ends with %d when the cluster is so', (status) => {
      kubectl(pods(pod('mysql-0')), ['exec', 'shop/mysql is not fine\n', status, 'command terminated with exit code']);
      expect(run('status', 'shop/mysql', '--json', '--context', 'far')).toEqual({ status, stdout: 'shop/mysql is not fine\n', stderr: '' });
      expect(calls()[1]).toBe('exec --context far --namespace shop mysql-0 --container agent -- /scripts/status.sh --json');
    });

    test('asks the next member when one cannot be asked, and first those that run', () => {
      const waiting = { waiting: { reason: 'CrashLoopBackOff' } };
      kubectl(pods(pod('mysql-0', waiting), pod('mysql-1'), pod('mysql-2'), pod('mysql-7', {}, ['copy'])), ['mysql-1', '', 1, 'no route'],
        ['mysql-2', FINE]);
      expect(run('status', 'shop/mysql')).toMatchObject({ status: 0, stdout: FINE });
      expect(calls().slice(1).map((call) => /mysql-\d/.exec(call)![0])).toEqual(['mysql-1', 'mysql-2']);
    });

    test('asks the others when one reaches no member that takes writes, which may be cut off itself', () => {
      const cut = 'shop/mysql is down: no member that answers takes writes; mysql-0 says NO_QUORUM\n';
      kubectl(pods(pod('mysql-0'), pod('mysql-1'), pod('mysql-2')), ['mysql-0', cut, 2], ['mysql-1', 'shop/mysql is unknown\n', 3],
        ['mysql-2', FINE]);
      expect(run('status', 'shop/mysql')).toMatchObject({ status: 0, stdout: FINE });
      kubectl(pods(pod('mysql-0'), pod('mysql-1')), ['mysql-0', cut, 2], ['mysql-1', 'shop/mysql is down too\n', 2]);
      expect(run('status', 'shop/mysql')).toMatchObject({ status: 2, stdout: cut });
    });

    test('asks no other one when one sees two members that take writes: another may see one of them alone', () => {
      const two = 'shop/mysql is down: 2 members take writes: mysql-0 mysql-1\n';
      kubectl(pods(pod('mysql-0'), pod('mysql-1')), ['mysql-0', two, 2], ['mysql-1', FINE]);
      expect(run('status', 'shop/mysql')).toMatchObject({ status: 2, stdout: two });
    });

    test('says why nobody could be asked', () => {
      const waiting = pod('mysql-0', { waiting: { reason: 'CrashLoopBackOff' } });
      kubectl(pods(waiting, pod('mysql-1')), ['exec', '', 1, 'Error from server (Forbidden)']);
      expect(run('status', 'shop/mysql')).toEqual({ status: 3, stdout: '', stderr:
        'cdk8s-stateful: shop/mysql: no member could be asked: mysql-1: Error from server (Forbidden); mysql-0 is CrashLoopBackOff\n' });
      kubectl(pods());
      expect(run('status', 'shop/mysql').stderr).toBe('cdk8s-stateful: shop/mysql: it has no pods\n');
    });

    test('says what kubectl says when it lists no pods, and when there is none', () => {
      kubectl(['pods --selector', '', 1, 'error: You must be logged in']);
      expect(run('status', 'shop/mysql')).toMatchObject({ status: 3, stderr:
        'cdk8s-stateful: kubectl does not list the pods of mysql: error: You must be logged in\n' });
      process.env.PATH = '/nowhere';
      expect(run('status', 'shop/mysql').stderr).toContain('kubectl is not on PATH');
    });

    test('asks again and again with --watch', () => {
      kubectl(pods(pod('mysql-0')), ['exec', FINE]);
      expect(run('status', 'shop/mysql', '--watch', '0').stdout).toBe(FINE + FINE);
    });
  });

  describe('diagnose', () => {
    const noise = [
      `root password=${SECRETS[0]} and "monitor-password": "${SECRETS[0]}"`, `ALTER USER app@'%' IDENTIFIED WITH x BY '${SECRETS[0]}'`,
      `Authorization: Bearer ${SECRETS[1]}`, `-----BEGIN PRIVATE KEY-----\n${SECRETS[2]}\n-----END PRIVATE KEY-----`,
      `Duplicate entry '${SECRETS[3]}' for key`, `seen ${SECRETS[4]} here`,
      `Error on query. Default database: ''. Query: 'INSERT INTO t VALUES ("${SECRETS[3]}")'`,
    ].join('\n');

    test('prints all that an issue needs, and nothing secret', () => {
      kubectl(pods(pod('mysql-0')), ['status.sh --json', '{"status":"fine"}\n'], ['status.sh', FINE],
        ['statefulsets', 'NAME READY\nstatefulset.apps/mysql 3/3\nstatefulset.apps/other 1/1\nservice/mysql-members x\n'],
        ['events', `LAST SEEN TYPE\n1m Warning pod/mysql-0 ${noise}\n1m Normal pod/web-0 started\n`],
        ['diagnose.sh', `variable\toffline_mode\n${noise}`],
        ['--container agent', `INFO agent.sh: ready\n${noise}\n`], ['--container mysqld', `[Note] up\n${noise}\n`]);
      const { status, stdout, stderr } = run('diagnose', 'shop/mysql');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect([...stdout.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title)).toEqual([
        'Diagnosis of shop/mysql', 'Status', 'Status as JSON', 'Objects', 'Events', 'mysql-0: decisions of the agent',
        'mysql-0: log of the server', 'mysql-0: log of the server before', 'mysql-0: server, volume and certificate', 'The archive',
      ]);
      expect(stdout).toContain(FINE);
      expect(stdout).toContain('service/mysql-members');
      expect(stdout).not.toMatch(/other|web-0/);
      expect(SECRETS.filter((secret) => stdout.includes(secret))).toEqual([]);
      expect(calls().filter((call) => /secret/i.test(call))).toEqual([]); // it reads none
    });

    test('leaves what is no secret as it is', () => {
      const text = 'agent.sh: ready: PRIMARY: the primary\nmysql-0 refuses the password of monitor that the Secret has now\nUntil 2027';
      expect(redact(text)).toBe(text);
    });
  });

  test.each([
    [['status']], [['state', 'shop/mysql']], [['status', 'mysql']], [['status', 'a/b', 'c/d']], [['status', 'a/b', '--yaml']],
    [['diagnose', 'a/b', '--json']],
  ])('refuses %j', (args) => {
    const stderr = expect.stringContaining('cdk8s-stateful: it takes status or diagnose') as string;
    expect(run(...args)).toMatchObject({ status: 3, stdout: '', stderr });
  });

  test('prints its help', () => {
    const stdout = expect.stringContaining('Exit status: 0 fine, 1 degraded, 2 down') as string;
    expect(run('--help')).toMatchObject({ status: 0, stdout });
  });
});
