import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { isGone } from '../../support/processes';
import { EACH_SERVER_HAS, member, REPLICA } from './members';

// A process that outlived server.sh would hold its output open, and make the run of a test fail.
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Runs server.sh beside a guard, which is shell of a test. */
function serve(guard: string, answers: Answer[], bash = member(REPLICA)): Run & { bash: Sandbox; guards: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-server-')); // a disk from which programs may be run
  folders.push(folder);
  for (const name of ['lib.sh', 'stand-in.sh', 'keep-stand-in.sh', 'end-without-data.sh', 'server.sh']) {
    copyFileSync(join(bash.folder, 'scripts', name), join(folder, name));
  }
  writeFileSync(join(folder, 'guard.sh'), `#!/usr/bin/env bash\necho "$$" >>"$RUN/guards"\nnumber=$(wc -l <"$RUN/guards")\n${guard}\n`);
  ['server.sh', 'guard.sh'].forEach((name) => chmodSync(join(folder, name), 0o755));
  ['mysql/table', ...EACH_SERVER_HAS].forEach((name) => bash.file(`volume/data/${name}`, ''));
  bash.answers(...answers);
  const run = bash.run('lib.sh', `exec "${folder}/server.sh"`);
  const log = run.log.filter((line) => !/: line \d+: +\d+ Killed /.test(line)); // that is the shell's own
  return { ...run, log, bash, guards: bash.exists('run/guards') ? bash.read('run/guards').trim().split('\n') : [] };
}

const WAITS = 'exec sleep 30';
const until = (condition: string) => `until ${condition}; do sleep 0.02; done`;
const mysqld = (does: string): Answer => ({ command: 'mysqld', does });
const ended = (pid: string) => isGone(Number(pid));

describeScript('the guard', () => {
  test('runs beside the server, and ends with it', () => {
    const run = serve(WAITS, [mysqld(until('[[ -s $RUN/guards ]]'))]);
    expect(run).toMatchObject({ status: 0, log: ['mysqld ended with status 0'] });
    expect(run.guards.map(ended)).toEqual([true]);
  });

  test('is started again when it ends, and the log says so', () => {
    const run = serve(`((number > 1)) || exit 3\n${WAITS}`, [mysqld(until('(($(wc -l <"$RUN/guards") > 1))'))]);
    expect(run).toMatchObject({ status: 0, log: ['the guard ended with status 3: starting it again', 'mysqld ended with status 0'] });
    expect(run.guards.map(ended)).toEqual([true, true]);
  });

  test('is the same one when mysqld starts again', () => {
    const run = serve(WAITS, [mysqld(`${until('[[ -s $RUN/guards ]]')}; ((turn > 0)) || exit 16`)]);
    expect(run.log).toEqual(['starting mysqld again', 'mysqld ended with status 0']);
    expect(run.guards).toHaveLength(1);
  });

  test('ends when the pod is told to stop, after the server', () => {
    const guard = `trap 'date +%s%N >"$RUN/guard-ended"; exit' TERM; ${until('false')}`;
    const server = `trap 'sleep 0.2; date +%s%N >"$RUN/server-ended"; exit 0' TERM; ${until('[[ -s $RUN/guards ]]')}; `
      + `kill -TERM "$MYSQLD_PARENT_PID"; ${until('false')}`;
    const { log, bash } = serve(guard, [mysqld(server)]);
    expect(log).toEqual(['stopping: sending SIGTERM to mysqld', 'mysqld ended with status 0']);
    expect(bash.read('run/guard-ended') > bash.read('run/server-ended')).toBe(true);
  });

  test('ends with a server that could not start', () => {
    const run = serve(WAITS, [{ command: 'mysqld', status: 1, does: until('[[ -s $RUN/guards ]]') }]);
    expect(run).toMatchObject({ status: 1, log: ['mysqld ended with status 1'] });
    expect(run.guards.map(ended)).toEqual([true]);
  });

  test('finds nothing of an earlier life', () => {
    const bash = member(REPLICA);
    ['member', 'open-request', 'kill-server'].forEach((name) => bash.file(`run/${name}`, 'of an earlier life\n'));
    const run = serve('ls "$RUN" >"$RUN/found"; exec sleep 30', [mysqld(until('[[ -s $RUN/found ]]'))], bash);
    expect(run.log).toEqual(['mysqld ended with status 0']);
    expect(bash.read('run/found').split('\n').filter((name) => ['member', 'open-request', 'kill-server'].includes(name))).toEqual([]);
  });
});

describeScript('a server that the guard has killed', () => {
  const KILLED = 'mysqld was killed: the group goes on without it; starting it again';
  const ASKS = 'echo "the group goes on without it" >"$RUN/kill-server"';
  const lives = ({ calls }: Run) => calls.filter(({ command }) => command === 'mysqld').length;

  test.each<[string, string]>([
    ['hangs', until('false')], ['is stopped', `kill -STOP "$$"; ${until('false')}`], ['heeds no signal',
      `trap "" TERM INT; ${until('false')}`],
  ])(
    'and that %s ends at once and starts again, with the reason in the log', (_, hangs) => {
      const run = serve(WAITS, [mysqld(`((turn == 0)) || exit 0; echo "$$" >"$RUN/mysqld.pid"; ${ASKS}; ${hangs}`)]);
      expect(run).toMatchObject({ status: 0, log: [KILLED, 'mysqld ended with status 0'] });
      expect(lives(run)).toBe(2);
      expect(run.bash.exists('run/kill-server')).toBe(false);
    });

  test('is killed when it has written its number, not before', () => {
    const run = serve(WAITS, [mysqld(`((turn == 0)) || exit 0; ${ASKS}; sleep 0.7; touch "$RUN/lives"; echo "$$" >"$RUN/mysqld.pid"; ${until('false')}`)]);
    expect(run.log).toEqual([KILLED, 'mysqld ended with status 0']);
    expect(run.bash.exists('run/lives')).toBe(true);
  });

  test('does not start again when the pod is told to stop', () => {
    const run = serve(WAITS, [mysqld(`echo "$$" >"$RUN/mysqld.pid"; trap "" TERM; kill -TERM "$MYSQLD_PARENT_PID"; sleep 0.1; ${ASKS}; ${until('false')}`)]);
    expect(run).toMatchObject({ status: 137, log: ['stopping: sending SIGTERM to mysqld', 'mysqld ended with status 137'] });
    expect(lives(run)).toBe(1);
  });

  test('starts again also when it ended by itself in that moment', () => {
    const run = serve(WAITS, [mysqld(`((turn == 0)) || exit 0; ${ASKS}; exit 2`)]);
    expect(run.log).toEqual([KILLED, 'mysqld ended with status 0']);
  });
});

describeScript('a server that was not asked to be killed', () => {
  test('ends the container when something else kills it soon after its start', () => {
    const run = serve(WAITS, [mysqld('echo "$$" >"$RUN/mysqld.pid"; kill -KILL "$$"')]);
    expect(run).toMatchObject({ status: 137, log: ['mysqld ended with status 137'] });
  });
});
