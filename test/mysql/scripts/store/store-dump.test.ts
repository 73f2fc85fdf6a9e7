import { chmodSync } from 'fs';
import { join } from 'path';
import { describeScript } from '../../../support/bash';
import { information } from '../backup/restore-pod';
import { Ended, StorePod, storePod } from '../backup/store-pod';

/** Stands for restic: STUBS/snapshots is what the repository has. */
const RESTIC = `#!/bin/sh
echo "$*" >>"$STUBS/calls"
case $* in
'list locks '*) ;;
'snapshots '*' --tag id='*) echo '[{"id": "new", "time": "2026-11-29T10:00:00Z"}]' ;;
'snapshots '*) cat "$STUBS/snapshots" ;;
'backup '*) echo '{"message_type": "summary", "data_added_packed": 7}' ;;
"$(cat "$STUBS/broken" 2>/dev/null) "*) echo 'unexpected' >&2; exit 1 ;;
esac
`;

const snapshot = (id: string, day: number, ...tags: string[]) => ({ id, time: `2026-11-${day}T10:00:00Z`, tags: ['dump', ...tags] });

/** What the last container of a dump does in a repository with these snapshots of dumps, of which the newest is its own. */
function store(snapshots: object[], environment: Record<string, string> = { KEEP_DUMPS: '2' }, broken = ''): Ended & { pod: StorePod } {
  const pod = storePod();
  pod.file('bin/restic', RESTIC);
  chmodSync(join(pod.folder, 'bin', 'restic'), 0o755);
  pod.file('stubs/snapshots', JSON.stringify(snapshots));
  pod.file('stubs/broken', broken);
  pod.file('scratch/dump/dump.info', information({ kind: 'dump', id: 'd1' }));
  const ended = pod.run('store-dump.sh', { POD: 'now-second', CLUSTER: 'shop/mysql', ...environment });
  return { ...ended, log: ended.log.map((line) => line.replace(/\d+ s\b/g, 'N s')), pod };
}

const changes = (pod: StorePod) => pod.calls().filter((call) => /^(backup|tag|forget|prune|check)/.test(call));

describeScript('the last container of a dump', () => {
  test('stores it, reads it again, and then says that it is whole', () => {
    const { status, log, pod } = store([snapshot('new', 29, 'whole')]);
    expect({ status, log }).toEqual({ status: 0, log: [
      'storing dump d1', 'stored dump d1 in N s, with 7 bytes that are new',
      'the repository is sound, and of dump d1 all was read again, in N s', 'dump d1 is stored and was read again: snapshot new',
    ] });
    expect(changes(pod)).toEqual([
      'backup --json --quiet --force --retry-lock 10m --host shop/mysql --tag dump,id=d1 /scratch/dump',
      'check --retry-lock 10m --host shop/mysql --tag id=d1 --read-data', 'tag --retry-lock 10m --host shop/mysql --tag id=d1 --add whole',
    ]);
  });

  test('removes older dumps than it keeps, and older ones that never became whole', () => {
    const { log, pod } = store([
      snapshot('half', 26), snapshot('old', 27, 'whole'), snapshot('last', 28, 'whole'), snapshot('new', 29, 'whole'),
      snapshot('other', 30),
    ]);
    expect(changes(pod).slice(-2)).toEqual(['forget --retry-lock 10m old half', 'prune --retry-lock 10m']);
    expect(log.at(-2)).toBe('removed 2 dumps that are not kept');
  });

  test.each([['check'], ['tag'], ['forget']])('fails when restic fails to %s, and removes nothing', (broken) => {
    const snapshots = [snapshot('old', 27, 'whole'), snapshot('last', 28, 'whole'), snapshot('new', 29, 'whole')];
    const { status, log, pod } = store(snapshots, undefined, broken);
    expect({ status, last: log.at(-1) }).toEqual({ status: 1, last: expect.stringMatching(/^ERROR: .* failed: .*it says: unexpected/) });
    expect(pod.calls()).not.toContain('prune --retry-lock 10m');
  });

  test('stores nothing without a number of dumps to keep, or without a dump', () => {
    expect(store([], { KEEP_DUMPS: '0' }).log).toEqual(['ERROR: KEEP_DUMPS is \'0\': keep 1 dump at least']);
    const pod = storePod();
    expect(pod.run('store-dump.sh', { KEEP_DUMPS: '1', CLUSTER: 'c' }).log).toEqual([
      'ERROR: /scratch/dump/dump.info is missing or not whole: no dump was made, so that there is nothing to store',
    ]);
  });
});
