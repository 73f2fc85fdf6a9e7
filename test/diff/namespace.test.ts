import { ManifestChange, ManifestDiff } from '../../lib';
import { main } from '../../lib/diff/main';
import { Manifest } from '../../lib/manifests/manifest';
import { Folders } from './folders';

const web = (namespace?: string): Manifest => ({
  apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web', namespace },
  spec: { serviceName: 'web', replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'www' } }] },
});
const claim = (namespace?: string): Manifest => ({
  apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace }, spec: { accessModes: ['ReadWriteOnce'] },
});
const VOLUME: Manifest = {
  apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'pv' }, spec: { nfs: { server: 'a', path: '/a' } },
};

function compare(before: Manifest[], after: Manifest[], namespace?: string): ManifestChange[] {
  const folders = new Folders().write('old', before).write('new', after);
  try {
    return ManifestDiff.compare(folders.old, folders.new, namespace === undefined ? undefined : { namespace });
  } finally {
    folders.remove();
  }
}

describe.each([
  ['is added to', [undefined, 'shop'], 'old', 'StatefulSet web', 'shop/web'],
  ['is taken out of', ['shop', undefined], 'new', 'StatefulSet shop/web', 'web'],
] as const)('a namespace that %s manifests', (_, [before, after], side, object, moved) => {
  test('is another object, unless it is applied with that namespace', () => {
    expect(compare([web(before)], [web(after)])).toEqual([{
      level: 'data', object, field: 'metadata.namespace',
      oldValue: before && JSON.stringify(before), newValue: after && JSON.stringify(after),
      reason: `moved to StatefulSet ${moved}: its claims www-web-0 and www-web-1 stay behind, the new pods start with empty claims; `
        + `no change at all where the ${side} manifests are applied with \`kubectl -n shop\``,
      remedy: 'compare with --namespace shop if they are; '
        + 'otherwise keep the name, or have volumes with the data reserved for www-web-0 and www-web-1 before applying',
    }]);
  });

  test('says so of other kinds, too', () => {
    const [{ reason, remedy }] = compare([claim(before)], [claim(after)]);
    expect([reason, remedy]).toEqual([
      `moved to PersistentVolumeClaim ${after ? 'shop/' : ''}data, which makes another object: the claim lets go of its volume, whose data is `
      + `deleted when its reclaim policy is Delete; no change at all where the ${side} manifests are applied with \`kubectl -n shop\``,
      'compare with --namespace shop if they are; '
      + 'otherwise keep the name, or apply the new one beside it and move what uses it before the old one goes',
    ]);
  });

  test('is no change with that namespace as an option', () => {
    expect(compare([web(before), claim(before), VOLUME], [web(after), claim(after), VOLUME], 'shop')).toEqual([]);
  });

  test('is one with another namespace as an option', () => {
    expect(compare([web(before)], [web(after)], 'bank').map(({ reason }) => reason)).toEqual([expect.not.stringContaining('kubectl')]);
  });
});

test('a move from one namespace to another does not depend on how manifests are applied', () => {
  expect(compare([web('a')], [web('b')])[0].reason)
    .toBe('moved to StatefulSet b/web: its claims www-web-0 and www-web-1 stay behind, the new pods start with empty claims');
});

test('findings have the namespace of the option, but for objects outside of namespaces', () => {
  const changed = { ...VOLUME, spec: { nfs: { server: 'b', path: '/a' } } };
  const other = { ...web(), spec: { ...web().spec as object, serviceName: 'other' } };
  expect(compare([web(), VOLUME], [other, changed], 'shop').map(({ object }) => object))
    .toEqual(['StatefulSet shop/web', 'PersistentVolume pv']);
});

test('an object that comes twice with the namespace of the option is an error', () => {
  const folders = new Folders().write('old', []).write('new', { 'a.yaml': JSON.stringify(web()), 'b.yaml': JSON.stringify(web('shop')) });
  expect(() => ManifestDiff.compare(folders.old, folders.new, { namespace: 'shop' })).toThrow(new Error(
    `[ManifestDiff.compare] '${folders.new}/b.yaml' must hold no object that the folder has already, got "StatefulSet shop/web": `
    + `remove it here or from ${folders.new}/a.yaml`,
  ));
  folders.remove();
});

describe('the program', () => {
  const run = (...options: string[]) => {
    const folders = new Folders().write('old', [web()]).write('new', [web('shop')]);
    let output = '';
    const write = (text: string) => output += text;
    const status = main([...options, folders.old, folders.new], { stdout: { write }, stderr: { write } });
    folders.remove();
    return { status, output };
  };

  test.each([[['--namespace', 'shop']], [['--namespace=shop']], [['-n', 'shop']]])('takes %j', (options) => {
    expect(run(...options)).toEqual({ status: 0, output: 'Kubernetes refuses: 0, deletes or detaches data: 0, to note: 0\n' });
    expect(run('--json', ...options)).toEqual({ status: 0, output: '[]\n' });
  });

  test.each(['', 'Shop', 's'.repeat(64)])('refuses the namespace %j', (namespace) => {
    expect(run(`--namespace=${namespace}`)).toEqual({
      status: 2, output: 'cdk8s-stateful-diff: [ManifestDiff.compare] \'namespace\' must be a DNS label of at most 63 characters, '
        + `got ${JSON.stringify(namespace)}: name the namespace of \`kubectl -n\`\n`,
    });
  });
});
