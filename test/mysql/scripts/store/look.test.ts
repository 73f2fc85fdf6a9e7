import { describeScript } from '../../../support/bash';
import { StorePod } from './store-pod';

describeScript('a look at the store', () => {
  test('fetches all bases and states, and the newest log of each timeline', () => {
    const pod = new StorePod();
    pod.base('b1', {});
    pod.base('b2', {});
    [1, 2, 10].forEach((number) => pod.log(number, {}));
    pod.log(3, {}, 'r1');
    pod.file('store/logs/initial/000000000011-aaaaaaaa.zst', 'is shipped just now');
    pod.info('store/state/initial', { state: 'ARCHIVING' });
    pod.file('scratch/known/bases/old.info', 'of the look before');
    expect(pod.run('look.sh')).toMatchObject({ status: 0, log: ['the store https://s3.example.com has 2 bases and 4 logs'] });
    expect(['bases', 'logs/initial', 'logs/r1', 'state'].map((folder) => pod.list(`scratch/known/${folder}`))).toEqual([
      ['b1.info', 'b2.info'], ['000000000010-aaaaaaaa.info'], ['000000000003-aaaaaaaa.info'], ['initial'],
    ]);
  });

  test.each<[string, string, string[]]>([
    ['ends a first backup where the timeline has a base', 'r1', ['inert', 'known']],
    ['lets a first backup go on where other timelines have bases', 'r2', ['known']],
  ])('%s', (_, timeline, left) => {
    const pod = new StorePod();
    pod.base('b1', {});
    pod.base('b2', { timeline: 'r1' });
    expect(pod.run('look.sh', { FIRST_OF: timeline }).status).toBe(0);
    expect(pod.list('scratch')).toEqual(left);
    if (left.includes('inert')) {
      expect(pod.read('scratch/inert')).toBe('the timeline r1 has the base b2\n');
      for (const program of ['store-base.sh', 'keep.sh']) {
        expect(pod.run(program)).toMatchObject({ status: 0, log: ['inert: the timeline r1 has the base b2'] });
      }
    }
  });

  test('is content with an empty store', () => {
    const pod = new StorePod();
    expect(pod.run('look.sh').status).toBe(0);
    expect(pod.list('scratch')).toEqual(['known']);
  });

  test.each<[string, string, string, number, string]>([
    ['another key', 'copy', 'ERROR : failed to authenticate decrypted block - bad password?', 1,
      'what is there was encrypted with another key than'],
    ['an unknown authority', 'lsf', 'tls: failed to verify certificate: x509: certificate signed by unknown authority', 1,
      'the certificate of https://s3.example.com is not trusted: give the backup the authority that signed it'],
    ['a bucket that is not there', 'lsf', 'error listing: directory not found', 3,
      'https://s3.example.com has no bucket shop-backups for these credentials'],
    ['credentials that are wrong', 'lsf', 'api error SignatureDoesNotMatch: The request signature', 1,
      'https://s3.example.com refuses the credentials'],
    ['credentials that have expired', 'lsf', 'api error ExpiredToken: The provided token has expired', 1,
      'https://s3.example.com says that the credentials have expired'],
    ['a store that is away', 'lsf', 'dial tcp 10.0.0.9:443: connect: connection refused', 1, 'https://s3.example.com does not answer'],
    ['a disk that is full', 'copy', 'write /scratch/x: no space left on device', 1, 'https://s3.example.com is full'],
    ['a tool that is killed', 'lsf', 'Killed', 137, 'the program was killed, as a node does that lacks memory: run it again'],
    ['a complaint that is new', 'lsf', 'something else', 1, 'answers otherwise than expected: read what it says (it says: something else)'],
  ])('ends with one line because of %s', (_, command, complaint, status, cause) => {
    const pod = new StorePod();
    pod.base('b1', {});
    pod.complaint(command, complaint, status);
    const run = pod.run('look.sh');
    expect(run).toMatchObject({ status: 1, log: [expect.stringContaining(cause)] });
    expect(run.log[0]).toMatch(/^ERROR: (listing the store|fetching information files of the store) failed: /);
    expect(pod.list('scratch').filter((name) => name === 'known')).toEqual([]);
  });

  test('ends because of an information file that is not whole', () => {
    const pod = new StorePod();
    pod.file('store/bases/b1.info', 'format 1\nkind base\n');
    expect(pod.run('look.sh')).toMatchObject({
      status: 1,
      log: [expect.stringContaining('ERROR: bases/b1.info in the store is not whole: its last line is not `end`; look at that object')],
    });
  });

  test.each<[string, string[], string[]]>([
    ['removes the key of a repository that was never finished', ['keys/k1'], []],
    ['leaves that of a repository', ['keys/k1', 'config'], ['k1']],
    ['leaves that of a repository that lost its configuration', ['keys/k1', 'snapshots/s1'], ['k1']],
  ])('%s', (_, files, left) => {
    const pod = new StorePod();
    files.forEach((name) => pod.file(`store/base/${name}`, ''));
    expect(pod.run('look.sh', { INIT_SECONDS: '0' }).status).toBe(0);
    expect(pod.list('store/base/keys')).toEqual(left);
  });
});
