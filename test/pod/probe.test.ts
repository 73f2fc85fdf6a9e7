import { Duration } from 'cdk8s';
import { Probe, StatefulWebProps } from '../../lib';
import { renderWeb } from '../util';

const ports = [{ port: 8080, name: 'http' }, { port: 8443, name: 'https' }];

test.each<[string, Probe, object]>([
  ['a GET of the first port', Probe.httpGet('/ready'), { httpGet: { path: '/ready', port: 'http' } }],
  ['a GET of another port', Probe.httpGet('/', { port: 8443 }), { httpGet: { path: '/', port: 8443 } }],
  ['a connection to the first port', Probe.tcpSocket(), { tcpSocket: { port: 'http' } }],
  ['a connection to another port', Probe.tcpSocket({ port: 8443 }), { tcpSocket: { port: 8443 } }],
  ['a command', Probe.exec(['nginx', '-t']), { exec: { command: ['nginx', '-t'] } }],
  // The API takes the name of a port everywhere but here.
  ['a gRPC call of the first port', Probe.grpc(), { grpc: { port: 8080 } }],
  ['a gRPC call of another port and a service', Probe.grpc({ port: 8443, service: 'shop' }), { grpc: { port: 8443, service: 'shop' } }],
])('%s is rendered with nothing but itself', (_, readiness, rendered) => {
  expect(renderWeb({ ports, readiness }).container.readinessProbe).toEqual(rendered);
});

test('times are rendered in seconds', () => {
  const readiness = Probe.tcpSocket({
    initialDelay: Duration.minutes(1), period: Duration.seconds(7), timeout: Duration.millis(3000),
    failureThreshold: 9, successThreshold: 2,
  });
  expect(renderWeb({ readiness }).container.readinessProbe).toEqual({
    tcpSocket: { port: 'web' }, initialDelaySeconds: 60, periodSeconds: 7, timeoutSeconds: 3, failureThreshold: 9, successThreshold: 2,
  });
});

test('a command does not change with the array that it was given', () => {
  const command = ['true'];
  const liveness = Probe.exec(command);
  command.push('--more');
  expect(renderWeb({ liveness }).container.livenessProbe).toEqual({ exec: { command: ['true'] } });
});

test('each probe is where it belongs', () => {
  const { container } = renderWeb({ startup: Probe.exec(['a']), readiness: Probe.exec(['b']), liveness: Probe.exec(['c']) });
  expect([container.startupProbe, container.readinessProbe, container.livenessProbe].map((probe) => probe?.exec?.command))
    .toEqual([['a'], ['b'], ['c']]);
});

test.each<[string, Partial<StatefulWebProps>, string]>([
  ['a period of one and a half seconds', { readiness: Probe.tcpSocket({ period: Duration.millis(1500) }) },
    `'readiness.period' must be a whole number from 1 to 2147483647, got 1.5`],
  ['a period of 0', { liveness: Probe.exec(['true'], { period: Duration.seconds(0) }) },
    `'liveness.period' must be a whole number from 1 to 2147483647, got 0`],
  ['a timeout of 0', { startup: Probe.grpc({ timeout: Duration.seconds(0) }) },
    `'startup.timeout' must be a whole number from 1 to 2147483647, got 0`],
  ['half a second of delay', { startup: Probe.httpGet('/', { initialDelay: Duration.millis(500) }) },
    `'startup.initialDelay' must be a whole number from 0 to 2147483647, got 0.5`],
  ['port 0', { startup: Probe.tcpSocket({ port: 0 }) }, `'startup.port' must be a whole number from 1 to 65535, got 0`],
  ['port 65536', { liveness: Probe.httpGet('/', { port: 65536 }) }, `'liveness.port' must be a whole number from 1 to 65535, got 65536`],
  ['no failure', { readiness: Probe.tcpSocket({ failureThreshold: 0 }) },
    `'readiness.failureThreshold' must be a whole number from 1 to 2147483647, got 0`],
  ['no success', { readiness: Probe.tcpSocket({ successThreshold: 0 }) },
    `'readiness.successThreshold' must be a whole number from 1 to 2147483647, got 0`],
])('fails with %s, which Kubernetes refuses', (_, props, message) => {
  expect(() => renderWeb(props)).toThrow(new Error(`[test/web] ${message}: leave it out for the default`));
});

test('fails with a path that does not begin with a slash', () => {
  expect(() => renderWeb({ readiness: Probe.httpGet('healthz') })).toThrow(new Error(
    `[test/web] 'readiness' must GET a path that begins with "/", got "healthz": as in Probe.httpGet("/healthz")`,
  ));
});

test('fails with no command', () => {
  expect(() => renderWeb({ liveness: Probe.exec([]) })).toThrow(new Error(
    `[test/web] 'liveness' must name a command, got []: as in Probe.exec(["test", "-f", "/tmp/ready"])`,
  ));
});

test.each(['startup', 'liveness'])('fails with two successes of %s, which only readiness may ask for', (probe) => {
  expect(() => renderWeb({ [probe]: Probe.tcpSocket({ successThreshold: 2 }) })).toThrow(new Error(
    `[test/web] '${probe}.successThreshold' must be 1, got 2: leave it out; only readiness may ask for more`,
  ));
});

test('fails with a command of no words', () => {
  expect(() => renderWeb({ readiness: Probe.exec([]) })).toThrow(new Error(
    `[test/web] 'readiness' must name a command, got []: as in Probe.exec(["test", "-f", "/tmp/ready"])`,
  ));
});

test('accepts the first and the last of every number', () => {
  const readiness = Probe.tcpSocket({
    port: 65535, initialDelay: Duration.seconds(0), period: Duration.seconds(1), timeout: Duration.seconds(1),
    failureThreshold: 1, successThreshold: 2147483647,
  });
  expect(() => renderWeb({ readiness, liveness: Probe.tcpSocket({ port: 1, successThreshold: 1 }) })).not.toThrow();
});
