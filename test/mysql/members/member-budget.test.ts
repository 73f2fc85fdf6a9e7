import { DisruptionBudget, MySqlTopology } from '../../../lib';
import { objectOfKind, objectsOfKind, testChart } from '../../util';
import { addCluster } from '../cluster';
import { group } from '../topology/group';

const FIX = 'otherwise drained nodes end the group; leave it out for';

describe('a budget', () => {
  test.each<[members: number, budget: DisruptionBudget, spec: object | undefined]>([
    [3, DisruptionBudget.maxUnavailable(1), { maxUnavailable: 1 }],
    [3, DisruptionBudget.maxUnavailablePercent(33), { maxUnavailable: '33%' }],
    [3, DisruptionBudget.minAvailable(2), { minAvailable: 2 }],
    [5, DisruptionBudget.maxUnavailable(1), { maxUnavailable: 1 }],
    [5, DisruptionBudget.minAvailablePercent(41), { minAvailable: '41%' }], // three, since it is rounded up
    [9, DisruptionBudget.maxUnavailable(4), { maxUnavailable: 4 }],
  ])('that leaves the majority of %i is taken: %j', (members, disruptionBudget, spec) => {
    expect(objectOfKind(group({ members }, { disruptionBudget }), 'PodDisruptionBudget').spec).toMatchObject(spec!);
  });

  test('can be none', () => {
    expect(objectsOfKind(group({}, { disruptionBudget: DisruptionBudget.none() }), 'PodDisruptionBudget')).toEqual([]);
  });
});

describe('refuses a budget that could take the majority', () => {
  test.each<[members: number, budget: DisruptionBudget, message: string]>([
    [3, DisruptionBudget.maxUnavailable(2), `'disruptionBudget.maxUnavailable' must leave more than half of 3 members, got 2: ${FIX} maxUnavailable(1)`],
    [3, DisruptionBudget.maxUnavailablePercent(34),
      `'disruptionBudget.maxUnavailable' must leave more than half of 3 members, got "34%": ${FIX} maxUnavailable(1)`],
    [3, DisruptionBudget.minAvailable(1), `'disruptionBudget.minAvailable' must leave more than half of 3 members, got 1: ${FIX} maxUnavailable(1)`],
    [5, DisruptionBudget.minAvailablePercent(40),
      `'disruptionBudget.minAvailable' must leave more than half of 5 members, got "40%": ${FIX} maxUnavailable(2)`],
    [5, DisruptionBudget.maxUnavailable(3), `'disruptionBudget.maxUnavailable' must leave more than half of 5 members, got 3: ${FIX} maxUnavailable(2)`],
    [9, DisruptionBudget.maxUnavailablePercent(45),
      `'disruptionBudget.maxUnavailable' must leave more than half of 9 members, got "45%": ${FIX} maxUnavailable(4)`],
    [3, DisruptionBudget.minAvailable(3),
      `'disruptionBudget.minAvailable' must leave one of 3 pods to be evicted, got 3: nodes could never be drained; for a budget that lets every pod go say DisruptionBudget.none()`],
  ])('of %i members: %j', (members, disruptionBudget, message) => {
    const topology = MySqlTopology.innoDbCluster({ members });
    expect(() => addCluster(testChart('data'), { topology, disruptionBudget })).toThrow(new Error(`[test/mysql] ${message}`));
  });
});
