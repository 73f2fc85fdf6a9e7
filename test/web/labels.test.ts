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
    ['Service', RECOMMENDED], ['NetworkPolicy', RECOMMENDED], ['StatefulSet', RECOMMENDED], ['PodDisruptionBudget', RECOMMENDED],
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
  expect(objects.map((object) => object.metadata?.labels)).toEqual([labels, labels, labels, labels]);
  expect(statefulSet.spec?.template.metadata?.labels).toEqual(labels);
  expect(statefulSet.spec?.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
});

test('fails when a further label would take the pods away from their selector', () => {
  expect(() => renderWeb({ selectorLabels: { app: 'nginx' }, labels: { app: 'other' } })).toThrow(new Error(
    `[test/web] 'labels.app' must be "nginx" as in the selector, got "other": say it in selectorLabels, or leave it out`,
  ));
});

test('two webs of a namespace do not select the pods of each other', () => {
  const chart = testChart('shop');
  addWeb(chart, {}, 'web');
  addWeb(chart, { labels: { 'app.kubernetes.io/part-of': 'web' } }, 'web-admin');
  addWeb(chart, { selectorLabels: { app: 'nginx' } }, 'shop');
  expect(adoptions(chart)).toEqual(['web -> web', 'web-admin -> web-admin', 'shop -> shop']);
});

const SELECTS_THESE = `'test/a' selects these pods too, by {"app":"nginx"}`;
const SELECTS_THOSE = `this selects the pods of 'test/a' too`;

test.each<[what: string, first: Partial<StatefulWebProps>, second: Partial<StatefulWebProps>, selector: string, clash: string]>([
  ['selector is part of that of another one',
    { selectorLabels: { app: 'nginx', tier: 'admin' } }, { selectorLabels: { app: 'nginx' } }, '{"app":"nginx"}', SELECTS_THOSE],
  ['selector has that of another one in it',
    { selectorLabels: { app: 'nginx' } }, { selectorLabels: { app: 'nginx', tier: 'admin' } }, '{"app":"nginx","tier":"admin"}',
    SELECTS_THESE],
  ['labels have the selector of another one in them',
    { selectorLabels: { app: 'nginx' } }, { labels: { app: 'nginx' } }, '{"app.kubernetes.io/name":"b"}', SELECTS_THESE],
  ['selector is among the labels of another one',
    { labels: { app: 'nginx' } }, { selectorLabels: { app: 'nginx' } }, '{"app":"nginx"}', SELECTS_THOSE],
])('fails for a web whose %s, since one would adopt the pods of the other', (_, first, second, selector, clash) => {
  const chart = testChart('shop');
  addWeb(chart, first, 'a');
  expect(() => addWeb(chart, second, 'b')).toThrow(new Error(
    `[test/b] 'selectorLabels' must tell the pods from those of every other workload of namespace shop, got ${selector}: ` +
    `${clash}; give each a selector label of its own`,
  ));
});

/** Which StatefulSet selects the pods of which. */
function adoptions(chart: Chart): string[] {
  const sets = objectsOfKind(synth(chart), 'StatefulSet');
  return sets.flatMap((owner) => sets
    .filter((other) => Object.entries(owner.spec?.selector.matchLabels ?? {})
      .every(([key, value]) => other.spec?.template.metadata?.labels?.[key] === value))
    .map((other) => `${owner.metadata?.name} -> ${other.metadata?.name}`));
}
