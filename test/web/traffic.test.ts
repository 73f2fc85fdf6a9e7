import { ApiObject, Chart, Duration, Size, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { MonitoredService, StatefulWeb } from '../../lib';
import { addVolumes, addWeb, claim, Manifest, objectOfKind, objectsOfKind, renderWeb, synth, testChart } from '../util';

const PORTS = [{ port: 8080, name: 'http' }, { port: 8443, name: 'https' }];
const SELECTOR = { 'app.kubernetes.io/name': 'web' };

function service(objects: Manifest[], name: string) {
  return objectsOfKind(objects, 'Service').find(({ metadata }) => metadata?.name === name)?.spec;
}

describe('the client Service', () => {
  test('has an address of its own and the ports of the container', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { ports: PORTS, clientService: {} });
    expect(service(synth(chart), 'web-client')).toEqual({
      ports: [{ name: 'http', port: 8080, targetPort: 'http' }, { name: 'https', port: 8443, targetPort: 'https' }],
      selector: SELECTOR,
    });
    expect([web.clientServiceName, web.clientDnsName, web.clientService?.name])
      .toEqual(['web-client', 'web-client.shop.svc.cluster.local', 'web-client']);
  });

  test('has the ports that are named, in the container\'s order', () => {
    const { objects } = renderWeb({ ports: PORTS, clientService: { name: 'front', ports: { https: 443, http: 80 } } });
    expect(service(objects, 'front')?.ports)
      .toEqual([{ name: 'http', port: 80, targetPort: 'http' }, { name: 'https', port: 443, targetPort: 'https' }]);
  });

  test('keeps clients at their pods when asked to', () => {
    const { objects } = renderWeb({ clientService: { sessionAffinity: Duration.minutes(10) } });
    expect(service(objects, 'web-client')).toMatchObject({
      sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
    });
  });

  test('is not there unless asked for', () => {
    const web = addWeb(testChart());
    expect([web.clientService, web.clientServiceName, web.clientDnsName, web.podServices, web.podServiceDnsNames])
      .toEqual([undefined, undefined, undefined, [], []]);
  });
});

test('the Services of the pods select one pod each', () => {
  const chart = testChart('shop');
  const web = addWeb(chart, { replicas: 2, firstOrdinal: 3, podServices: {} });
  const objects = synth(chart);
  expect(['web-3', 'web-4'].map((name) => service(objects, name))).toEqual(['web-3', 'web-4'].map((name) => ({
    ports: [{ name: 'web', port: 80, targetPort: 'web' }],
    selector: { ...SELECTOR, 'statefulset.kubernetes.io/pod-name': name },
  })));
  expect(web.podServiceDnsNames).toEqual(['web-3.shop.svc.cluster.local', 'web-4.shop.svc.cluster.local']);
  expect(web.podServices.map(({ name }) => name)).toEqual(['web-3', 'web-4']);
});

describe('an Ingress', () => {
  test('hands requests to the first port of the client Service', () => {
    const chart = testChart('shop');
    addWeb(chart, { ports: PORTS, clientService: { ports: { http: 80 } } }).exposeViaIngress();
    expect(objectOfKind(synth(chart), 'Ingress')).toMatchObject({
      metadata: { name: 'web' },
      spec: {
        rules: [{
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web-client', port: { number: 80 } } } }] },
        }],
      },
    });
  });

  test('has the host, path, class, certificate and annotations that are given', () => {
    const chart = testChart('shop');
    addWeb(chart, { ports: PORTS, clientService: {} }).exposeViaIngress({
      name: 'public', host: '*.example.com', path: '/shop(/|$)(.*)', pathType: kplus.HttpIngressPathType.IMPLEMENTATION_SPECIFIC,
      className: 'nginx', tlsSecretName: 'tls', portName: 'https', annotations: { 'example.com/a': 'b' },
    });
    const { metadata, spec } = objectOfKind(synth(chart), 'Ingress');
    expect([metadata?.name, metadata?.annotations]).toEqual(['public', { 'example.com/a': 'b' }]);
    expect(spec).toEqual({
      ingressClassName: 'nginx',
      rules: [{
        host: '*.example.com',
        http: {
          paths: [{
            path: '/shop(/|$)(.*)',
            pathType: 'ImplementationSpecific',
            backend: { service: { name: 'web-client', port: { number: 8443 } } },
          }],
        },
      }],
      tls: [{ hosts: ['*.example.com'], secretName: 'tls' }],
    });
  });

  test('of cdk8s-plus takes the web as a backend', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { ports: PORTS, clientService: { ports: { http: 80, https: 443 } } });
    const ingress = new kplus.Ingress(chart, 'ingress');
    ingress.addHostRule('www.example.com', '/', web.toIngressBackend());
    ingress.addHostRule('www.example.com', '/secure', web.toIngressBackend('https'));
    const objects = synth(chart);
    expect(objectOfKind(objects, 'Ingress').spec?.rules?.[0].http?.paths.map(({ backend }) => backend)).toEqual([
      { service: { name: 'web-client', port: { number: 80 } } }, { service: { name: 'web-client', port: { number: 443 } } },
    ]);
    expect(objectsOfKind(objects, 'Service').map(({ metadata }) => metadata?.name)).toEqual(['web', 'web-client']);
  });
});

test.each([
  [{ gatewayName: 'public' }, { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'web-client', port: 80 }] }] }],
  [
    {
      name: 'r',
      gatewayName: 'public',
      gatewayNamespace: 'infra',
      sectionName: 'https',
      hostnames: ['www.example.com'],
      paths: ['/a', '/b'],
    },
    {
      hostnames: ['www.example.com'],
      parentRefs: [{ name: 'public', namespace: 'infra', sectionName: 'https' }],
      rules: [{
        backendRefs: [{ name: 'web-client', port: 80 }],
        matches: [{ path: { type: 'PathPrefix', value: '/a' } }, { path: { type: 'PathPrefix', value: '/b' } }],
      }],
    },
  ],
])('an HTTPRoute of %j hands requests to the client Service', (options, spec) => {
  const route = addWeb(testChart('shop'), { clientService: {} }).exposeViaHttpRoute(options).toJson() as object;
  expect(route).toMatchObject({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { namespace: 'shop' }, spec });
});

test('a PodMonitor reads metrics from each pod', () => {
  const web = addWeb(testChart('shop'), { ports: PORTS });
  const monitor = web.addPodMonitor({
    portName: 'https', path: '/stats', interval: Duration.minutes(1), labels: { release: 'prometheus' },
  }).toJson() as object;
  expect(monitor).toMatchObject({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'web', labels: { release: 'prometheus', ...SELECTOR } },
    spec: { podMetricsEndpoints: [{ interval: '60s', path: '/stats', port: 'https' }], selector: { matchLabels: SELECTOR } },
  });
  expect(addWeb(testChart()).addPodMonitor().toJson())
    .toMatchObject({ spec: { podMetricsEndpoints: [{ path: '/metrics', port: 'web' }] } });
});

describe('a ServiceMonitor', () => {
  test('reads metrics from each pod through the headless Service', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { ports: PORTS, clientService: {}, podServices: {} });
    const monitor = web.addServiceMonitor({
      portName: 'https', path: '/stats', interval: Duration.minutes(1), labels: { release: 'prometheus' },
    });
    expect(Yaml.stringify(monitor.toJson())).toMatchSnapshot();
    expect(monitoredServices(chart)).toEqual(['web']);
  });

  test('reads them through the client Service where that is said', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { clientService: {}, podServices: {} });
    const monitor = web.addServiceMonitor({ service: MonitoredService.CLIENT }).toJson() as object;
    expect(monitor).toMatchObject({
      spec: {
        endpoints: [{ path: '/metrics', port: 'web' }],
        selector: { matchLabels: { ...SELECTOR, 'cdk8s-stateful/service': 'client' } },
      },
    });
    expect(monitoredServices(chart)).toEqual(['web-client']);
  });

  test('is not there unless it is asked for, and no Service is labelled for it', () => {
    const chart = testChart('shop');
    addWeb(chart, { clientService: {} });
    expect(JSON.stringify(synth(chart))).not.toContain('cdk8s-stateful/service');
  });

  /** The Services that the monitor's selector matches. */
  function monitoredServices(chart: Chart): (string | undefined)[] {
    const objects = synth(chart);
    const monitor = objects.find(({ kind }) => String(kind) === 'ServiceMonitor') as unknown as { spec: { selector: object } };
    const { matchLabels } = monitor.spec.selector as { matchLabels: Record<string, string> };
    return objectsOfKind(objects, 'Service').filter(({ metadata }) => (
      Object.entries(matchLabels).every(([key, value]) => metadata?.labels?.[key] === value)
    )).map(({ metadata }) => metadata?.name);
  }
});

describe('autoscaling', () => {
  const autoscaling = { minReplicas: 2, maxReplicas: 4 };

  test('takes the place of replicas', () => {
    const { statefulSet, objects } = renderWeb({ autoscaling });
    expect(statefulSet.spec).not.toHaveProperty('replicas');
    expect(objectOfKind(objects, 'HorizontalPodAutoscaler').spec).toEqual({
      maxReplicas: 4,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      minReplicas: 2,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' },
    });
  });

  test('looks at what is named', () => {
    const metrics = (more: object) => objectOfKind(
      renderWeb({ autoscaling: { ...autoscaling, ...more } }).objects, 'HorizontalPodAutoscaler',
    ).spec?.metrics?.map(({ resource }) => [resource?.name, resource?.target.averageUtilization]);
    expect(metrics({ memoryUtilization: 70 })).toEqual([['memory', 70]]);
    expect(metrics({ cpuUtilization: 50, memoryUtilization: 70 })).toEqual([['cpu', 50], ['memory', 70]]);
  });

  test('names the pods and reserves for the claims of all pods that may come', () => {
    const chart = testChart('shop');
    const web = addWeb(chart, { autoscaling: { minReplicas: 1, maxReplicas: 3 }, claims: [claim()] });
    expect(web.podNames).toEqual(['web-0', 'web-1', 'web-2']);
    addVolumes(chart, { capacity: Size.gibibytes(1) }).reserveFor(web);
    expect(objectsOfKind(synth(chart), 'PersistentVolume').map(({ spec }) => spec?.claimRef?.name))
      .toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
  });

  test('leaves budget and spreading to the web of one pod that may become more', () => {
    const { pod, objects } = renderWeb({ autoscaling: { minReplicas: 1, maxReplicas: 3 } });
    expect(objectOfKind(objects, 'PodDisruptionBudget').spec?.maxUnavailable).toBe(1);
    expect(pod.affinity?.podAntiAffinity).toBeDefined();
  });

  test('of cdk8s-plus takes the place of replicas too', () => {
    const chart = testChart('shop');
    const web = addWeb(chart);
    expect([web.hasAutoscaler, web.disruptionBudget]).toEqual([false, undefined]);
    new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: web, maxReplicas: 5 });
    const objects = synth(chart);
    expect(web.hasAutoscaler).toBe(true);
    expect(objectOfKind(objects, 'StatefulSet').spec).not.toHaveProperty('replicas');
    expect(objectOfKind(objects, 'HorizontalPodAutoscaler').spec?.scaleTargetRef)
      .toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' });
    expect(objectOfKind(objects, 'PodDisruptionBudget').spec?.maxUnavailable).toBe(1);
    expect(web.disruptionBudget).toBeInstanceOf(ApiObject);
  });

  test('of cdk8s-plus refuses a web with replicas', () => {
    const chart = testChart('shop');
    new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: addWeb(chart, { replicas: 2 }), maxReplicas: 5 });
    expect(() => synth(chart)).toThrow('HorizontalPodAutoscaler target cannot have a fixed number of replicas (2)');
  });
});

describe('a route to a web without a client Service', () => {
  test.each<[string, (web: StatefulWeb) => void]>([
    ['an Ingress', (web) => web.exposeViaIngress()], ['an HTTPRoute', (web) => web.exposeViaHttpRoute({ gatewayName: 'public' })],
  ])('makes the one that it needs: %s', (_, expose) => {
    const [chart, said] = [testChart('shop'), testChart('shop')];
    const web = addWeb(chart);
    expect([web.clientService, web.clientServiceName, web.clientDnsName]).toEqual([undefined, undefined, undefined]);
    expose(web);
    expose(addWeb(said, { clientService: {} }));
    expect(web.clientDnsName).toBe('web-client.shop.svc.cluster.local');
    const byName = (objects: Manifest[]) => objects.map((object) => JSON.stringify(object)).sort();
    expect(byName(synth(chart))).toEqual(byName(synth(said)));
  });

  test('makes one for all routes', () => {
    const chart = testChart();
    const web = addWeb(chart);
    web.exposeViaIngress();
    web.exposeViaHttpRoute({ gatewayName: 'public' });
    expect(objectsOfKind(synth(chart), 'Service')).toHaveLength(2); // and the headless one
  });
});
