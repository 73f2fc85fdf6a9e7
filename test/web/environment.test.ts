import { EnvValue } from 'cdk8s-plus-27';
import { EnvFromSource, StatefulWebProps } from '../../lib';
import { renderEnvironment } from '../../lib/mysql/context/pod-environment';
import { referencesOf } from '../../lib/pod/render/references';
import { addWeb, renderWeb, testChart } from '../util';

const values = (variables: Record<string, string>) => Object.fromEntries(
  Object.entries(variables).map(([name, value]) => [name, EnvValue.fromValue(value)]),
);
const DATABASE = values({ DB_USER: 'app', DB_PASSWORD: 'x', DATABASE_URL: 'mysql://$(DB_USER):$(DB_PASSWORD)@db' });

/** The places in which users declare variables: what stands before the property, and what they write. */
const PLACES: [owner: string, props: (envVariables: Record<string, EnvValue>, envFrom?: EnvFromSource[]) => Partial<StatefulWebProps>][] = [
  ['', (envVariables, envFrom) => ({ envVariables, envFrom })],
  ['initContainers[0].', (envVariables, envFrom) => ({ initContainers: [{ name: 'a', image: 'a:1', envVariables, envFrom }] })],
  ['sidecars[0].', (envVariables, envFrom) => ({ sidecars: [{ name: 'a', image: 'a:1', envVariables, envFrom }] })],
];

describe.each(PLACES)('in \'%senvVariables\'', (owner, props) => {
  const render = (envVariables: Record<string, EnvValue>, envFrom?: EnvFromSource[]) => {
    const { pod } = renderWeb(props(envVariables, envFrom));
    return [...pod.initContainers ?? [], ...pod.containers].find(({ env }) => env !== undefined)?.env?.map(({ name }) => name);
  };
  const message = (envVariables: Record<string, EnvValue>) => () => addWeb(testChart(), props(envVariables));

  test('a variable stands behind those that it refers to', () => {
    expect(render(DATABASE)).toEqual(['DB_PASSWORD', 'DB_USER', 'DATABASE_URL']);
  });

  test('the order does not depend on that in code', () => {
    expect(render(Object.fromEntries(Object.entries(DATABASE).reverse()))).toEqual(['DB_PASSWORD', 'DB_USER', 'DATABASE_URL']);
  });

  test('those that refer to others stand behind them over several steps, the rest by name', () => {
    expect(render(values({ A: '$(C)', B: '', C: '$(D)$(E)', D: '', E: '$(D)' }))).toEqual(['D', 'E', 'C', 'A', 'B']);
  });

  test('a reference to nothing is an error that does not show the value', () => {
    expect(message(values({ A: 'secret $(B)' }))).toThrow(new Error(
      `[test/web] '${owner}envVariables.A' must refer to variables of the same container only, got "$(B)": `
      + 'add the variable, or write "$$(B)" for this text itself',
    ));
  });

  test('a reference to itself is an error', () => {
    expect(message(values({ PATH: '/a:$(PATH)' }))).toThrow(new Error(
      `[test/web] '${owner}envVariables.PATH' must refer to variables of the same container only, got "$(PATH)": `
      + 'no variable of this name comes before it, or write "$$(PATH)" for this text itself',
    ));
  });

  test('a cycle is an error', () => {
    expect(message(values({ A: '$(B)', B: '$(C)', C: '$(B)' }))).toThrow(new Error(
      `[test/web] '${owner}envVariables.B' must not refer to itself through others, got "B -> C -> B": `
      + 'Kubernetes knows only the variables before; write one of them out',
    ));
  });

  test('what is no text is an error', () => {
    expect(message({ A: EnvValue.fromValue(8080 as unknown as string) })).toThrow(new Error(
      `[test/web] '${owner}envVariables.A' must be a text, got 8080: write it as in EnvValue.fromValue("8080")`,
    ));
  });

  test('what may come from elsewhere is no error', () => {
    const known = '$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT_HTTPS)';
    expect(render(values({ A: known, B: '$$(date) $(cat x) $(' }))).toEqual(['A', 'B']);
    expect(render(values({ A: '$(OF_SECRET)$(A)' }), [EnvFromSource.secret('keys')])).toEqual(['A']);
  });
});

test.each([
  ['$(A)', ['A']], ['a$(A)b$(B.c-d_)$(A)', ['A', 'B.c-d_']], ['$$(A)', []], ['$$$(A)', ['A']], ['$(A', []], ['$()', []], ['$(A $(B)', []],
  ['${A} $A', []], ['$(1)', []],
])('%j refers to %j', (value, names) => {
  expect(referencesOf(value)).toEqual(names);
});

test('variables of MySQL pods stand behind those that they refer to', () => {
  const env = renderEnvironment({ A: '$(B).$(POD_NAME)', B: 'b', C: 'c' });
  expect(env.map(({ name }) => name)).toEqual(['POD_NAME', 'POD_NAMESPACE', 'B', 'A', 'C']);
});
