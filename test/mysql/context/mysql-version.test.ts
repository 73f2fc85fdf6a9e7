import { MySqlVersion } from '../../../lib/mysql/context/mysql-version';
import { testChart } from '../../util';

const { V8_4, V9_7 } = MySqlVersion;
const at = (property: string) => ({ scope: testChart(), property });

test('a version is a series', () => {
  expect([V8_4, V9_7, MySqlVersion.of('9.5')].map(({ series }) => series)).toEqual(['8.4', '9.7', '9.5']);
});

test.each([V8_4, V9_7, MySqlVersion.of('9.0'), MySqlVersion.of('26.7')])('$series is supported', (version) => {
  expect(() => version._requireSupported(at('version'))).not.toThrow();
});

test.each([
  ['8.0', `'version' must be 8.4 or later, got "8.0": older servers lack statements and options that the cluster uses; upgrade the data to 8.4 first`],
  ['8.3', `'version' must be 8.4 or later, got "8.3": older servers lack statements and options that the cluster uses; upgrade the data to 8.4 first`],
  ['5.7', `'version' must be 8.4 or later, got "5.7": older servers lack statements and options that the cluster uses; upgrade the data to 8.4 first`],
  ['9.7.1', `'version' must be a series of MySQL, got "9.7.1": write its first two numbers, as in MySqlVersion.of("9.5")`],
  ['9', `'version' must be a series of MySQL, got "9": write its first two numbers, as in MySqlVersion.of("9.5")`],
  ['lts', `'version' must be a series of MySQL, got "lts": write its first two numbers, as in MySqlVersion.of("9.5")`],
  ['', `'version' must be a series of MySQL, got "": write its first two numbers, as in MySqlVersion.of("9.5")`],
])('"%s" is refused', (series, message) => {
  expect(() => MySqlVersion.of(series)._requireSupported(at('version'))).toThrow(new Error(`[test] ${message}`));
});

test.each([
  [V9_7, '9.7', true], [V9_7, '9.5', true], [V9_7, '8.4', true], [V8_4, '9.0', false], [MySqlVersion.of('9.10'), '9.7', true],
  [MySqlVersion.of('26.7'), '9.7', true],
])('$series is from %s on: %p', (version, series, expected) => {
  expect(version._isFrom(series)).toBe(expected);
});

test.each([
  'mysql:9.7', 'mysql:9.7.1', 'mysql:9.7-oracle', 'registry:5000/team/mysql:9.7.4-2@sha256:abc', 'mysql:lts', 'mysql:9', 'mysql@sha256:abc',
  'registry.example.com:8.4/mysql',
])('the image %s may be of 9.7', (image) => {
  expect(() => V9_7._requireImage(at('image'), image)).not.toThrow();
});

test.each(['mysql:8.4', 'mysql:8.4.2', 'registry:5000/mysql:8.4-oracle@sha256:abc'])('the image %s is not of 9.7', (image) => {
  expect(() => V9_7._requireImage(at('image'), image)).toThrow(new Error(
    `[test] 'image' must be of the series 9.7, which is the version, got "${image}": set version to MySqlVersion.of("8.4"), or choose another image`,
  ));
});
