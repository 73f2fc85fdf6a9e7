import { App, Chart } from 'cdk8s';
import { StatefulWebProps } from '../../lib';
import { addWeb } from '../util';

/** Two webs in charts of their own, the second with the properties given. */
function addTwo(namespaces: [string | undefined, string | undefined], second: Partial<StatefulWebProps>): void {
  const app = new App();
  addWeb(new Chart(app, 'one', { namespace: namespaces[0] }), { selectorLabels: { tier: 'web', app: 'nginx' } });
  addWeb(new Chart(app, 'two', { namespace: namespaces[1] }), second);
}

const OTHER: Partial<StatefulWebProps> = { name: 'other', serviceName: 'other', selectorLabels: { app: 'other' } };

const CASES: [what: string, second: Partial<StatefulWebProps>, message: string][] = [
  ['StatefulSet name', { ...OTHER, name: 'web' },
    `'name' must be a StatefulSet name that no other construct of namespace shop renders, got "web": 'one/web' renders it already; ` +
    'give each its own name'],
  ['Service name', { ...OTHER, serviceName: 'web' },
    `'serviceName' must be a Service name that no other construct of namespace shop renders, got "web": 'one/web' renders it already; ` +
    'give each its own serviceName'],
  ['selector', { ...OTHER, selectorLabels: { app: 'nginx', tier: 'web' } },
    `'selectorLabels' must tell the pods from those of every other workload of namespace shop, got {"app":"nginx","tier":"web"}: ` +
    `'one/web' selects these pods too, by {"tier":"web","app":"nginx"}; give each a selector label of its own`],
  ['workload whose labels match the selector', { ...OTHER, labels: { app: 'nginx', tier: 'web' }, selectorLabels: { part: 'other' } },
    `'selectorLabels' must tell the pods from those of every other workload of namespace shop, got {"part":"other"}: ` +
    `'one/web' selects these pods too, by {"tier":"web","app":"nginx"}; give each a selector label of its own`],
  ['workload whose selector matches the pods', { ...OTHER, selectorLabels: { app: 'nginx' } },
    `'selectorLabels' must tell the pods from those of every other workload of namespace shop, got {"app":"nginx"}: ` +
    `this selects the pods of 'one/web' too; give each a selector label of its own`],
];

test.each(CASES)('fails for a second %s in a namespace', (_, second, message) => {
  expect(() => addTwo(['shop', 'shop'], second)).toThrow(new Error(`[two/web] ${message}`));
});

test.each(CASES)('fails for a second %s where charts name no namespace', (_, second, message) => {
  expect(() => addTwo([undefined, undefined], second)).toThrow(new Error(`[two/web] ${message
    .replace('of namespace shop renders', 'of this app renders').replace('namespace shop', 'the same namespace')}`));
});

test.each(CASES)('accepts a second %s in another namespace', (_, second) => {
  expect(() => addTwo(['shop', 'bank'], second)).not.toThrow();
});

test('accepts a second web of a namespace that shares nothing with the first', () => {
  expect(() => addTwo(['shop', 'shop'], OTHER)).not.toThrow();
});
