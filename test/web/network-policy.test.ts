import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { NetworkIsolation, StatefulWeb, StatefulWebProps } from '../../lib';
import { addWeb, objectOfKind, objectsOfKind, renderWeb, synth, testChart } from '../util';

const WEB_PORT = { port: 80, protocol: 'TCP' };
const DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
    { ipBlock: { cidr: '169.254.0.0/16' } },
  ],
  ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
};

/** The policy of a web alone in its chart, after something was done with it. */
function policy(
  props: Partial<StatefulWebProps> = {}, act: (web: StatefulWeb, chart: Chart) => void = () => {}, namespace = 'shop',
): NonNullable<INetworkPolicy['spec']> {
  const chart = testChart(namespace);
  act(addWeb(chart, props), chart);
  return objectsOfKind(synth(chart), 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'web')!.spec!;
}

describe('by default', () => {
  test('the policy admits all pods of the cluster to the ports, and questions to DNS, and nothing else', () => {
    expect(policy({ ports: [{ port: 80 }, { port: 8443, name: 'https' }] })).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [WEB_PORT, { port: 8443, protocol: 'TCP' }] }],
      egress: [DNS],
    });
  });

  test.each<[string, Partial<StatefulWebProps>]>([
    ['a load balancer', { clientService: { type: kplus.ServiceType.LOAD_BALANCER } }],
    ['ports of nodes', { clientService: { type: kplus.ServiceType.NODE_PORT } }],
    ['ports of nodes for each pod', { podServices: { type: kplus.ServiceType.NODE_PORT } }],
  ])('the policy admits clients from outside of the cluster to a web with %s', (_, props) => {
    expect(policy(props).ingress).toEqual([{ ports: [WEB_PORT] }]);
  });

  test('the policy is there to be patched', () => {
    const web = addWeb(testChart());
    expect([web.networkPolicy?.kind, web.networkPolicy?.name]).toEqual(['NetworkPolicy', 'web']);
  });
});

test('no policy is rendered when none is asked for by name', () => {
  expect(objectsOfKind(renderWeb({ isolation: NetworkIsolation.NONE }).objects, 'NetworkPolicy')).toEqual([]);
  expect(addWeb(testChart(), { isolation: NetworkIsolation.NONE }).networkPolicy).toBeUndefined();
});

describe('allowFrom', () => {
  test('takes the place of the default with its first call, and adds to it with the next', () => {
    const peer = (name: string) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
      podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
    });
    const { ingress, egress } = policy({}, (web, chart) => {
      web.allowFrom(addWeb(chart, {}, 'a'));
      web.allowFrom(addWeb(chart, {}, 'b'));
    });
    expect(ingress).toEqual([{ from: [peer('a')], ports: [WEB_PORT] }, { from: [peer('b')], ports: [WEB_PORT] }]);
    expect(egress).toEqual([DNS]);
  });

  test('takes a web of another namespace, in another chart', () => {
    const { ingress } = policy({}, (web) => web.allowFrom(addWeb(testChart('other'), { selectorLabels: { app: 'proxy' } })));
    expect(ingress?.[0].from).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } }, podSelector: { matchLabels: { app: 'proxy' } } },
    ]);
  });

  test('selects pods of its own namespace when the peer\'s chart names none', () => {
    const chart = testChart();
    const web = addWeb(chart);
    web.allowFrom(addWeb(chart, {}, 'a'));
    expect(objectsOfKind(synth(chart), 'NetworkPolicy').map(({ spec }) => spec?.ingress?.[0].from)).toEqual([
      [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'a' } } }], [{ namespaceSelector: {} }],
    ]);
  });

  test('takes a workload of cdk8s-plus by the label that its pods have', () => {
    const chart = testChart('shop');
    const client = new kplus.Deployment(chart, 'client', { containers: [{ image: 'client:1' }] });
    addWeb(chart).allowFrom(client);
    const objects = synth(chart);
    const deployment = objects.find((object) => object.kind as string === 'Deployment') as unknown as {
      spec: { template: { metadata: { labels: Record<string, string> } } };
    };
    const address = deployment.spec.template.metadata.labels['cdk8s.io/metadata.addr'];
    expect(address).toMatch(/^test-client-/);
    expect(objectOfKind(objects, 'NetworkPolicy').spec?.ingress).toEqual([{
      from: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
        podSelector: { matchLabels: { 'cdk8s.io/metadata.addr': address } },
      }],
      ports: [WEB_PORT],
    }]);
  });

  test('takes namespaces, labelled pods and IP blocks of cdk8s-plus', () => {
    const { ingress } = policy({}, (web, chart) => {
      web.allowFrom(kplus.Namespaces.select(chart, 'ns', { names: ['a', 'b'] }));
      web.allowFrom(kplus.Pods.select(chart, 'pods', { labels: { app: 'client' } }));
      web.allowFrom(kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/8', ['10.1.0.0/16']));
      web.allowFrom(kplus.NetworkPolicyIpBlock.anyIpv6(chart, 'any'));
    });
    const named = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } }, podSelector: {} });
    expect(ingress?.map(({ from }) => from)).toEqual([
      [named('a'), named('b')],
      [{ podSelector: { matchLabels: { app: 'client' } } }],
      [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
      [{ ipBlock: { cidr: '::/0' } }],
    ]);
  });

  test('takes the ports that are named', () => {
    const { ingress } = policy({}, (web) => web.allowFrom(web, { ports: [kplus.NetworkPolicyPort.tcpRange(8000, 8009)] }));
    expect(ingress?.[0].ports).toEqual([{ endPort: 8009, port: 8000, protocol: 'TCP' }]);
  });
});

describe('allowTo', () => {
  test('opens the ports of a web, beside DNS', () => {
    const { egress, ingress } = policy({}, (web, chart) => web.allowTo(addWeb(chart, { ports: [{ port: 8080 }] }, 'backend')));
    expect(egress).toEqual([DNS, {
      to: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'backend' } },
      }],
      ports: [{ port: 8080, protocol: 'TCP' }],
    }]);
    expect(ingress?.[0].from).toEqual([{ namespaceSelector: {} }]);
  });

  test('opens all ports of a peer that is not of this library, or those that are named', () => {
    const { egress } = policy({}, (web, chart) => {
      const block = kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '192.0.2.0/24');
      web.allowTo(block);
      web.allowTo(block, { ports: [kplus.NetworkPolicyPort.tcp(443)] });
    });
    expect(egress?.slice(1)).toEqual([
      { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] },
      { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] },
    ]);
  });
});

describe('cdk8s-plus', () => {
  test('takes a web as the peer of a NetworkPolicy, and as what it selects', () => {
    const [chart, other] = [testChart('shop'), testChart('client')];
    const web = addWeb(chart, { selectorLabels: { app: 'shop' } });
    new kplus.NetworkPolicy(other, 'out', { egress: { rules: [{ peer: web, ports: [kplus.NetworkPolicyPort.tcp(80)] }] } });
    new kplus.NetworkPolicy(chart, 'in', { selector: web, ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY } });
    expect(objectOfKind(synth(other), 'NetworkPolicy').spec?.egress?.[0].to).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'shop' } } },
    ]);
    const [, selecting] = objectsOfKind(synth(chart), 'NetworkPolicy');
    expect([selecting.metadata?.namespace, selecting.spec?.podSelector]).toEqual(['shop', { matchLabels: { app: 'shop' } }]);
  });

  test('connects a workload to a web, from both sides', () => {
    const chart = testChart('shop');
    const client = new kplus.Deployment(chart, 'client', { containers: [{ image: 'client:1' }] });
    client.connections.allowTo(addWeb(chart), { ports: [kplus.NetworkPolicyPort.tcp(80)] });
    const theirs = objectsOfKind(synth(chart), 'NetworkPolicy').filter(({ metadata }) => metadata?.name !== 'web');
    expect(theirs.map(({ spec }) => spec?.policyTypes)).toEqual([['Egress'], ['Ingress']]);
    expect(theirs[1].spec?.podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
  });
});

describe('fails with', () => {
  test.each<[string, (web: StatefulWeb, chart: Chart) => void, string]>([
    ['a block whose prefix is too long',
      (web, chart) => web.allowFrom(kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/33')),
      `'cidr of the peer of allowFrom' must be a block of IP addresses, got "10.0.0.0/33": write it as in "10.0.0.0/8" or "2001:db8::/32"`],
    ['a block that is none',
      (web, chart) => web.allowTo(kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '999.0.0.0/8')),
      `'cidr of the peer of allowTo' must be a block of IP addresses, got "999.0.0.0/8": write it as in "10.0.0.0/8" or "2001:db8::/32"`],
    ['an exception outside of its block',
      (web, chart) => web.allowFrom(kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/8', ['11.0.0.0/16'])),
      `'except of the peer of allowFrom' must be a part of 10.0.0.0/8, got "11.0.0.0/16": leave it out, or name a smaller block`],
    ['an exception as large as its block',
      (web, chart) => web.allowFrom(kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/8', ['10.0.0.0/8'])),
      `'except of the peer of allowFrom' must be a part of 10.0.0.0/8, got "10.0.0.0/8": leave it out, or name a smaller block`],
  ])('%s', (_, act, message) => {
    expect(() => policy({}, act)).toThrow(new Error(`[test/web] ${message}`));
  });

  test.each(['allowFrom', 'allowTo'] as const)('a peer of %s and no policy', (method) => {
    const web = addWeb(testChart(), { isolation: NetworkIsolation.NONE });
    expect(() => web[method](web)).toThrow(new Error(
      `[test/web] 'isolation' must be NetworkIsolation.POLICY where ${method} names a peer, got "None": `
      + `leave isolation out, or the call of ${method}`,
    ));
  });
});
