import { describeScript } from '../../../support/bash';
import { StorePod } from './store-pod';

const U = '11111111-1111-1111-1111-111111111111';
const NEW = '20261129T000000Z-000003';
const OLD = '20261128T000000Z-000002';

/** A backup that has stored its base, beside an older one that stays. */
function stored(oldest: string, newest: string): StorePod {
  const pod = new StorePod();
  pod.base(OLD, { executed: oldest, taken_at: '2026-11-28T00:00:00Z' });
  pod.info(`scratch/known/bases/${OLD}.info`, { timeline: 'initial', executed: oldest });
  pod.info('scratch/base/backup.info', { kind: 'base', id: NEW, timeline: 'initial', executed: newest });
  pod.info(`scratch/infos/${NEW}.info`, { kind: 'base', id: NEW, timeline: 'initial', executed: newest });
  pod.file('scratch/kept', `${OLD}\n${NEW}\nend\n`);
  return pod;
}

/** Twelve newer logs, of which the last ten always stay. */
function newer(pod: StorePod, from: number, count = 10): void {
  for (let number = from; number < from + count; number++) {
    pod.log(number, { end_set: `${U}:1-${1000 + number}` });
  }
}

const changes = (pod: StorePod) => pod.read('store.changes').trimEnd().split('\n').map((line) => line.replace(/0{9,}(\d+)-a{8}/, '$1'));

describeScript('the last container of a backup', () => {
  test('publishes its base, and deletes of a log the information first', () => {
    const pod = stored(`${U}:1-50`, `${U}:1-90`);
    [20, 50, 51].forEach((end, index) => pod.log(index + 1, { end_set: `${U}:1-${end}` }));
    newer(pod, 4);
    expect(pod.run('keep.sh')).toMatchObject({
      status: 0, log: [`published base ${NEW}`, 'the store has 2 bases; 2 logs were removed that none of them needs'],
    });
    expect(changes(pod)).toEqual([
      `put bases/${NEW}.info`, 'delete logs/initial/1.info', 'delete logs/initial/2.info', 'delete logs/initial/1.zst', 'delete logs/initial/2.zst',
    ]);
  });

  test.each<[string, string, string, string[], number]>([
    ['that the oldest base has', `${U}:1-50`, `${U}:1-90`, ['1-50'], 1],
    ['that the oldest base lacks in part', `${U}:1-50`, `${U}:1-90`, ['1-51'], 0],
    ['that only the oldest base has, of a donor that was ahead', `${U}:1-60`, `${U}:1-55`, ['1-58'], 0],
    ['of before a base with holes', `${U}:1-40:45-50`, `${U}:1-90`, ['1-40', '1-43'], 1],
  ])('deletes logs %s', (_, oldest, newest, ends, deleted) => {
    const pod = stored(oldest, newest);
    ends.forEach((end, index) => pod.log(index + 1, { end_set: `${U}:${end}` }));
    newer(pod, 10);
    expect(pod.run('keep.sh').log.at(-1)).toBe(`the store has 2 bases; ${deleted} logs were removed that none of them needs`);
  });

  test('leaves the newest logs and those of other timelines', () => {
    const pod = stored(`${U}:1-5000`, `${U}:1-5000`);
    newer(pod, 1, 12);
    pod.log(1, { end_set: `${U}:1-2` }, 'r1');
    expect(pod.run('keep.sh').status).toBe(0);
    expect(pod.list('store/logs/initial')).toHaveLength(20);
    expect(pod.list('store/logs/r1')).toHaveLength(2);
  });

  test('goes on batch by batch, and stops at the first one of which nothing may go', () => {
    const pod = stored(`${U}:1-5`, `${U}:1-90`);
    for (let number = 1; number <= 5; number++) {
      pod.log(number, { end_set: `${U}:1-${number}` });
    }
    newer(pod, 6, 12);
    expect(pod.run('keep.sh', { BATCH: '2' }).log.at(-1)).toContain('; 5 logs were removed');
  });

  test('deletes what an interrupted run left of logs, but not what is shipped just now', () => {
    const pod = stored(`${U}:1-5`, `${U}:1-90`);
    newer(pod, 5);
    ['000000000002-bbbbbbbb', '000000000099-bbbbbbbb'].forEach((name) => pod.file(`store/logs/initial/${name}.zst`, 'content'));
    expect(pod.run('keep.sh').log).toContain('removed what was left of 1 logs whose removal was interrupted');
    expect(pod.list('store/logs/initial').filter((name) => name.includes('bbbb'))).toEqual(['000000000099-bbbbbbbb.zst']);
  });

  test('removes a base that is gone, but none that came meanwhile', () => {
    const pod = stored(`${U}:1-50`, `${U}:1-90`);
    const [gone, meanwhile] = ['20261101T000000Z-000001', '20261129T000001Z-000009'];
    [gone, meanwhile].forEach((id) => pod.base(id, { executed: `${U}:1-9`, taken_at: '2026-11-01T00:00:00Z' }));
    pod.info(`scratch/known/bases/${gone}.info`, { timeline: 'initial', executed: `${U}:1-9` });
    expect(pod.run('keep.sh').log).toContain('removed the information of 1 bases that are gone');
    expect(pod.list('store/bases')).toEqual([`${OLD}.info`, `${NEW}.info`, `${meanwhile}.info`]);
  });

  test.each<[string, (pod: StorePod) => void, string]>([
    ['the archive sees other data', (pod) => pod.info('store/state/initial', { state: 'FOREIGN' }), 'FOREIGN: the archive says that the '
    + 'running data does not contain what the store has of the timeline initial: nothing is published and nothing deleted.'],
    ['what is kept is not known', (pod) => pod.file('scratch/kept', `${OLD}\n`), 'what is stored is not known, and nothing is published or deleted'],
    ['its base is not kept', (pod) => pod.file('scratch/kept', `${OLD}\nend\n`), `base ${NEW} is not among those that stay`],
    ['nothing was stored', (pod) => pod.remove('scratch/base'), 'nothing was stored, and nothing is published'],
    ['a base does not say what it has', (pod) => pod.remove(`scratch/known/bases/${OLD}.info`), `what base ${OLD} contains is not known: no log is deleted`],
    ['a log says no set', (pod) => pod.log(1, { end_set: 'none' }), 'cannot be compared: no log is deleted'],
  ])('deletes nothing when %s', (_, change, error) => {
    const pod = stored(`${U}:1-50`, `${U}:1-90`);
    [20, 21].forEach((end, index) => pod.log(index + 1, { end_set: `${U}:1-${end}` }));
    newer(pod, 3);
    change(pod);
    const { status, log } = pod.run('keep.sh');
    expect(status).toBe(1);
    expect(log.at(-1)).toContain(error);
    expect(changes(pod).filter((line) => line.startsWith('delete'))).toEqual([]);
  });
});
