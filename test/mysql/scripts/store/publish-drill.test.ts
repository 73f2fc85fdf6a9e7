import { describeScript } from '../../../support/bash';
import { StorePod } from './store-pod';

function drilled(result: string): StorePod {
  const pod = new StorePod();
  pod.info('scratch/drill.info', { kind: 'drill', timeline: 'r1', base: 'b1', at: '2026-11-27T04:41:00Z', result });
  return pod;
}

describeScript('the result of a drill', () => {
  test.each<[string, number, string[]]>([
    ['passed', 0, ['the store has that the drill of base b1 passed']],
    ['failed', 1, ['the store has that the drill of base b1 failed', 'ERROR: the drill failed: read the log of the container drill']],
  ])('%s, is in the store, and the Job ends with it', (result, status, log) => {
    const pod = drilled(result);
    expect(pod.run('publish-drill.sh')).toMatchObject({ status, log });
    expect(pod.read(`store/drills/r1/${result}.info`)).toBe(pod.read('scratch/drill.info'));
    expect(pod.list('store/drills/r1')).toEqual([`${result}.info`]);
  });

  test.each<[string, number]>([
    ['passed', 0], ['failed', 1],
  ])('%s, does not become another one in a store that is full', (result, status) => {
    const pod = drilled(result);
    pod.complaint('copyto', 'api error QuotaExceeded: no room');
    const run = pod.run('publish-drill.sh');
    expect(run.status).toBe(status);
    expect(run.log[0]).toContain(`the store does not take that the drill ${result}: https://s3.example.com is full`);
  });

  test('is missing when the drill was killed', () => {
    const { status, log } = new StorePod().run('publish-drill.sh');
    expect(status).toBe(1);
    expect(log[0]).toMatch(/drill.info is missing or not whole: the drill did not run to its end$/);
  });
});
