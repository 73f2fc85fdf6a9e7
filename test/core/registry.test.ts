import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { requireUniqueInApp, Unique } from '../../lib/core/registry';

const unique: Unique = { property: 'name', value: 'web', what: 'a name', scoped: 'namespace', fix: 'rename one' };

function construct(app: App, id: string, namespace?: string): Construct {
  return new Construct(new Chart(app, id, { namespace }), 'construct');
}

test('a value comes once in a namespace', () => {
  const app = new App();
  requireUniqueInApp(construct(app, 'a', 'shop'), unique);
  expect(() => requireUniqueInApp(construct(app, 'b', 'shop'), unique)).toThrow(new Error(
    `[b/construct] 'name' must be a name that no other construct of namespace shop renders, got "web": 'a/construct' renders it already; rename one`,
  ));
});

test('a value comes once among the charts without a namespace', () => {
  const app = new App();
  requireUniqueInApp(construct(app, 'a'), unique);
  expect(() => requireUniqueInApp(construct(app, 'b'), unique)).toThrow(new Error(
    `[b/construct] 'name' must be a name that no other construct of this app renders, got "web": 'a/construct' renders it already; rename one`,
  ));
});

test('a value comes once in the cluster, whatever the namespaces of the charts', () => {
  const app = new App();
  requireUniqueInApp(construct(app, 'a', 'shop'), { ...unique, scoped: 'cluster' });
  expect(() => requireUniqueInApp(construct(app, 'b', 'bank'), { ...unique, scoped: 'cluster' })).toThrow(new Error(
    `[b/construct] 'name' must be a name that no other construct of this app renders, got "web": 'a/construct' renders it already; rename one`,
  ));
});

test.each<[string, Partial<Unique>, string]>([
  ['another namespace', {}, 'bank'],
  ['another value', { value: 'api' }, 'shop'],
  ['another kind of value', { what: 'a port' }, 'shop'],
])('%s is apart', (_, other, namespace) => {
  const app = new App();
  requireUniqueInApp(construct(app, 'a', 'shop'), unique);
  expect(() => requireUniqueInApp(construct(app, 'b', namespace), { ...unique, ...other })).not.toThrow();
});

test('another app is apart', () => {
  requireUniqueInApp(construct(new App(), 'a', 'shop'), unique);
  expect(() => requireUniqueInApp(construct(new App(), 'a', 'shop'), unique)).not.toThrow();
});
