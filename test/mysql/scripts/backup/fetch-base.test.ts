import { describeScript } from '../../../support/bash';
import { BASE, information } from './restore-pod';
import { base, Ended, StorePod, storePod } from './store-pod';

function fetch(change: (pod: StorePod) => void = () => {}, environment: Record<string, string> = {}): Ended & { pod: StorePod } {
  const pod = storePod();
  pod.base();
  pod.file('scratch/plan', information({ timeline: 'initial', base: BASE }));
  pod.file('stubs/snapshot/scratch/base/backup.info', information(base()));
  pod.file('stubs/snapshot/scratch/base/data/mysql.ibd', 'tables');
  change(pod);
  const run = pod.run('fetch-base.sh', environment);
  return { ...run, log: run.log.map((line) => line.replace(/in \d+ s$/, 'in N s')), pod };
}

const SNAPSHOTS = [{ id: 'a1', summary: { total_bytes_processed: 99999 } }];
/** With a snapshot that had more than it has. */
const REPAIRED = `#!/bin/sh
case "$*" in *snapshots*) echo '${JSON.stringify(SNAPSHOTS)}' ;; *) mkdir -p "$8" && cp -r "$STUBS/snapshot/." "$8" ;; esac
`;

describeScript('the base of a restore', () => {
  test('is there when it is whole, and the one that is known', () => {
    const { status, log, pod } = fetch((made) => {
      made.file('scratch/restore.tmp/half', '');
      made.file('scratch/restore/old', '');
    });
    expect({ status, log }).toEqual({ status: 0, log: [`fetched the base ${BASE}, 1000 bytes, in N s`] });
    expect(pod.list('scratch')).toEqual(['known', 'plan', 'restore']);
    expect(pod.list('scratch/restore/scratch/base')).toEqual(['backup.info', 'data']);
    expect(pod.calls()).toEqual([
      `--no-lock --quiet restore latest --tag id=${BASE},proven --target /scratch/restore.tmp`,
      `--no-lock --quiet snapshots latest --json --tag id=${BASE},proven`,
    ]);
  });

  test('is not fetched where members have data', () => {
    const run = fetch((pod) => pod.file('scratch/inert', 'mysql-0 have data\n'));
    expect(run).toMatchObject({ status: 0, log: ['inert: mysql-0 have data'] });
    expect(run.pod.calls()).toEqual([]);
  });

  test('is followed by a look at a part of the repository in a drill', () => {
    const { log, pod } = fetch(() => {}, { DRILL: '1' });
    expect(log.at(-1)).toBe('checked 10% of the repository in N s');
    expect(pod.calls().at(-1)).toBe('--no-lock --quiet check --read-data-subset=10%');
  });

  const fails = (status: number, text = 'why it fails') => (pod: StorePod) => (
    pod.file('bin/restic', `#!/bin/sh\necho 'Fatal: ${text}' >&2\nexit ${status}\n`));

  test.each<[string, (pod: StorePod) => void, RegExp]>([
    ['without a plan', (pod) => pod.remove('scratch/plan'), /^\/scratch\/plan is not whole: the container before has not run to its end$/],
    ['with half a plan', (pod) => pod.file('scratch/plan', `base ${BASE}\n`), /^\/scratch\/plan is not whole: /],
    ['with another key', fails(12),
      /^the encryption key does not open the repository in \/store\/base: Fatal: why it fails ; restore the Secret with the key /],
    ['without a repository', fails(10),
      /^there is no restic repository in \/store\/base: Fatal: why it fails ; correct the bucket or the prefix$/],
    ['without its snapshot', fails(1, 'failed to find snapshot: no snapshot found'),
      new RegExp(`^the repository in /store/base has no snapshot of the base ${BASE} with the tag proven: .*; restore another backup$`)],
    ['with a damaged pack', fails(1, 'ciphertext verification failed'),
      new RegExp(`^restoring the base ${BASE} failed in /store/base: restic ended with status 1: .*verification failed ; if the repository is damaged, restore another`)],
    ['with another backup.info than is known', (pod) => pod.file('stubs/snapshot/scratch/base/backup.info',
      information(base({ executed: '-' }))),
    new RegExp(`^the snapshot of the base ${BASE} in /store/base holds another backup.info than bases/${BASE}.info says: restore another backup$`)],
    ['with a snapshot that was repaired', (pod) => pod.file('bin/restic', REPAIRED),
      new RegExp(`^the snapshot of the base ${BASE} in /store/base has \\d+ bytes instead of 99999: it was repaired, and lacks what was damaged; `)],
    ['without room', (pod) => pod.base({ bytes: 99999999999999 }),
      new RegExp(`^the scratch volume has room for \\d+ bytes, and the base ${BASE} needs 109999999999998: give it more$`)],
  ])('is refused %s', (_, change, why) => {
    const { status, log, pod } = fetch(change);
    expect(status).toBe(1);
    expect(log.at(-1)!.replace(/^ERROR: /, '')).toMatch(why);
    expect(pod.exists('scratch/restore')).toBe(false);
  });
});
