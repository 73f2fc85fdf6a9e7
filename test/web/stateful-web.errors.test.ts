import { Size } from 'cdk8s';
import { Cpu, EnvValue } from 'cdk8s-plus-27';
import { PodSecurity, StatefulWebProps } from '../../lib';
import { addWeb, renderWeb, testChart } from '../util';

type Case = [what: string, props: Partial<StatefulWebProps>, message: string];

const LABEL = 'use lower-case letters, digits and hyphens, with a letter or digit at both ends';
const NAME = 'be a DNS label of at most 52 characters (the label controller-revision-hash adds 11 to reach the limit of 63)';
const SERVICE = `'serviceName' must be a DNS label of at most 63 characters that begins with a letter`;
const SERVICE_CURE = `use lower-case letters, digits and hyphens, as Kubernetes asks of a Service's name`;
const IMAGE_CURE = 'write it as registry/name:tag or registry/name@sha256:digest';
const TAG_CURE = 'add the version that you tested, as in "nginx:1.29"; without one the image changes under you';
const PORT_NAME = 'be a port name of at most 15 characters';
const PORT_NAME_CURE = 'use lower-case letters, digits and single hyphens, with at least one letter and no hyphen at an end';
const PORT_CURE = 'name the port on which the container listens';
const DOMAIN = `'clusterDomain' must be a DNS name of at most 253 characters`;
const DOMAIN_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const LABELS_CURE =
  'use at most 63 letters, digits, "-", "_" and ".", a letter or digit at both ends; a key may have a DNS name and "/" in front';
const ENV_CURE = 'use letters, digits, "-", "_" and ".", not a digit first';
const ROOT_CURE = 'root (0) is not restricted; for an image that needs root say PodSecurity.asImageBuilt()';
const REPLICAS = `'replicas' must be a whole number from 0 to 2147483647`;
const VALUE = 'v'.repeat(64);

describe('fails with', () => {
  test.each<Case>([
    ['an empty name', { name: '' }, `'name' must ${NAME}, got "": ${LABEL}`],
    ['a name in capitals', { name: 'Web' }, `'name' must ${NAME}, got "Web": ${LABEL}`],
    ['a name that ends in a hyphen', { name: 'web-' }, `'name' must ${NAME}, got "web-": ${LABEL}`],
    ['a name with a dot', { name: 'web.shop' }, `'name' must ${NAME}, got "web.shop": ${LABEL}`],
    ['a name of 53 characters', { name: 'w'.repeat(53) }, `'name' must ${NAME}, got "${'w'.repeat(53)}": ${LABEL}`],
    ['a serviceName that begins with a digit', { serviceName: '1st' }, `${SERVICE}, got "1st": ${SERVICE_CURE}`],
    ['a serviceName of 64 characters', { serviceName: 's'.repeat(64) }, `${SERVICE}, got "${'s'.repeat(64)}": ${SERVICE_CURE}`],
    ['a name that cannot be that of the Service', { name: '1st' }, `${SERVICE}, got "1st": ${SERVICE_CURE}`],
    ['a containerName with an underscore', { containerName: 'my_nginx' },
      `'containerName' must be a DNS label of at most 63 characters, got "my_nginx": ${LABEL}`],
    ['a containerName of 64 characters', { containerName: 'c'.repeat(64) },
      `'containerName' must be a DNS label of at most 63 characters, got "${'c'.repeat(64)}": ${LABEL}`],
    ['a cluster domain with a trailing dot', { clusterDomain: 'cluster.local.' }, `${DOMAIN}, got "cluster.local.": ${DOMAIN_CURE}`],
    ['a cluster domain of 254 characters', { clusterDomain: 'a.'.repeat(126) + 'ab' },
      `${DOMAIN}, got "${'a.'.repeat(126)}ab": ${DOMAIN_CURE}`],
  ])('%s', fails);

  test.each<Case>([
    ['an empty image', { image: '' }, `'image' must be an image reference, got "": ${IMAGE_CURE}`],
    ['a blank in the image', { image: 'nginx :1.29' }, `'image' must be an image reference, got "nginx :1.29": ${IMAGE_CURE}`],
    ['an image in capitals', { image: 'Nginx:1.29' }, `'image' must be an image reference, got "Nginx:1.29": ${IMAGE_CURE}`],
    ['an image with two tags', { image: 'nginx:1:29' }, `'image' must be an image reference, got "nginx:1:29": ${IMAGE_CURE}`],
    ['an image without a registry before its slash', { image: '/nginx:1.29' },
      `'image' must be an image reference, got "/nginx:1.29": ${IMAGE_CURE}`],
    ['an image that is a URL', { image: 'https://ghcr.io/nginx:1.29' },
      `'image' must be an image reference, got "https://ghcr.io/nginx:1.29": ${IMAGE_CURE}`],
    ['an image with a short digest', { image: 'nginx@sha256:abc' },
      `'image' must be an image reference, got "nginx@sha256:abc": ${IMAGE_CURE}`],
    ['an image without tag', { image: 'nginx' }, `'image' must have a tag or a digest, got "nginx": ${TAG_CURE}`],
    ['an image whose only colon is that of a port', { image: 'host:5000/nginx' },
      `'image' must have a tag or a digest, got "host:5000/nginx": ${TAG_CURE}`],
  ])('%s', fails);

  test.each<Case>([
    ['negative replicas', { replicas: -1 }, `${REPLICAS}, got -1: leave it out for 1`],
    ['half a replica', { replicas: 1.5 }, `${REPLICAS}, got 1.5: leave it out for 1`],
    ['replicas that are no number', { replicas: NaN }, `${REPLICAS}, got NaN: leave it out for 1`],
    ['more replicas than an int32 holds', { replicas: 2147483648 }, `${REPLICAS}, got 2147483648: leave it out for 1`],
  ])('%s', fails);

  test.each<Case>([
    ['no port', { ports: [] }, `'ports' must name at least one port, got []: leave it out for port 80`],
    ['port 0', { ports: [{ port: 0 }] }, `'ports[0].port' must be a whole number from 1 to 65535, got 0: ${PORT_CURE}`],
    ['port 65536', { ports: [{ port: 80 }, { name: 'b', port: 65536 }] },
      `'ports[1].port' must be a whole number from 1 to 65535, got 65536: ${PORT_CURE}`],
    ['half a port', { ports: [{ port: 80.5 }] }, `'ports[0].port' must be a whole number from 1 to 65535, got 80.5: ${PORT_CURE}`],
    ['an empty port name', { ports: [{ port: 80, name: '' }] }, `'ports[0].name' must ${PORT_NAME}, got "": ${PORT_NAME_CURE}`],
    ['a port name of 16 characters', { ports: [{ port: 80, name: 'p'.repeat(16) }] },
      `'ports[0].name' must ${PORT_NAME}, got "pppppppppppppppp": ${PORT_NAME_CURE}`],
    ['a port name of digits', { ports: [{ port: 80, name: '80' }] }, `'ports[0].name' must ${PORT_NAME}, got "80": ${PORT_NAME_CURE}`],
    ['a port name with two hyphens', { ports: [{ port: 80, name: 'a--b' }] },
      `'ports[0].name' must ${PORT_NAME}, got "a--b": ${PORT_NAME_CURE}`],
    ['two ports of one name', { ports: [{ port: 80 }, { port: 81 }] },
      `'ports[1].name' must be a port name of its own, got "web": 'ports[0].name' has it already`],
    ['two ports of one number', { ports: [{ port: 80, name: 'a' }, { port: 81, name: 'b' }, { port: 80, name: 'c' }] },
      `'ports[2].port' must be a port number of its own, got 80: 'ports[0].port' has it already`],
  ])('%s', fails);

  test.each<Case>([
    ['a label that is too long', { labels: { team: VALUE } },
      `'labels' must be labels as Kubernetes allows them, got {"team":"${VALUE}"}: ${LABELS_CURE}`],
    ['a label with a blank', { labels: { a: 'b', team: 'my shop' } },
      `'labels' must be labels as Kubernetes allows them, got {"team":"my shop"}: ${LABELS_CURE}`],
    ['an empty key', { labels: { '': 'x' } }, `'labels' must be labels as Kubernetes allows them, got {"":"x"}: ${LABELS_CURE}`],
    ['a key of 64 characters', { labels: { [VALUE]: 'x' } },
      `'labels' must be labels as Kubernetes allows them, got {"${VALUE}":"x"}: ${LABELS_CURE}`],
    ['a key with two slashes', { labels: { 'a/b/c': 'x' } },
      `'labels' must be labels as Kubernetes allows them, got {"a/b/c":"x"}: ${LABELS_CURE}`],
    ['a key whose prefix is no DNS name', { labels: { 'My_Org/a': 'x' } },
      `'labels' must be labels as Kubernetes allows them, got {"My_Org/a":"x"}: ${LABELS_CURE}`],
    ['a selector label that ends in a dot', { selectorLabels: { app: 'a.' } },
      `'selectorLabels' must be labels as Kubernetes allows them, got {"app":"a."}: ${LABELS_CURE}`],
    ['no selector label', { selectorLabels: {} },
      `'selectorLabels' must name at least one label, got {}: leave it out; without labels every pod would be selected`],
  ])('%s', fails);

  test.each<Case>([
    ['an environment variable that begins with a digit', { envVariables: { A: EnvValue.fromValue('a'), '1ST': EnvValue.fromValue('b') } },
      `'envVariables.1ST' must be the name of an environment variable, got "1ST": ${ENV_CURE}`],
    ['an environment variable with a blank', { envVariables: { 'A B': EnvValue.fromValue('a') } },
      `'envVariables.A B' must be the name of an environment variable, got "A B": ${ENV_CURE}`],
    ['an environment variable of two dots', { envVariables: { '..': EnvValue.fromValue('a') } },
      `'envVariables...' must be the name of an environment variable, got "..": ${ENV_CURE}`],
    ['a cpu request over its limit', { resources: { cpu: { request: Cpu.units(2), limit: Cpu.millis(1999) } } },
      `'resources.cpu.request' must be at most the limit of 1999m, got 2: lower the request or raise the limit`],
    ['a memory request over its limit', { resources: { memory: { request: Size.mebibytes(1025), limit: Size.gibibytes(1) } } },
      `'resources.memory.request' must be at most the limit of 1Gi, got 1025Mi: lower the request or raise the limit`],
    ['a storage request over its limit', { resources: { ephemeralStorage: { request: Size.gibibytes(2), limit: Size.gibibytes(1) } } },
      `'resources.ephemeralStorage.request' must be at most the limit of 1Gi, got 2Gi: lower the request or raise the limit`],
    ['a negative cpu request', { resources: { cpu: { request: Cpu.millis(-1) } } },
      `'resources.cpu.request' must be above zero, got -1m: write it as in Cpu.millis(100)`],
    ['a cpu limit of nothing', { resources: { cpu: { limit: Cpu.units(0) } } },
      `'resources.cpu.limit' must be above zero, got 0: write it as in Cpu.millis(100)`],
    ['a cpu request beyond any number of Kubernetes', { resources: { cpu: { request: Cpu.millis(1e21) } } },
      `'resources.cpu.request' must be a quantity without an exponent, got 1e+21m: write it as in Cpu.millis(100)`],
    ['memory of nothing', { resources: { memory: { request: Size.mebibytes(0) } } },
      `'resources.memory.request' must be above zero, got 0Ki: write it as in Size.mebibytes(128)`],
    ['storage of nothing', { resources: { ephemeralStorage: { limit: Size.kibibytes(0.5) } } },
      `'resources.ephemeralStorage.limit' must be above zero, got 0Ki: write it as in Size.mebibytes(128)`],
    ['the root user', { security: PodSecurity.restricted({ user: 0 }) },
      `'security.user' must be a whole number from 1 to 2147483647, got 0: ${ROOT_CURE}`],
    ['the root group', { security: PodSecurity.restricted({ group: 0 }) },
      `'security.group' must be a whole number from 1 to 2147483647, got 0: ${ROOT_CURE}`],
    ['a user that is no whole number', { security: PodSecurity.restricted({ user: 1000.5 }) },
      `'security.user' must be a whole number from 1 to 2147483647, got 1000.5: ${ROOT_CURE}`],
  ])('%s', fails);
});

test('fails in a chart whose namespace is no DNS label', () => {
  expect(() => addWeb(testChart('My shop'), {})).toThrow(new Error(
    `[test/web] 'namespace of the chart' must be a DNS label of at most 63 characters, got "My shop": ` +
    'use lower-case letters, digits and hyphens, with a letter or digit at both ends',
  ));
});

describe('accepts', () => {
  test.each<[string, Partial<StatefulWebProps>]>([
    ['a name of 52 characters', { name: 'w'.repeat(52), serviceName: 's'.repeat(63), containerName: 'c'.repeat(63) }],
    ['an image with a tag', { image: 'nginx:1.29' }],
    ['an image of a registry with a port', { image: 'host:5000/shop/nginx:1.29' }],
    ['an image with a digest', { image: `nginx@sha256:${'0'.repeat(64)}` }],
    ['an image with a tag and a digest', { image: `ghcr.io/shop/my_nginx:v1.29-alpine@sha256:${'a'.repeat(64)}` }],
    ['the first and the last port', { ports: [{ port: 1, name: 'a' }, { port: 65535, name: 'p'.repeat(15) }] }],
    ['as many replicas as an int32 holds', { replicas: 2147483647 }],
    ['labels at their limits', { labels: { [`${'a.'.repeat(126)}b/${'k'.repeat(63)}`]: 'v'.repeat(63), empty: '' } }],
    ['the user and group with the lowest and highest number', { security: PodSecurity.restricted({ user: 1, group: 2147483647 }) }],
  ])('%s', (_, props) => {
    expect(() => renderWeb(props)).not.toThrow();
  });
});

function fails(_: string, props: Partial<StatefulWebProps>, message: string): void {
  expect(() => addWeb(testChart(), props)).toThrow(new Error(`[test/web] ${message}`));
}
