import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { ConfigFiles, PodVolume, StatefulWebProps, Substitution } from '../../lib';
import { addWeb, renderWeb, synthYaml, testChart } from '../util';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
const MEBIBYTE = 1024 * 1024;

interface ConfigMap {
  readonly kind: string;
  readonly metadata: object;
  readonly data?: Record<string, string>;
  readonly binaryData?: Record<string, string>;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-config-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Everything that a web renders of configuration files. */
function render(configFiles: ConfigFiles[], props: Partial<StatefulWebProps> = {}) {
  const { objects, statefulSet, pod, container } = renderWeb({ ...props, configFiles });
  const configMaps = (objects as unknown as ConfigMap[]).filter(({ kind }) => kind === 'ConfigMap');
  return { configMaps, annotations: statefulSet.spec?.template.metadata?.annotations ?? {}, pod, container };
}

const text = (files: Record<string, string>) => ConfigFiles.fromText('/etc/app', files);

describe('configuration files', () => {
  test('are a ConfigMap with the labels of the web, a volume and a mount', () => {
    const { configMaps, pod, container } = render([text({ 'b.conf': 'b', 'a.conf': 'a' })], { labels: { team: 'shop' } });
    expect(configMaps).toEqual([{
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'web-config',
        labels: {
          'app.kubernetes.io/component': 'web', 'app.kubernetes.io/managed-by': 'cdk8s', 'app.kubernetes.io/name': 'web', team: 'shop',
        },
      },
      data: { 'a.conf': 'a', 'b.conf': 'b' },
    }]);
    expect(pod.volumes?.[0]).toEqual({ name: 'config', configMap: { name: 'web-config' } });
    expect(container.volumeMounts?.[0]).toEqual({ name: 'config', mountPath: '/etc/app' });
  });

  test('can be several, each with a name and a checksum', () => {
    const { configMaps, annotations, container } = render([
      text({ a: 'a' }),
      ConfigFiles.fromText('/etc/nginx/nginx.conf', { 'nginx.conf': 'a', other: '' }, { name: 'nginx', subPath: 'nginx.conf' }),
    ]);
    expect(configMaps.map(({ metadata }) => metadata)).toMatchObject([{ name: 'web-config' }, { name: 'web-nginx' }]);
    expect(Object.keys(annotations)).toEqual(['checksum/config', 'checksum/nginx']);
    expect(container.volumeMounts?.[1]).toEqual({ name: 'nginx', mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf' });
  });

  test('change an annotation of the pods with their content and their names, and with nothing else', () => {
    const checksum = (files: Record<string, string>, props = {}) => render([text(files)], props).annotations['checksum/config'];
    const before = checksum({ a: '1', b: '2' });
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum({ b: '2', a: '1' }, { replicas: 2, name: 'other' })).toBe(before);
    expect(new Set([before, checksum({ a: '1', b: '3' }), checksum({ a: '1', c: '2' }), checksum({ a: '2', b: '1' })]).size).toBe(4);
  });

  test('leave the annotations of the user in place', () => {
    expect(render([text({ a: '' })], { podAnnotations: { mine: 'x' } }).annotations)
      .toEqual({ mine: 'x', 'checksum/config': expect.any(String) as string });
  });

  test('have LF at the end of each line', () => {
    expect(render([text({ a: 'one\r\ntwo\r\n' })]).configMaps[0].data).toEqual({ a: 'one\ntwo\n' });
    expect(render([text({ a: 'one\r\ntwo\r\n' })]).annotations).toEqual(render([text({ a: 'one\ntwo\n' })]).annotations);
  });

  test('of a folder are sorted, those that are no text in base64', () => {
    writeFileSync(join(folder, 'z.conf'), 'größe\r\n');
    writeFileSync(join(folder, 'logo.png'), PNG);
    writeFileSync(join(folder, '.hidden'), '\uFEFFx');
    const [configMap] = render([ConfigFiles.fromFolder('/etc/app', folder)]).configMaps;
    expect(configMap.data).toEqual({ '.hidden': '\uFEFFx', 'z.conf': 'größe\n' });
    expect(configMap.binaryData).toEqual({ 'logo.png': PNG.toString('base64') });
  });

  test('of a folder with a NUL in them are no text', () => {
    writeFileSync(join(folder, 'a'), 'a\0b');
    const [configMap] = render([ConfigFiles.fromFolder('/etc/app', folder)]).configMaps;
    expect([configMap.data, configMap.binaryData]).toEqual([undefined, { a: 'YQBi' }]);
  });

  test('may be of 1 MiB, and are the same when they are rendered twice', () => {
    const chart = testChart();
    addWeb(chart, { configFiles: [text({ a: 'x'.repeat(MEBIBYTE - 1), b: 'y' })] });
    expect(synthYaml(chart)).toBe(synthYaml(chart));
  });

  test('do not change with the object that they were given', () => {
    const files: Record<string, string> = { a: '1' };
    const configFiles = text(files);
    files.b = '2';
    expect(render([configFiles]).configMaps[0].data).toEqual({ a: '1' });
  });

  test('can be read of the object that holds them', () => {
    const { name, mountPath, subPath } = ConfigFiles.fromText('/x', { a: '' }, { name: 'n', subPath: 'a' });
    expect([name, mountPath, subPath]).toEqual(['n', '/x', 'a']);
  });
});

describe('what YAML cannot write as it is', () => {
  const FILES = ['\tserver {\n\t}\n', '\n\n\tx\n', 'x\u2028y\n', 'x\u0085y', '\u007f', '\ufffe', '0o755', '0X1F', '1e1_0'];

  test.each(FILES.map((content) => [JSON.stringify(content), content]))('is stored as binaryData: %s', (_, content) => {
    expect(render([text({ f: content, g: 'g' })]).configMaps[0]).toMatchObject({
      data: { g: 'g' }, binaryData: { f: Buffer.from(content).toString('base64') },
    });
  });

  test('is stored so from a folder, too, with LF', () => {
    writeFileSync(join(folder, 'tab.conf'), '\tserver {\r\n\t}\r\n');
    expect(render([ConfigFiles.fromFolder('/etc/app', folder)]).configMaps[0]).toEqual(expect.objectContaining({
      binaryData: { 'tab.conf': Buffer.from('\tserver {\n\t}\n').toString('base64') },
    }));
  });

  test('is refused where it cannot be encoded', () => {
    expect(() => addWeb(testChart(), { configFiles: [text({ f: 'a\ud800' })] })).toThrow(new Error(
      '[test/web] \'configFiles[0].f\' must be a text of Unicode, got "U+D800": leave out half a character',
    ));
  });
});

describe('variables in configuration files', () => {
  const annotations = (content: string, substitution?: Substitution) => (
    render([ConfigFiles.fromText('/etc/app', { f: content }, { substitution })]).configMaps[0].metadata as { annotations?: object }
  ).annotations;
  const DISABLED = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

  test.each(['${A}', 'a ${A:-b} c', '$${A}', 'kill $$', '\t${A}\n'])('are kept from Flux where it would change the file: %j', (content) => {
    expect(annotations(content)).toEqual(content.startsWith('\t') ? undefined : DISABLED);
    expect(annotations(content, Substitution.DISABLED)).toEqual(DISABLED);
    expect(annotations(content, Substitution.ENABLED)).toBeUndefined();
  });

  test.each(['', '$uri $1 $(A) {{ A }} %A% $ {A}'])('are none that Flux knows: %j', (content) => {
    expect(annotations(content)).toBeUndefined();
    expect(annotations(content, Substitution.DISABLED)).toEqual(DISABLED);
  });

  test('have a choice of two', () => {
    expect(() => annotations('', 'no' as Substitution)).toThrow(new Error(
      '[test/web] \'configFiles[0].substitution\' must be one of disabled, enabled, got "no": use Substitution',
    ));
    const choices = [undefined, ...Object.values(Substitution)];
    expect(choices).toEqual([undefined, 'disabled', 'enabled']);
    expect(choices.map((substitution) => ConfigFiles.fromText('/a', { a: '' }, { substitution }).substitution)).toEqual(choices);
  });
});

describe('fails with', () => {
  const KEY = 'must have file names that are keys of a ConfigMap';
  const KEY_CURE = 'use at most 253 letters, digits, "-", "_" and ".", not ".." first and not "." alone';

  test.each<[what: string, configFiles: ConfigFiles[], message: string]>([
    ['no file', [text({})], `'configFiles[0]' must hold at least one file, got []: add a file, or leave it out`],
    ['a file in a folder', [text({ 'a/b': '' })], `'configFiles[0]' ${KEY}, got "a/b": ${KEY_CURE}`],
    ['a file with a blank', [text({ 'a b': '' })], `'configFiles[0]' ${KEY}, got "a b": ${KEY_CURE}`],
    ['a file of two dots', [text({ '..a': '' })], `'configFiles[0]' ${KEY}, got "..a": ${KEY_CURE}`],
    ['a file of one dot', [text({ '.': '' })], `'configFiles[0]' ${KEY}, got ".": ${KEY_CURE}`],
    ['a file name of 254 characters', [text({ ['f'.repeat(254)]: '' })], `'configFiles[0]' ${KEY}, got "${'f'.repeat(254)}": ${KEY_CURE}`],
    ['more than 1 MiB', [text({ a: 'ä'.repeat(MEBIBYTE / 2), b: 'y' })],
      `'configFiles[0]' must hold at most 1048576 bytes, got 1048577: keep large files in the image or in a volume`],
    ['a folder that is not there', [ConfigFiles.fromFolder('/etc/app', '/no/such/folder')],
      `'configFiles[0]' must be a folder that exists, got "/no/such/folder": write it as in join(__dirname, "conf.d")`],
    ['one name twice', [text({ a: '' }), text({ b: '' })],
      `'configFiles[1].name' must be a name of its own, got "config": 'configFiles[0].name' has it already`],
    ['a name in capitals', [ConfigFiles.fromText('/a', { a: '' }, { name: 'A' })],
      `'configFiles[0].name' must be a DNS label of at most 63 characters, got "A": ` +
      'use lower-case letters, digits and hyphens, with a letter or digit at both ends'],
    ['a subPath that is no file', [ConfigFiles.fromText('/a', { a: '', b: '' }, { subPath: 'c' })],
      `'configFiles[0].subPath' must be the name of a file, got "c": the files are a, b`],
    ['a relative path', [ConfigFiles.fromText('a', { a: '' })],
      `'configFiles[0].mountPath' must be an absolute path without "..", ":", doubled or trailing slashes, got "a": write "/a"`],
  ])('%s', (_, configFiles, message) => {
    expect(() => renderWeb({ configFiles })).toThrow(new Error(`[test/web] ${message}`));
  });

  test('a subfolder', () => {
    mkdirSync(join(folder, 'sub'));
    expect(() => renderWeb({ configFiles: [ConfigFiles.fromFolder('/a', folder)] })).toThrow(new Error(
      `[test/web] 'configFiles[0]' must be a folder of files, got "${join(folder, 'sub')}": name each subfolder in ConfigFiles of its own`,
    ));
  });

  test('a volume of the same name', () => {
    expect(() => renderWeb({ mounts: [{ volume: PodVolume.emptyDir('config'), mountPath: '/c' }], configFiles: [text({ a: '' })] }))
      .toThrow(new Error(`[test/web] 'configFiles[0].volume.name' must be a volume name of its own, got "config": ` +
        'another volume or claim has this name; rename one, or mount the same PodVolume object twice to share it'));
  });

  test('the ConfigMap of another web', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'shop' });
    addWeb(chart, { name: 'a', configFiles: [ConfigFiles.fromText('/a', { a: '' }, { name: 'b-c' })] }, 'first');
    expect(() => addWeb(chart, { name: 'a-b', configFiles: [ConfigFiles.fromText('/a', { a: '' }, { name: 'c' })] }, 'second'))
      .toThrow(new Error(`[test/second] 'configFiles[0].name' must be a ConfigMap name that no other construct of namespace shop renders, ` +
        `got "a-b-c": 'test/first' renders it already; give each its own name`));
  });
});
