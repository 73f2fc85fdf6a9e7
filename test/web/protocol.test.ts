import { Protocol } from 'cdk8s-plus-27';
import { MonitoredService, Probe, StatefulWeb, StatefulWebProps } from '../../lib';
import { addWeb, objectOfKind, objectsOfKind, podOf, renderWeb, synth, testChart } from '../util';

const UDP = Protocol.UDP;
const SIDE = { name: 'a', image: 'a:1' };
const HTTP3: Partial<StatefulWebProps> = {
  ports: [{ port: 443, name: 'https' }, { port: 443, name: 'http3', protocol: Protocol.UDP }],
  clientService: {},
  podServices: {},
};

describe('HTTP/3 beside HTTPS on one number', () => {
  test('is a port of the container and of each Service', () => {
    const { container, objects } = renderWeb(HTTP3);
    expect(container.ports).toEqual([
      { containerPort: 443, name: 'https' }, { containerPort: 443, name: 'http3', protocol: 'UDP' },
    ]);
    const ports = [{ name: 'https', port: 443, targetPort: 'https' }, { name: 'http3', port: 443, protocol: 'UDP', targetPort: 'http3' }];
    expect(objectsOfKind(objects, 'Service').map(({ spec }) => spec?.ports)).toEqual([ports, ports, ports]);
  });

  test('is admitted by the policy, and by that of a peer', () => {
    const chart = testChart();
    const web = addWeb(chart, HTTP3);
    addWeb(chart, {}, 'client').allowTo(web);
    const [own, client] = objectsOfKind(synth(chart), 'NetworkPolicy');
    const ports = [{ port: 443, protocol: 'TCP' }, { port: 443, protocol: 'UDP' }];
    expect(own.spec?.ingress?.[0].ports).toEqual(ports);
    expect(client.spec?.egress?.[1].ports).toEqual(ports);
  });

  test('can have another number for clients than HTTPS, or the same', () => {
    const { objects } = renderWeb({ ...HTTP3, clientService: { ports: { https: 8443, http3: 8443 } }, podServices: undefined });
    expect(objectsOfKind(objects, 'Service')[1].spec?.ports).toEqual([
      { name: 'https', port: 8443, targetPort: 'https' }, { name: 'http3', port: 8443, protocol: 'UDP', targetPort: 'http3' },
    ]);
  });

  test('is in `ports`', () => {
    expect(addWeb(testChart(), HTTP3).ports).toEqual(HTTP3.ports);
  });

  test('TCP is not spelled out', () => {
    expect(renderWeb({ ports: [{ port: 80, name: 'web', protocol: Protocol.TCP }] })).toEqual(renderWeb());
  });
});

describe('when UDP comes first', () => {
  const web = () => addWeb(testChart(), { ...HTTP3, ports: [...HTTP3.ports!].reverse() });

  test('probes connect to the first port of TCP', () => {
    const { container } = renderWeb({ ...HTTP3, ports: [...HTTP3.ports!].reverse() });
    expect([container.startupProbe, container.readinessProbe, container.livenessProbe].map((probe) => probe?.tcpSocket?.port))
      .toEqual(['https', 'https', 'https']);
  });

  test.each<[string, (of: StatefulWeb) => unknown, string]>([
    ['an Ingress', (of) => of.exposeViaIngress(), '"service":{"name":"web-client","port":{"number":443}}'],
    ['an HTTPRoute', (of) => of.exposeViaHttpRoute({ gatewayName: 'gateway' }), '"backendRefs":[{"name":"web-client","port":443}]'],
    ['a PodMonitor', (of) => of.addPodMonitor(), '"podMetricsEndpoints":[{"path":"/metrics","port":"https"}]'],
    ['a ServiceMonitor', (of) => of.addServiceMonitor({ service: MonitoredService.CLIENT }),
      '"endpoints":[{"path":"/metrics","port":"https"}]'],
  ])('%s takes the first port of TCP', (_, act, expected) => {
    const of = web();
    act(of);
    const rendered = JSON.stringify(synth(of.node.scope as Parameters<typeof synth>[0]));
    expect(rendered).toContain(expected);
  });
});

describe('fails with', () => {
  test.each<[string, Partial<StatefulWebProps>, string]>([
    ['one number of one protocol twice', { ports: [{ port: 53, protocol: UDP, name: 'a' }, { port: 53, protocol: UDP, name: 'b' }] },
      `'ports[1].port' must be a port number of its own, got "53 UDP": 'ports[0].port' has it already`],
    ['one number of a sidecar and the web', { sidecars: [{ ...SIDE, ports: [{ port: 80, name: 'a', protocol: Protocol.TCP }] }] },
      `'sidecars[0].ports[0].port' must be a port number of its own, got 80: 'ports[0].port' has it already`],
    ['what is no protocol', { ports: [{ port: 53, name: 'dns', protocol: 'udp' as Protocol }] },
      `'ports[0].protocol' must be one of TCP, UDP, SCTP, got "udp": leave it out for TCP`],
    ['what is no protocol of a sidecar', { sidecars: [{ ...SIDE, ports: [{ port: 53, name: 'dns', protocol: 'udp' as Protocol }] }] },
      `'sidecars[0].ports[0].protocol' must be one of TCP, UDP, SCTP, got "udp": leave it out for TCP`],
    ['no port of TCP for the default probes', { ports: [{ port: 53, name: 'dns', protocol: Protocol.UDP }] },
      `'startup' must name a port, got nothing: the container has none of TCP; name it here or in the container's ports`],
  ])('%s', (_, props, message) => {
    expect(() => addWeb(testChart(), props)).toThrow(new Error(`[test/web] ${message}`));
  });

  test.each<[string, (web: StatefulWeb) => unknown]>([
    ['portName of exposeViaIngress', (web) => web.exposeViaIngress({ portName: 'http3' })],
    ['portName of exposeViaHttpRoute', (web) => web.exposeViaHttpRoute({ gatewayName: 'gateway', portName: 'http3' })],
  ])('%s of UDP', (property, act) => {
    expect(() => act(addWeb(testChart(), HTTP3))).toThrow(new Error(
      `[test/web] '${property}' must be one of https, got "http3": name a port of the client Service`,
    ));
  });

  test('metrics of UDP', () => {
    expect(() => addWeb(testChart(), HTTP3).addPodMonitor({ portName: 'http3' })).toThrow(new Error(
      '[test/web] \'portName of the PodMonitor\' must be one of https, got "http3": name a port of the container',
    ));
  });
});

test('a port of UDP alone needs probes that run a command', () => {
  const probe = Probe.exec(['true']);
  const { container } = renderWeb({
    ports: [{ port: 53, name: 'dns', protocol: Protocol.UDP }], startup: probe, readiness: probe, liveness: probe,
  });
  expect(container.ports).toEqual([{ containerPort: 53, name: 'dns', protocol: 'UDP' }]);
});

test('a sidecar may listen on UDP', () => {
  const chart = testChart();
  addWeb(chart, { sidecars: [{ name: 'a', image: 'a:1', ports: [{ port: 53, name: 'dns', protocol: Protocol.UDP }] }] });
  expect(podOf(objectOfKind(synth(chart), 'StatefulSet')).containers[1].ports)
    .toEqual([{ containerPort: 53, name: 'dns', protocol: 'UDP' }]);
});
