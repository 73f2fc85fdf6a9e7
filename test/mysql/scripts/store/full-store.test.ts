import { chmodSync } from 'fs';
import { join } from 'path';
import { describeScript } from '../../../support/bash';
import { programPath } from '../../../support/program-path';
import { StorePod } from './store-pod';

const FULL = 'Save(<lock/8f1e8dd3aa>) returned error, retrying after 1m16s: client.PutObject: No space left on device.';
const ENOUGH = 'Save(<data/8f1e8dd3aa>) operation successful after 2 retries';

/** What restic does with a store that has no base yet, where `backup` is this. */
function store(backup: string): ReturnType<StorePod['run']> {
  const pod = new StorePod();
  pod.info('scratch/base/backup.info', { kind: 'base', id: 'b1', timeline: 'initial', bytes: 1 });
  pod.file('bin/restic', `#!/bin/sh\ncase $1 in\nsnapshots) echo '[]' ;;\nbackup) ${backup} ;;\nesac\n`);
  chmodSync(join(pod.folder, 'bin/restic'), 0o755);
  return pod.run('store-base.sh', {
    PATH: `${join(pod.folder, 'bin')}:${programPath()}`, KEEP_LAST: '3', FULL_SECONDS: '2', FULL_PAUSE: '1',
  });
}

describeScript('restic in a store that is full', () => {
  test('is ended before it has tried for a quarter of an hour, and one line says why', () => {
    const { status, log } = store(`echo '${FULL}' >&2; exec sleep 30`);
    expect(status).toBe(1);
    expect(log).toEqual([
      'storing base b1',
      'ERROR: storing base b1 failed: https://s3.example.com is full: make it larger, or remove old backups with `restic forget --prune`'
      + ` (it says: ${FULL})`,
    ]);
  });

  test('goes on when there is room again', () => {
    const { log } = store(`echo '${FULL}' >&2; sleep 1; echo '${ENOUGH}' >&2; sleep 3; echo '{"message_type": "summary", "data_added_packed": 1}'`);
    expect(log.join('\n')).toContain('stored base b1');
  });
});
