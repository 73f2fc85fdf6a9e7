import { ChildProcess, spawn } from 'child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Operation, parseOperations } from '../e2e/registers/operation';
import { until } from '../e2e/support/wait';
import { describeScript } from '../support/bash';

const CLIENTS = join(__dirname, '..', 'e2e', 'registers', 'clients.sh');

describeScript('clients of registers', () => {
  let folder: string;
  let clients: ChildProcess;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-clients-'));
    mkdirSync(join(folder, 'bin'));
    copyFileSync(join(__dirname, 'server.sh'), join(folder, 'bin', 'mysql'));
    writeFileSync(join(folder, 'password.cnf'), '[client]\n');
    clients = spawn('bash', [CLIENTS], {
      stdio: 'ignore',
      detached: true,
      env: {
        ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, FOLDER: folder, MYSQL_HOST: 'mysql',
        PATIENCE: '2', WRITERS: '1', READERS: '1', LAGGING: '0', PATIENT_WRITERS: '1', PATIENT_READERS: '0',
      },
    });
    await loggedAfter(2);
  });

  afterEach(() => {
    process.kill(-clients.pid!, 'SIGKILL'); // with all that they have started
    rmSync(folder, { recursive: true });
  });

  test('log what was acknowledged and read, on a connection that stays', async () => {
    await loggedAfter(10);
    const logged = logs();
    expect(Object.keys(logged).sort()).toEqual(['patient-writer-1', 'reader-1', 'writer-1']);
    expect(shapes(logged['reader-1'])).toEqual(new Set(['connect ok -', 'read ok -']));
    expect(logged['reader-1'].filter(({ kind }) => kind === 'connect')).toHaveLength(1);
    for (const [writer, register] of [['writer-1', 1], ['patient-writer-1', 2]] as const) {
      const writes = logged[writer].filter(({ kind }) => kind === 'write');
      expect(new Set(writes.map((write) => write.register))).toEqual(new Set([register]));
      expect(writes.map(({ value }) => value)).toEqual(writes.map((_, index) => index + 1));
    }
    writeFileSync(join(folder, 'stop'), '');
    await until('they have ended', 5, () => Promise.resolve(existsSync(join(folder, 'ended'))));
    expect(logged['reader-1'].every(({ start }, index, all) => index === 0 || start >= all[index - 1].end)).toBe(true);
  });

  test('stay with a server that refuses their writes', async () => {
    const logged = await loggedAfter(10, 'refuse');
    expect(shapes(logged['writer-1'])).toEqual(new Set(['write error 1290', 'read ok -']));
  });

  test.each([
    ['that has lost them', 'gone', ['connect unknown 2013', 'read unknown 2013']],
    ['that is fenced', 'fenced', ['connect error 3032', 'read error 3032']],
  ])('leave a server %s, and try again', async (_, mode, wanted) => {
    const from = Date.now() * 1000;
    await loggedAfter(4, mode);
    // That read may have begun before.
    const left = logs()['reader-1'].filter(({ end, outcome }) => end > from && outcome !== 'ok');
    expect([...shapes(left)].sort()).toEqual(wanted);
    const back = await loggedAfter(5, '');
    expect(shapes(back['reader-1'])).toContain('read ok -');
  });

  test('do not know what became of an operation that is not answered in time', async () => {
    const from = Date.now() * 1000;
    writeFileSync(join(folder, 'mode'), 'silent');
    const silent = await until('the reader has had no answer', 15, () => (
      Promise.resolve(logs()['reader-1'].find(({ start, outcome }) => start > from && outcome === 'unknown'))));
    expect(silent).toMatchObject({ kind: 'read', outcome: 'unknown' });
    expect(silent.end - silent.start).toBeGreaterThan(1_900_000);
    expect(silent.end - silent.start).toBeLessThan(5_000_000);
  }, 20_000);

  /** What each client logs, of operations that begin in that mode of the server, as soon as each has logged so many. */
  async function loggedAfter(count: number, mode = ''): Promise<Record<string, Operation[]>> {
    writeFileSync(join(folder, 'mode'), mode);
    const from = Date.now() * 1000;
    return await until(`each client has logged ${count} operations`, 8, () => {
      const recent = Object.entries(logs()).map(([name, operations]) => [name, operations.filter(({ start }) => start > from)] as const);
      const enough = recent.length === 3 && recent.every(([name, operations]) => name.startsWith('patient') || operations.length >= count);
      return Promise.resolve(enough && Object.fromEntries(recent));
    });
  }

  function logs(): Record<string, Operation[]> {
    const files = existsSync(join(folder, 'registers')) ? readdirSync(join(folder, 'registers')) : [];
    return Object.fromEntries(files.map((file) => [file, parseOperations(file, readFileSync(join(folder, 'registers', file), 'utf8'))]));
  }
});

function shapes(operations: Operation[]): Set<string> {
  return new Set(operations.map(({ kind, outcome, error }) => `${kind} ${outcome} ${error}`));
}
