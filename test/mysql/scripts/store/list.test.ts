import { describeScript } from '../../../support/bash';
import { StorePod } from './store-pod';

const U = '11111111-1111-1111-1111-111111111111';

describeScript('the list of backups', () => {
  test('begins with from when until when there is data, the newest timeline first, and with gaps', () => {
    const pod = new StorePod();
    pod.base('20261127T000000Z-000001', { executed: `${U}:1-5`, taken_at: '2026-11-27T00:00:00Z' });
    pod.base('20261128T000000Z-000002', { executed: `${U}:1-95`, taken_at: '2026-11-28T00:00:00Z' });
    pod.base('20261129T000000Z-000003', { timeline: 'r1', executed: `${U}:1-120`, taken_at: '2026-11-29T00:00:00Z', bytes: 107374182400 });
    pod.log(1, { chain: 1, start: `${U}:1-3`, end_set: `${U}:1-50`, last_commit: '2026-11-27T06:00:00.500000Z' });
    pod.log(2, { chain: 1, start: `${U}:1-50`, end_set: `${U}:1-60`, last_commit: '2026-11-27T12:00:00.500000Z' });
    pod.log(3, { chain: 2, start: `${U}:1-90`, end_set: `${U}:1-110`, last_commit: '2026-11-28T12:00:00.500000Z' });
    pod.info('store/state/initial', {
      timeline: 'initial', chain: 2, state: 'ARCHIVING', checked_at: '2026-11-28T12:30:00Z', missing: '-',
    });
    const { status, output } = pod.run('list.sh');
    expect(status).toBe(0);
    expect(output.replace(/ +/g, ' ').split('\n')).toEqual([
      'timeline r1: recoverable at 2026-11-29T00:00:00Z only, by base 20261129T000000Z-000003',
      'timeline initial: recoverable from 2026-11-28T00:00:00Z until 2026-11-28T12:30:00Z',
      'timeline initial: recoverable from 2026-11-27T00:00:00Z until 2026-11-27T12:00:00.500000Z',
      `gap in timeline initial after 2026-11-27T12:00:00.500000Z: no log has ${U}:61-90`,
      '',
      'BASE TIMELINE TAKEN SIZE DONOR ROLE EXECUTED',
      '20261129T000000Z-000003 r1 2026-11-29T00:00:00Z 100 GiB mysql-1 secondary 11111111..:1-120',
      '20261128T000000Z-000002 initial 2026-11-28T00:00:00Z 1 MiB mysql-1 secondary 11111111..:1-95',
      '20261127T000000Z-000001 initial 2026-11-27T00:00:00Z 1 MiB mysql-1 secondary 11111111..:1-5',
      '',
      '3 logs in timeline initial',
      '',
    ]);
  });

  test('says what the archive lacks', () => {
    const pod = new StorePod();
    pod.base('20261127T000000Z-000001', { executed: `${U}:1-5`, taken_at: '2026-11-27T00:00:00Z' });
    pod.log(1, { start: `${U}:1-3`, end_set: `${U}:1-50`, last_commit: '2026-11-27T06:00:00.500000Z' });
    pod.info('store/state/initial', { timeline: 'initial', chain: 1, state: 'GAP', checked_at: '2026-11-27T06:00:00Z', missing: `${U}:51-60` });
    expect(pod.run('list.sh').output.split('\n').slice(0, 3)).toEqual([
      'timeline initial: recoverable from 2026-11-27T00:00:00Z until 2026-11-27T06:00:00.500000Z',
      `gap in timeline initial: the archive lacks ${U}:51-60 until a base has it`,
      'the archive of timeline initial says GAP, at 2026-11-27T06:00:00Z',
    ]);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['passed', { passed: '2026-11-27T04:41:00Z' }, ['timeline initial: a drill passed at 2026-11-27T04:41:00Z, of base b1']],
    ['failed', { failed: '2026-11-27T04:41:00Z' }, ['timeline initial: the last drill FAILED, at 2026-11-27T04:41:00Z, of base b1']],
    ['failed after it had passed', { passed: '2026-11-20T04:41:00Z', failed: '2026-11-27T04:41:00Z' }, [
      'timeline initial: a drill passed at 2026-11-20T04:41:00Z, of base b1',
      'timeline initial: the last drill FAILED, at 2026-11-27T04:41:00Z, of base b1',
    ]],
    ['passed after it had failed', { passed: '2026-11-27T04:41:00Z', failed: '2026-11-20T04:41:00Z' },
      ['timeline initial: a drill passed at 2026-11-27T04:41:00Z, of base b1']],
  ])('says of a drill that it %s', (_, drills, lines) => {
    const pod = new StorePod();
    pod.base('b1', { executed: `${U}:1-5`, taken_at: '2026-11-27T00:00:00Z' });
    Object.entries(drills).forEach(([result, at]) => pod.info(`store/drills/initial/${result}.info`, { at, result, base: 'b1' }));
    expect(pod.run('list.sh').output.split('\n').slice(1, 1 + lines.length + 1)).toEqual([...lines, '']);
  });

  test.each<[string, (pod: StorePod) => void]>([
    ['without anything', () => {}],
    ['with logs alone', (pod) => pod.log(1, { start: '-', end_set: `${U}:1-50`, last_commit: '2026-11-27T06:00:00.500000Z' })],
  ])('of a store %s fails', (_, change) => {
    const pod = new StorePod();
    change(pod);
    const { status, output, log } = pod.run('list.sh');
    expect([status, output.split('\n')[0], ...log]).toEqual([
      1, 'shop/mysql: nothing can be restored: the store https://s3.example.com has no base',
      'ERROR: nothing can be restored: the store https://s3.example.com has no base that counts; run the backup',
    ]);
  });
});
