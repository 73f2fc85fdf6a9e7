import { Size } from 'cdk8s';
import { addWeb, podOf, renderWeb, synthYaml, testChart } from '../util';

/** What docs/adr/0016-stateful-workload.md is about. */
const CACHE = {
  image: 'valkey/valkey:8.1',
  ports: [{ name: 'valkey', port: 6379 }],
  labels: { 'app.kubernetes.io/component': 'cache' },
  claims: [{ name: 'data', mountPath: '/data', size: Size.gibibytes(1) }],
};

describe('a StatefulWeb that runs a cache', () => {
  test('has the port, the name and the disk of the cache in all its objects, and nothing of a web server', () => {
    const chart = testChart('shop');
    const cache = addWeb(chart, CACHE, 'cache');
    const yaml = synthYaml(chart);
    expect(cache.podDnsNames).toEqual(['cache-0.cache.shop.svc.cluster.local']);
    expect(yaml).not.toMatch(/web|http|\b80\b/i);
    expect(yaml).toContain('app.kubernetes.io/component: cache');
  });

  test('is probed on its port, over TCP', () => {
    const { statefulSet, service } = renderWeb(CACHE);
    const [{ livenessProbe, readinessProbe, startupProbe }] = podOf(statefulSet).containers;
    expect([livenessProbe, readinessProbe, startupProbe].map((probe) => probe?.tcpSocket)).toEqual(Array(3).fill({ port: 'valkey' }));
    expect(service.spec?.ports).toEqual([{ name: 'valkey', port: 6379, targetPort: 'valkey' }]);
  });
});
