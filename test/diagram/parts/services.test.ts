import { deployment, drawn, object } from './objects';

const service = (selector: object | undefined, more: object = {}) => object('v1', 'Service', 'web', { spec: { selector, ...more } });

describe('a Service', () => {
  test('leads to the workloads whose pods have its labels', () => {
    const front = ['a', 'c'].map((name) => deployment(name, {}, { tier: 'front' }));
    expect(drawn(service({ tier: 'front' }), deployment('b'), ...front).edges)
      .toEqual(['Service web --> Deployment a', 'Service web --> Deployment c']);
  });

  test('leads to pods that get a label at run time, and names the label', () => {
    expect(drawn(service({ app: 'db', role: 'primary' }), deployment('db', {}, { role: 'none' })).edges)
      .toEqual(['Service web --> Deployment db: role=primary']);
  });

  test('does not lead to pods that can never have its labels', () => {
    expect(drawn(service({ app: 'web', role: 'primary' }), deployment('db')).edges).toEqual([]);
  });

  test.each([
    [{ app: 'lost' }, {}, 'Service web: selects nothing here: app=lost'],
    [undefined, {}, 'Service web: no selector'],
    [undefined, { type: 'ExternalName', externalName: 'db.example.com' }, 'Service web: ExternalName, alias of db.example.com'],
    [{ app: 'lost' }, { type: 'LoadBalancer', ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] },
      'Service web: LoadBalancer, ports 80, 53/UDP, selects nothing here: app=lost'],
  ])('that selects %j with %j says so', (selector, more, title) => {
    expect(drawn(service(selector, more), deployment('db')).titles).toContain(title);
  });

  test('that a route names, and that is missing, is marked', () => {
    const ingress = object('networking.k8s.io/v1', 'Ingress', 'web', { spec: {
      rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', backend: { service: { name: 'gone' } } }] } }],
    } });
    expect(drawn(ingress)).toEqual({
      titles: ['Ingress web: a.example.com', 'Service gone: not in these objects'], edges: ['Ingress web --> Service gone: /'],
    });
  });
});
