import { chmodSync } from 'fs';
import { join } from 'path';
import { describeScript } from '../../../support/bash';
import { information } from '../backup/restore-pod';
import { base, Ended, StorePod, storePod } from '../backup/store-pod';

/** Stands for restic: STUBS/locks has a file for each lock. What comes after the locks fails. */
const RESTIC = `#!/bin/sh
echo "$*" >>"$STUBS/calls"
case $* in
'cat config '*) ;;
unlock) ;;
'unlock --remove-all') rm -f "$STUBS"/locks/* ;;
'list locks '*) ls "$STUBS/locks" 2>/dev/null || true ;;
'cat lock '*) cat "$STUBS/locks/$3" ;;
*) echo 'no more' >&2; exit 1 ;;
esac
`;

const ENVIRONMENT = { POD: 'now-second', CLUSTER: 'shop/mysql', KEEP_LAST: '2', LOCK_PAUSE: '0' };

/** What a backup does whose pod is that of a Job `now`, when these pods hold locks. */
function store(holders: string[]): Ended & { pod: StorePod } {
  const pod = storePod();
  pod.file('bin/restic', RESTIC);
  chmodSync(join(pod.folder, 'bin', 'restic'), 0o755);
  pod.file('scratch/base/backup.info', information(base()));
  holders.forEach((hostname, index) => pod.file(`stubs/locks/${index}`, JSON.stringify({ exclusive: false, hostname, pid: 7 }, null, 2)));
  return { ...pod.run('store-base.sh', { ...ENVIRONMENT, LOCK_SECONDS: '0' }), pod };
}

const locksOf = (pod: StorePod): string[] => pod.list('stubs').includes('locks') ? pod.list('stubs/locks') : [];

describeScript('a backup whose repository is locked', () => {
  test('removes the lock of an earlier pod of its Job, which was killed', () => {
    const { log, pod } = store(['now-first']);
    expect(log[0]).toBe('removed the lock of now-first, an earlier try of this Job that was killed');
    expect(locksOf(pod)).toEqual([]);
    expect(pod.calls().at(-1)).toMatch(/^snapshots /); // it goes on
  });

  test.each([['another Job', 'mysql-backup-29001-aaaaa'], ['a Job whose name begins with its own', 'now-2-aaaaa']])(
    'leaves the lock of %s, and ends with one line that says whose it is', (_, holder) => {
      const { status, log, pod } = store(['now-first', holder]);
      expect({ status, log }).toEqual({
        status: 1, log: [`ERROR: the repository /store/base is locked by ${holder}, which still works: wait until it has ended, and run the backup again`],
      });
      expect(locksOf(pod)).toHaveLength(2);
      expect(pod.calls()).not.toContain('unlock --remove-all');
    });

  test('waits until the lock of another Job is gone', () => {
    const pod = storePod();
    const gone = '[ "$(grep -c ^unlock "$STUBS/calls")" -lt 3 ] || rm -f "$STUBS"/locks/*';
    pod.file('bin/restic', RESTIC.replace('unlock) ', `unlock) ${gone} `));
    chmodSync(join(pod.folder, 'bin', 'restic'), 0o755);
    pod.file('scratch/base/backup.info', information(base()));
    pod.file('stubs/locks/0', '{"hostname":"other-first"}');
    const { log } = pod.run('store-base.sh', ENVIRONMENT);
    expect(log[0]).toBe('WARNING: waiting for other-first, which has locked the repository; if it was killed, that takes half an hour');
    expect(log).toHaveLength(2);
    expect(pod.calls().filter((call) => call === 'unlock')).toHaveLength(3);
    expect(pod.calls().at(-1)).toMatch(/^snapshots /);
  });

  test('asks nobody when there is none', () => {
    const { pod } = store([]);
    expect(pod.calls().slice(1, 3)).toEqual(['unlock', 'list locks --no-lock --quiet']);
    expect(pod.calls()).not.toContain('unlock --remove-all');
  });
});
