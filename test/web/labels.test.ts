import { Chart } from 'cdk8s';
import { StatefulWebProps } from '../../lib';
import { addWeb, objectsOfKind, renderWeb, synth, testChart } from '../util';

const RECOMMENDED = {
  'app.kubernetes.io/component': 'web',
  'app.kubernetes.io/managed-by': 'cdk8s',
  'app.kubernetes.io/name': 'web',
};

test('the recommended labels are on every object and on the pods', () => {
  const { objects, statefulSet } = renderWeb({ replicas: 2 });
  expect(objects.map((object) => [object.kind, object.metadata?.labels])).toEqual([
    ['Service', RECOMMENDED], ['StatefulSet', RECOMMENDED], ['PodDisruptionBudget', RECOMMENDED],
  ]);
  expect(statefulSet.spec?.template.metadata?.labels).toEqual(RECOMMENDED);
});

test('the name alone selects the pods', () => {
  const { statefulSet, service } = renderWeb();
  expect(statefulSet.spec?.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
  expect(service.spec?.selector).toEqual({ 'app.kubernetes.io/name': 'web' });
});

test('selectorLabels select the pods of StatefulSet, Service and budget, and are on them', () => {
  const { objects, statefulSet, service } = renderWeb({ replicas: 2, selectorLabels: { app: 'nginx' } });
  expect(statefulSet.spec?.selector).toEqual({ matchLabels: { app: 'nginx' } });
  expect(service.spec?.selector).toEqual({ app: 'nginx' });
  expect(objectsOfKind(objects, 'PodDisruptionBudget')[0].spec?.selector).toEqual({ matchLabels: { app: 'nginx' } });
  expect(statefulSet.spec?.template.metadata?.labels).toEqual({ ...RECOMMENDED, app: 'nginx' });
});

test('further labels are on every object and on the pods, and select nothing', () => {
  const { objects, statefulSet } = renderWeb({ replicas: 2, labels: { 'example.com/team': 'shop' } });
  const labels = { ...RECOMMENDED, 'example.com/team': 'shop' };
  expect(objects.map((object) => object.metadata?.labels)).toEqual([labels, labels, labels]);
  expect(statefulSet.spec?.template.metadata?.labels).toEqual(labels);
  expect(statefulSet.spec?.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
});

test('a further label cannot take the pods away from their selector', () => {
  const { statefulSet } = renderWeb({ selectorLabels: { app: 'nginx' }, labels: { app: 'other' } });
  expect(statefulSet.spec?.template.metadata?.labels).toMatchObject({ app: 'nginx' });
});

test('two webs of a namespace do not select the pods of each other', () => {
  const chart = testChart('shop');
  addWeb(chart, {}, 'web');
  addWeb(chart, { labels: { 'app.kubernetes.io/name': 'web' } }, 'web-admin');
  addWeb(chart, { selectorLabels: { app: 'nginx' } }, 'shop');
  expect(adoptions(chart)).toEqual(['web -> web', 'web-admin -> web-admin', 'shop -> shop']);
});

test.each<[string, Partial<StatefulWebProps>, Partial<StatefulWebProps>]>([
  ['selector is part of that of another one', { selectorLabels: { app: 'nginx', tier: 'admin' } }, { selectorLabels: { app: 'nginx' } }],
  ['selector has that of another one in it', { selectorLabels: { app: 'nginx' } }, { selectorLabels: { app: 'nginx', tier: 'admin' } }],
  ['labels have the selector of another one in them', { selectorLabels: { app: 'nginx' } }, { labels: { app: 'nginx' } }],
  ['selector is among the labels of another one', { labels: { app: 'nginx' } }, { selectorLabels: { app: 'nginx' } }],
])('fails for a web whose %s, since one would adopt the pods of the other', (_, first, second) => {
  const chart = testChart('shop');
  addWeb(chart, first, 'a');
  expect(() => addWeb(chart, second, 'b')).toThrow(/^\[test\/b\] '(selectorLabels|labels)' must /);
});

/** Which StatefulSet selects the pods of which. */
function adoptions(chart: Chart): string[] {
  const sets = objectsOfKind(synth(chart), 'StatefulSet');
  return sets.flatMap((owner) => sets
    .filter((other) => Object.entries(owner.spec?.selector.matchLabels ?? {})
      .every(([key, value]) => other.spec?.template.metadata?.labels?.[key] === value))
    .map((other) => `${owner.metadata?.name} -> ${other.metadata?.name}`));
}
