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

test.each<[string, Partial<StatefulWebProps>, RegExp]>([
  ['half a second', { readiness: Probe.tcpSocket({ period: Duration.millis(1500) }) },
    /^\[test\/web\] 'readiness\.period' must .*got 1\.5/],
  ['a period of 0', { liveness: Probe.tcpSocket({ period: Duration.seconds(0) }) }, /^\[test\/web\] 'liveness\.period' must /],
  ['a port of 0', { startup: Probe.tcpSocket({ port: 0 }) }, /^\[test\/web\] 'startup\.port' must .*got 0/],
  ['no failure', { readiness: Probe.tcpSocket({ failureThreshold: 0 }) }, /^\[test\/web\] 'readiness\.failureThreshold' must .*got 0/],
  ['two successes of liveness', { liveness: Probe.tcpSocket({ successThreshold: 2 }) },
    /^\[test\/web\] 'liveness\.successThreshold' must .*got 2/],
])('fails with %s, which Kubernetes refuses', (_, props, message) => {
  expect(() => renderWeb(props)).toThrow(message);
});
