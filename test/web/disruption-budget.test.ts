import { DisruptionBudget } from '../../lib';
import { objectOfKind, objectsOfKind, renderWeb } from '../util';

function budget(disruptionBudget: DisruptionBudget | undefined, replicas = 4) {
  const [only] = objectsOfKind(renderWeb({ replicas, disruptionBudget }).objects, 'PodDisruptionBudget');
  return only?.spec && { maxUnavailable: only.spec.maxUnavailable, minAvailable: only.spec.minAvailable };
}

test.each<[string, DisruptionBudget | undefined, ReturnType<typeof budget>]>([
  ['nothing', undefined, { maxUnavailable: 1, minAvailable: undefined }],
  ['maxUnavailable', DisruptionBudget.maxUnavailable(2), { maxUnavailable: 2, minAvailable: undefined }],
  ['maxUnavailablePercent', DisruptionBudget.maxUnavailablePercent(25), { maxUnavailable: '25%', minAvailable: undefined }],
  ['minAvailable', DisruptionBudget.minAvailable(3), { maxUnavailable: undefined, minAvailable: 3 }],
  ['minAvailablePercent', DisruptionBudget.minAvailablePercent(75), { maxUnavailable: undefined, minAvailable: '75%' }],
  ['none', DisruptionBudget.none(), undefined],
])('of four pods and %s is what it says', (_, given, expected) => {
  expect(budget(given)).toEqual(expected);
});

test('of one pod is there only when it is asked for', () => {
  expect(budget(undefined, 1)).toBeUndefined();
  expect(budget(DisruptionBudget.maxUnavailable(1), 1)).toEqual({ maxUnavailable: 1, minAvailable: undefined });
});

test('always lets pods go that are not ready', () => {
  const { objects } = renderWeb({ replicas: 2, disruptionBudget: DisruptionBudget.maxUnavailable(1) });
  expect(objectOfKind(objects, 'PodDisruptionBudget').spec?.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
});
