import { Yaml } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import * as kplus from 'cdk8s-plus-27';
import {
  ConfigFiles, EnvFromSource, NodeRequirement, PodVolume, PreStop, Probe, StatefulWeb, StatefulWebProps, Toleration,
} from '../../lib';
import { arrives } from '../../lib/core/yaml-text';
import { addVolumes, addWeb, claim, renderWeb, testChart } from '../util';

const text = (codePoint: number) => String.fromCodePoint(codePoint);
const codePoints = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

/*
 * What sigs.k8s.io/yaml, with which Kubernetes and kubectl read, and go.yaml.in/yaml/v3, with which kustomize does, made of the texts as
 * cdk8s wrote them, in maps, lists and keys: found with 770,000 of them.
 */
const NUMBERS: [text: string, read: number][] = [
  ['0o755', 493], ['0o14', 12], ['0O14', 12], ['+0o7', 7], ['-0o7', -7], ['0o_7', 7], ['0_o17', 15], ['0o-7', -7],
  ['0X1F', 31], ['-0X1f', -31], ['0_x1f', 31], ['0B1', 1], ['0b-1', -1], ['0b+0', 0], ['-_0', 0], ['+_17', 17], ['-_.0', 0],
  ['1e1_0', 10000000000], ['1e+0_', 1], ['0E0_', 0],
];
const SAME = [
  '', 'a', '1', '0', '-1', '017', '08', '0x1F', '0b11', '1_000', '1e3', '1E5', '.5', '5.', '+.5', '.inf', '-.INF', '.NaN', '~', 'null',
  'Null', 'yes', 'No', 'on', 'OFF', 'y', 'N', 'true', 'False', '2021-01-01', '2021-01-01T00:00:00Z', '12:34:56', '190:20:30.15', '1:30',
  '<<', '=', '0x', '0o', '0o8',
  '0o9', '1__0', '0x_1', '1.2.3', 'v1', '-', '---', '...', '- a', 'a: b', '#', ' a ', '"', '\'', '%', '@', '`',
  '{', '[', '!tag', '&anchor', '*alias', '|', '>', 'one\ntwo\n', '\n', '\n\n', ' leading\nblock\n', 'a\r\nb\r', 'a\tb', '\ta', 'a\n\tb\n',
  'trailing \n', 'é', '\u00a0', '\ufeffa',
  '\u{1f600}', 'a\u0001"\'', '\t\n', 'x\n\t',
];

describe('Kubernetes reads as it is', () => {
  test.each(SAME.map((value) => [JSON.stringify(value), value]))('%s', (_, value) => {
    expect(arrives(value)).toBe(true);
  });

  test('a number as often as it is asked', () => {
    expect(['017', '017', '017'].map(arrives)).toEqual([true, true, true]);
    expect(['0o14', '0o14', '0o14'].map(arrives)).toEqual([false, false, false]);
  });

  test('every letter of the first plane of Unicode but for what YAML 1.1 cannot write', () => {
    const broken = [...codePoints(0x7f, 0x9f), 0x2028, 0x2029, ...codePoints(0xd800, 0xdfff), 0xfffe, 0xffff];
    expect(codePoints(0, 0xffff).filter((code) => !arrives(`a${text(code)}b`))).toEqual(broken);
  });
});

describe('Kubernetes does not read as it is', () => {
  test.each(NUMBERS)('%s, of which it makes %d', (value) => {
    expect(arrives(value)).toBe(false);
    expect(Yaml.stringify(value)).toBe(`${value}\n`); // without quotes; should cdk8s ever write some, there is nothing to refuse
  });

  test.each(['\ta\n', '\n\n\ta', '\t\na', '\t\n-', '\tserver {\n\t}\n'])('the block %j', (value) => {
    expect(arrives(value)).toBe(false);
  });

  test('what cannot be encoded, wherever it stands', () => {
    expect(['\ud800', 'a\udc00', '"\ud800\'\u0001'].map(arrives)).toEqual([false, false, false]);
  });
});

const NUMBER = 'be a text that YAML does not take for a number, got "0o14": '
  + 'cdk8s writes it without quotes, and Kubernetes reads a number: write it in another way';
const CHARACTER = 'hold only characters that YAML can write as they are, got "U+2028": '
  + 'leave the character out, or keep the text in a file of ConfigFiles or a Secret';
const TAB = 'not begin with a tab where it has several lines, got "\\t": '
  + 'Kubernetes reads no such block of YAML: begin with another character';

/** The properties that take any text. */
const FREE: [property: string, props: (value: string) => Partial<StatefulWebProps>][] = [
  ['command[1]', (value) => ({ command: ['sh', value] })],
  ['args[0]', (value) => ({ args: [value] })],
  ['envVariables.A', (value) => ({ envVariables: { A: EnvValue.fromValue(value) } })],
  ['podAnnotations.example.com/a', (value) => ({ podAnnotations: { 'example.com/a': value } })],
  ['clientService.annotations.a', (value) => ({ clientService: { annotations: { a: value } } })],
  ['podServices.annotations.a', (value) => ({ podServices: { annotations: { a: value } } })],
  ['startup.command[0]', (value) => ({ startup: Probe.exec([value]) })],
  ['liveness.service', (value) => ({ liveness: Probe.grpc({ service: value }) })],
  ['preStop[1]', (value) => ({ preStop: PreStop.exec(['sleep', value]) })],
  ['initContainers[0].args[0]', (value) => ({ initContainers: [{ name: 'a', image: 'a:1', args: [value] }] })],
  ['sidecars[0].command[0]', (value) => ({ sidecars: [{ name: 'a', image: 'a:1', command: [value] }] })],
  ['sidecars[0].envVariables.A', (value) => ({
    sidecars: [{ name: 'a', image: 'a:1', envVariables: { A: EnvValue.fromValue(value) } }],
  })],
  ['sidecars[0].readiness.command[0]', (value) => ({ sidecars: [{ name: 'a', image: 'a:1', readiness: Probe.exec([value]) }] })],
  ['sidecars[0].preStop[0]', (value) => ({ sidecars: [{ name: 'a', image: 'a:1', preStop: PreStop.exec([value]) }] })],
];

describe.each([['0o14', NUMBER], ['x\u2028y', CHARACTER], ['\tone\n\ttwo\n', TAB]])('%j is refused', (value, message) => {
  test.each(FREE)('in %s', (property, props) => {
    expect(() => addWeb(testChart(), props(value))).toThrow(new Error(`[test/web] '${property}' must ${message}`));
  });
});

/** The properties that take names, labels, keys and paths. */
const NAMES: [property: string, props: Partial<StatefulWebProps>][] = [
  ['name', { name: '0o14', serviceName: 'web' }],
  ['containerName', { containerName: '0o14' }],
  ['clusterDomain', { clusterDomain: '0o14' }],
  ['labels.team', { labels: { team: '0o14' } }],
  ['labels', { labels: { '0o14': 'x' } }],
  ['selectorLabels.team', { selectorLabels: { team: '0o14' } }],
  ['podAnnotations', { podAnnotations: { '0o14': 'x' } }],
  ['nodeSelector.disk', { nodeSelector: { disk: '0o14' } }],
  ['requiredNodes[0].disk', { requiredNodes: [NodeRequirement.isIn('disk', ['0o14'])] }],
  ['tolerations[0].disk', { tolerations: [Toleration.equal('disk', '0o14')] }],
  ['priorityClassName', { priorityClassName: '0o14' }],
  ['serviceAccountName', { serviceAccountName: '0o14' }],
  ['imagePullSecrets[0]', { imagePullSecrets: ['0o14'] }],
  ['ports[0].name', { ports: [{ port: 80, name: '0o14' }] }],
  ['claims[0].name', { claims: [claim({ name: '0o14' })] }],
  ['claims[0].subPath', { claims: [claim({ subPath: '0o14' })] }],
  ['claims[0].storageClassName', { claims: [claim({ storageClassName: '0o14' })] }],
  ['envFrom[0].name', { envFrom: [EnvFromSource.secret('0o14')] }],
  ['envVariables.-_1', { envVariables: { '-_1': EnvValue.fromValue('a') } }],
  ['mounts[0].volume.items.0o14', { mounts: [{ volume: PodVolume.secret('a', 'a', { items: { '0o14': 'a' } }), mountPath: '/a' }] }],
  ['mounts[0].volume.items.a', { mounts: [{ volume: PodVolume.secret('a', 'a', { items: { a: '0o14' } }), mountPath: '/a' }] }],
  ['configFiles[0].name', { configFiles: [ConfigFiles.fromText('/a', { a: 'a' }, { name: '0o14' })] }],
  ['configFiles[0]: name of a file', { configFiles: [ConfigFiles.fromText('/a', { '0o14': 'a' })] }],
];

test.each(NAMES)('a number that is not written as one is refused in %s', (property, props) => {
  const value = property === 'envVariables.-_1' ? '-_1' : '0o14';
  expect(() => addWeb(testChart(), props)).toThrow(new Error(`[test/web] '${property}' must ${NUMBER.replace('0o14', value)}`));
});

test('a number that is not written as one is refused in a key of a Secret', () => {
  const chart = testChart();
  const envVariables = { A: EnvValue.fromSecretValue({ secret: kplus.Secret.fromSecretName(chart, 'keys', 'keys'), key: '0o14' }) };
  expect(() => addWeb(chart, { envVariables })).toThrow(new Error(`[test/web] 'envVariables.A.secretKeyRef.key' must ${NUMBER}`));
});

test('a number that is not written as one is refused in the labels of a peer', () => {
  const chart = testChart();
  const peer = kplus.Pods.select(chart, 'pods', { labels: { app: '0o14' } });
  expect(() => addWeb(chart).allowFrom(peer)).toThrow(new Error(
    `[test/web] 'peer of allowFrom[0].podSelector.matchLabels.app' must ${NUMBER}`,
  ));
});

test.each<[property: string, act: (web: StatefulWeb) => unknown]>([
  ['name of the Ingress', (web) => web.exposeViaIngress({ name: '0o14' })],
  ['className of the Ingress', (web) => web.exposeViaIngress({ className: '0o14' })],
  ['annotations of the Ingress.a', (web) => web.exposeViaIngress({ annotations: { a: '0o14' } })],
  ['gatewayName of the HTTPRoute', (web) => web.exposeViaHttpRoute({ gatewayName: '0o14' })],
  ['labels of the PodMonitor.a', (web) => web.addPodMonitor({ labels: { a: '0o14' } })],
])('a number that is not written as one is refused in %s', (property, act) => {
  const web = addWeb(testChart(), { clientService: {} });
  expect(() => act(web)).toThrow(new Error(`[test/web] '${property}' must ${NUMBER}`));
});

test.each<[property: string, props: Parameters<typeof addVolumes>[1]]>([
  ['server', { server: '0o14' }],
  ['annotations.a', { annotations: { a: '0o14' } }],
  ['uncheckedMountOptions[0]', { uncheckedMountOptions: ['0o14'] }],
  ['storageClassName', { storageClassName: '0o14' }],
])('a number that is not written as one is refused in %s of volumes', (property, props) => {
  expect(() => addVolumes(testChart(), props)).toThrow(new Error(`[test/nfs] '${property}' must ${NUMBER}`));
});

test('a control character is refused in a path', () => {
  expect(() => addVolumes(testChart(), { paths: ['/a\u2028'] })).toThrow(new Error(`[test/nfs] 'paths[0]' must ${CHARACTER}`));
  expect(() => renderWeb({ startup: Probe.httpGet('/\u2028') })).toThrow(new Error(`[test/web] 'startup' must ${CHARACTER}`));
});

test('a message shows no more of a text than what is wrong with it, since a text may be secret', () => {
  expect(() => addWeb(testChart(), { envVariables: { A: EnvValue.fromValue('hunter2\u0085') } })).toThrow(
    new Error(`[test/web] 'envVariables.A' must ${CHARACTER.replace('U+2028', 'U+0085')}`),
  );
});
