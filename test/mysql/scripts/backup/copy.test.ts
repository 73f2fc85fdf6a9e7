import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { FIRST, hasNone, SECOND, tellsInGroup, THIRD } from '../group/members';
import { backupPod } from './backup-pod';

const pod = () => backupPod('backup-group', ['mysql-0', 'mysql-1', 'mysql-2']);

/** A copy that this pod has made. */
function made(bash: Sandbox, takenAt: string): void {
  bash.file('volume/base/data/mysql/table', '');
  bash.file('volume/base/backup.info', `id b1\ndonor mysql-1\ntaken_at ${takenAt}\nend\n`);
}

describeScript('a copy that exists already', () => {
  const now = new Date().toISOString().replace(/\.\d+/, '');

  test('is used again when it is whole and recent', () => {
    const bash = pod();
    made(bash, now);
    bash.file('volume/clone.tmp/half', '');
    expect(bash.runProgram('copy.sh')).toMatchObject({ status: 0, calls: [], log: [`the copy exists: base b1 of mysql-1, taken at ${now}`] });
    expect(bash.list('volume')).toEqual(['base']);
  });

  test.each<[string, (bash: Sandbox) => void]>([
    ['is old', (bash) => made(bash, '2026-01-01T00:00:00Z')],
    ['is not described to its end', (bash) => {
      made(bash, now);
      bash.file('volume/base/backup.info', `id b1\ntaken_at ${now}\n`);
    }],
    ['has no data', (bash) => {
      made(bash, now);
      bash.remove('volume/base/data');
    }],
  ])('is removed when it %s', (_, change) => {
    const bash = pod();
    change(bash);
    const { status, log } = bash.runProgram('copy.sh');
    expect(status).toBe(1);
    expect(log).toEqual([`ERROR: ${bash.folder}/volume/known is missing, which look.sh makes: nothing is known of the store`]);
    expect(bash.exists('volume/base')).toBe(false);
  });
});

describeScript('a copy is refused', () => {
  test('when CLONE copied tables without their rows', () => {
    const { status, log } = pod().run('copy.sh', 'empty_tables=("t.mem (MEMORY)" "t.my (MyISAM)"); require_whole');
    expect({ status, log }).toEqual({ status: 1, log: ['ERROR: these tables are not InnoDB, and a copy has none of their rows: '
      + 't.mem (MEMORY), t.my (MyISAM); nothing was stored. Change each, as in ALTER TABLE `t`.`mem` ENGINE = InnoDB, or drop it'] });
  });

  test.each([['a:1-9', 0], ['a:1-8', 1]])('when its donor had more before: of a:1-9 it has %s', (copied, status) => {
    const run = pod().run('copy.sh', `donor=mysql-1; executed[mysql-1]=a:1-9; own_set=a:1-9 copied_set=${copied} copied_timeline=initial copied_origin=-; require_whole`);
    expect(run.status).toBe(status);
    const error = 'ERROR: the copy of mysql-1 holds a:1-8, but mysql-1 had a:1-9 before: nothing was stored';
    expect(run.log).toEqual(status === 0 ? [] : [error]);
  });

  test.each([
    ['ERROR 3873 (HY000) at line 2: Clone estimated database size is 2.00 GiB. Available space 1.00 GiB is not enough.', 1,
      'ERROR: the scratch volume <volume> is too small for the data of mysql-1: make it larger; the server says: '],
    ['ERROR 3862 (HY000) at line 2: Clone Donor Error: 3634 : Too many concurrent clone operations.', 3, 'the copy of mysql-1 failed: '],
  ])('when the server says %s', (said, status, begin) => {
    const bash = pod();
    bash.answers({ command: 'mysql', on: 'recipient', to: 'CLONE INSTANCE', status: 1, does: `echo "${said}" >&2` });
    const run = bash.run('copy.sh', 'take_copy mysql-1 "$VOLUME/clone.tmp" || exit 3');
    expect(run.status).toBe(status);
    expect(run.log.at(-1)).toBe(`${begin.replace('<volume>', `${bash.folder}/volume`)}${said}`);
  });

  test('when the volume has no room for the throw-away server', () => {
    const bash = pod();
    bash.answers({ command: 'df', says: 'Avail\n  100\n' });
    const { status, log } = bash.run('copy.sh', 'require_room');
    expect({ status, log }).toEqual({ status: 1, log: [
      `ERROR: the scratch volume ${bash.folder}/volume is full: 100 MiB are free, and a backup needs the size of the data and 160 MiB: make it larger`,
    ] });
  });
});

describeScript('the first backup after a restore', () => {
  const writer = (timeline: string): Answer => (
    { command: 'mysql', on: FIRST, to: '\'donor\'', says: `donor\tON\tON\t0\t1/2026-11-29T02:17:00Z\t${timeline}\n` });
  const group = [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND), ...tellsInGroup(THIRD)];
  const awaited = (bash: Sandbox, first: string, ...answers: Answer[]) => {
    bash.answers(...answers);
    return bash.run('copy.sh', `write_remote_options monitor; FIRST_OF=${first}; await_restored; echo "goes on"`);
  };

  test('waits until a member that is open for writes has the timeline', () => {
    const bash = pod();
    const [first] = tellsInGroup(FIRST, 'PRIMARY');
    const later: Answer = { ...first, says: '', does: `((turn == 0)) || printf '%s' '${String(first.says)}'` };
    const run = awaited(bash, 'r1', later, ...tellsInGroup(FIRST, 'PRIMARY').slice(1), ...hasNone(SECOND), ...hasNone(THIRD), writer('r1'));
    expect(run).toMatchObject({ status: 0, output: 'goes on\n', log: ['waiting until the restored data is open for writes'] });
  });

  test('does nothing where the data is of another timeline', () => {
    const bash = pod();
    const why = `the data of ${FIRST} is of the timeline initial: nothing was restored`;
    expect(awaited(bash, 'r1', ...group, writer('initial'))).toMatchObject({ status: 0, output: '', log: [`inert: ${why}`] });
    expect(bash.read('volume/inert')).toBe(`${why}\n`);
  });

  test('does nothing where the store has one', () => {
    const bash = pod();
    bash.file('volume/inert', 'the timeline r1 has the base b2\n');
    expect(bash.runProgram('copy.sh')).toMatchObject({ status: 0, calls: [], log: ['inert: the timeline r1 has the base b2'] });
  });

  test('is any backup without a timeline', () => {
    expect(awaited(pod(), '')).toMatchObject({ output: 'goes on\n', calls: [] });
  });
});
