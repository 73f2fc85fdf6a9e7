import { deployment, drawn, object } from './objects';

const HTTP = { port: 80, protocol: 'TCP' };
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const DNS = { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] };

function policy(name: string, spec: object) {
  return object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { ...app(name), ...spec } });
}

const traffic = (edges: string[]) => edges.filter((edge) => edge.includes('-.-'));

describe('a NetworkPolicy', () => {
  const web = deployment('web', { containers: [{ image: 'web:1', ports: [{ name: 'http', containerPort: 80 }] }] });
  const client = deployment('client');

  test('leads from a peer to the pods on its ports, named ones by number', () => {
    const { edges, titles } = drawn(web, client, policy('web', { ingress: [{ from: [app('client')], ports: [{ port: 'http' }] }] }));
    expect(traffic(edges)).toEqual(['Deployment client -.-> Deployment web: 80']);
    expect(titles).toContain('Deployment web: web:1, 1 replica, port 80, isolated: ingress');
  });

  test('of the sender and one of the receiver allow what both allow', () => {
    expect(traffic(drawn(
      web, client,
      policy('client', { policyTypes: ['Egress'], egress: [{ to: [app('web')], ports: [{ port: 79, endPort: 81 }, { port: 443 }] }, DNS] }),
      policy('web', { ingress: [{ from: [app('client')], ports: [HTTP, { port: 8080 }] }] }),
    ).edges)).toEqual(['Deployment client -.-> Deployment web: 80']);
  });

  test('of one side alone is drawn with a cross', () => {
    const out = policy('client', { policyTypes: ['Egress'], egress: [{ to: [app('web')], ports: [HTTP] }] });
    expect(traffic(drawn(web, client, out, policy('web', { ingress: [] })).edges))
      .toEqual(['Deployment client -.-x Deployment web: not let in']);
    const closed = policy('client', { policyTypes: ['Egress'], egress: [] });
    expect(traffic(drawn(web, client, closed, policy('web', { ingress: [{ from: [app('client')], ports: [HTTP] }] })).edges))
      .toEqual(['Deployment client -.-x Deployment web: not let out']);
  });

  test('in both directions is one arrow', () => {
    const both = { ingress: [{ from: [app('client')], ports: [HTTP] }], egress: [{ to: [app('client')], ports: [HTTP] }] };
    expect(traffic(drawn(web, client, policy('web', { policyTypes: ['Ingress', 'Egress'], ...both })).edges))
      .toEqual(['Deployment client <-.-> Deployment web: 80']);
  });

  test('names peers outside of the picture', () => {
    const spec = { policyTypes: ['Ingress', 'Egress'], ingress: [
      { from: [{ namespaceSelector: {} }], ports: [HTTP] },
      { from: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] },
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } }, ...app('prometheus') }], ports: [HTTP] },
    ], egress: [DNS, { ports: [{ port: 443 }] }] };
    expect(traffic(drawn(web, policy('web', spec)).edges)).toEqual([
      'every pod of the cluster -.-> Deployment web: 80',
      '10.0.0.0/8 except 10.1.0.0/16 -.-> Deployment web: all ports',
      'pods app=prometheus of ops -.-> Deployment web: 80',
      'Deployment web -.-> anywhere: 443',
    ]);
  });

  test('that refuses everything leaves its pods without arrows', () => {
    const { edges, titles } = drawn(web, policy('web', { policyTypes: ['Ingress', 'Egress'], egress: [DNS] }));
    expect(traffic(edges)).toEqual([]);
    expect(titles).toEqual(['Deployment web: web:1, 1 replica, port 80, isolated: ingress, egress']);
  });
});
