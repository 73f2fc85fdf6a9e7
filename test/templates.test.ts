import { MySqlTopology } from '../lib';
import { scriptBundle } from '../lib/mysql/files/script-bundle';
import { renderMySql } from './mysql/cluster';
import { distApps, distObjects } from './util';

/*
 * What tools that apply manifests read as templates of their own: Helm `{{`, Flux `${` and `$$` by github.com/fluxcd/pkg/envsubst,
 * kustomize `$(` of its `vars`, which it touches in fields of its own choice only, not in ConfigMaps.
 */
const HELM = /\{\{/;
const FLUX = /\$[{$]/;
const ANNOTATION = 'kustomize.toolkit.fluxcd.io/substitute';

interface Found {
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly annotations?: Record<string, string> };
}

/** Names of the objects that a tool would change or refuse. */
function templates(objects: Found[]): string[] {
  return objects.filter((object) => {
    const text = texts(object).join('\n');
    return HELM.test(text) || FLUX.test(text) && object.metadata.annotations?.[ANNOTATION] !== 'disabled';
  }).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, part]) => [key, ...texts(part)]) : [];
}

describe.each(distApps())('in dist/%s', (app) => {
  const objects = distObjects(app) as unknown as Found[];

  test('no object is a template to Helm, and none to Flux that does not say so', () => {
    expect(templates(objects)).toEqual([]);
  });

  test('only ConfigMaps hold what Flux would change', () => {
    expect([...new Set(objects.filter((object) => FLUX.test(texts(object).join('\n'))).map(({ kind }) => kind))])
      .toEqual(app.startsWith('mysql') && !app.endsWith('-base') ? ['ConfigMap'] : []);
  });
});

test('an object that is a template is found', () => {
  const object = (text: string, annotations?: Record<string, string>) => (
    { kind: 'ConfigMap', metadata: { name: 'a', annotations }, data: { a: text } }
  );
  const disabled = { [ANNOTATION]: 'disabled' };
  expect([
    object('$a $(b) {c} %d% <e>'), object('${a}', disabled), object('$$', disabled),
  ].flatMap((found) => templates([found]))).toEqual([]);
  expect([
    object('a\n{{b}}'), object('{{b}}', disabled), object('${a}'), object('$$'), object('${a}', { [ANNOTATION]: 'enabled' }),
    object('', { note: '${a}' }),
  ].map((found) => templates([found]).length)).toEqual([1, 1, 1, 1, 1, 1]);
});

describe('the ConfigMaps of a cluster', () => {
  const configMaps = (configuration = {}) => (renderMySql({
    topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 2 } }), configuration,
  }) as unknown as (Found & { data?: object; binaryData?: object })[]).filter(({ kind }) => kind === 'ConfigMap');

  test('are kept from Flux, also where users write what looks like a variable', () => {
    const rendered = configMaps({ init_connect: 'SET @a = "${HOME}"' });
    expect(rendered.map(({ metadata }) => [metadata.name, metadata.annotations?.[ANNOTATION]])).toEqual([
      ['mysql-config', 'disabled'], ['mysql-scripts', 'disabled'], ['mysql-topology', 'disabled'], ['mysql-router-scripts', 'disabled'],
    ]);
    expect(templates(rendered)).toEqual([]);
  });

  test('hold as binaryData what YAML cannot write', () => {
    const [config] = configMaps({ init_connect: 'SET @a = "\u2028"' });
    expect(config.data).toBeUndefined();
    const [, encoded] = Object.entries(config.binaryData as Record<string, string>)[0];
    expect(Buffer.from(encoded, 'base64').toString()).toContain('\u2028');
  });
});

test('placeholders of SQL are none of Helm, Flux or kustomize, and stand for the passwords of the accounts', () => {
  const bundle = { ...scriptBundle('group'), ...scriptBundle('source-replica'), ...scriptBundle('router') };
  const sql = Object.entries(bundle).filter(([name]) => name.endsWith('.sql')).map(([, text]) => text).join('\n');
  expect(sql).not.toMatch(HELM);
  expect(sql).not.toMatch(/\$[{$(]/);
  const keys = [...new Set([...sql.matchAll(/<([a-z]+-password)>/g)].map(([, key]) => key))].sort();
  expect(keys).toEqual(['admin', 'clone', 'metrics', 'monitor', 'replication', 'root', 'router'].map((account) => `${account}-password`));
});
