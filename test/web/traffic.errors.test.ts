import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { DisruptionBudget, MonitoredService, StatefulWeb, StatefulWebProps } from '../../lib';
import { addWeb, testChart } from '../util';

const LABEL_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const SERVICE_CURE = 'use lower-case letters, digits and hyphens, as Kubernetes asks of a Service\'s name';
const BUDGET_CURE = 'nodes could never be drained; for a budget that lets every pod go say DisruptionBudget.none()';
const PATH = 'be the path of a URL that begins with "/"';
const PATH_CURE = 'write it as in "/shop", without "//", "." and ".."';
const HOST = 'be a DNS name, of which the first part may be "*"';
const HOST_CURE = 'write it as in "www.example.com", without port';
const AFFINITY_CURE = 'write it as in Duration.hours(3), or leave it out for no affinity';
const TYPES = 'be one of ClusterIP, NodePort, LoadBalancer';
const UTILIZATION_CURE = 'write percent of what the container requests, e.g. 80';
const { EXTERNAL_NAME } = kplus.ServiceType;
const INT = 'be a whole number from 1 to 2147483647';

describe('fails with', () => {
  test.each<[string, Partial<StatefulWebProps>, string]>([
    ['a client Service named as the headless one', { clientService: { name: 'web' } },
      `'clientService.name' must be a Service name that no other construct of this app renders, got "web": `
      + `'test/web' renders it already; give each its own name`],
    ['a client Service whose name begins with a digit', { clientService: { name: '1st' } },
      `'clientService.name' must be a DNS label of at most 63 characters that begins with a letter, got "1st": ${SERVICE_CURE}`],
    ['a port that the container does not have', { clientService: { ports: { http: 80 } } },
      `'clientService.ports' must be one of web, got "http": name a port of the container`],
    ['a port that is none', { clientService: { ports: { web: 0 } } },
      `'clientService.ports.web' must be a whole number from 1 to 65535, got 0: name the port that clients use`],
    ['no port', { clientService: { ports: {} } },
      `'clientService.ports' must name at least one port, got {}: leave it out for all ports of the container`],
    ['a port twice', { ports: [{ port: 80 }, { port: 81, name: 'b' }], clientService: { ports: { web: 80, b: 80 } } },
      `'clientService.ports.b' must be a port number of its own, got 80: 'clientService.ports.web' has it already`],
    ['a type that has no pods', { clientService: { type: EXTERNAL_NAME } },
      `'clientService.type' must ${TYPES}, got "ExternalName": leave it out for ClusterIP`],
    ['a type that has no pods, for each pod', { podServices: { type: EXTERNAL_NAME } },
      `'podServices.type' must ${TYPES}, got "ExternalName": leave it out for ClusterIP`],
    ['an affinity of more than a day', { clientService: { sessionAffinity: Duration.days(2) } },
      `'clientService.sessionAffinity' must be a whole number from 1 to 86400, got 172800: ${AFFINITY_CURE}`],
    ['a class without a load balancer', { clientService: { loadBalancerClass: 'example.com/public' } },
      `'clientService.loadBalancerClass' must come with ServiceType.LOAD_BALANCER, got "example.com/public": `
      + 'set clientService.type, or leave the class out'],
    ['a Service for a pod whose name begins with a digit', { name: '1st', serviceName: 'first', podServices: {} },
      `'podServices' must be a DNS label of at most 63 characters that begins with a letter, got "1st-0": ${SERVICE_CURE}`],
    ['replicas and autoscaling', { replicas: 2, autoscaling: { minReplicas: 1, maxReplicas: 2 } },
      `'replicas' must be left out with autoscaling, got 2: the autoscaler chooses it; set autoscaling.minReplicas`],
    ['autoscaling to zero', { autoscaling: { minReplicas: 0, maxReplicas: 2 } },
      `'autoscaling.minReplicas' must ${INT}, got 0: name the fewest pods that must run`],
    ['autoscaling to half a pod', { autoscaling: { minReplicas: 1, maxReplicas: 1.5 } },
      `'autoscaling.maxReplicas' must ${INT}, got 1.5: name the most pods that may run`],
    ['more than the most', { autoscaling: { minReplicas: 3, maxReplicas: 2 } },
      `'autoscaling.minReplicas' must be at most maxReplicas, 2, got 3: lower it or raise maxReplicas`],
    ['a utilization of nothing', { autoscaling: { minReplicas: 1, maxReplicas: 2, cpuUtilization: 0 } },
      `'autoscaling.cpuUtilization' must ${INT}, got 0: ${UTILIZATION_CURE}`],
    ['a utilization of what is not requested', { autoscaling: { minReplicas: 1, maxReplicas: 2 }, resources: { cpu: {} } },
      `'resources.cpu.request' must be set for autoscaling by cpu, got nothing: leave resources.cpu out for the default`],
    ['a budget of no pod', { replicas: 2, disruptionBudget: DisruptionBudget.maxUnavailable(0) },
      `'disruptionBudget.maxUnavailable' must ${INT}, got 0: ${BUDGET_CURE}`],
    ['a budget of no percent', { replicas: 2, disruptionBudget: DisruptionBudget.maxUnavailablePercent(0) },
      `'disruptionBudget.maxUnavailable' must be a whole number from 1 to 100, got 0: ${BUDGET_CURE}`],
    ['a budget that keeps all', { replicas: 2, disruptionBudget: DisruptionBudget.minAvailable(2) },
      `'disruptionBudget.minAvailable' must leave one of 2 pods to be evicted, got 2: ${BUDGET_CURE}`],
    ['a budget that keeps the only one', { disruptionBudget: DisruptionBudget.minAvailable(1) },
      `'disruptionBudget.minAvailable' must leave one of 1 pods to be evicted, got 1: ${BUDGET_CURE}`],
    ['a part that is all when rounded up', { replicas: 3, disruptionBudget: DisruptionBudget.minAvailablePercent(67) },
      `'disruptionBudget.minAvailable' must leave one of 3 pods to be evicted, got "67%": ${BUDGET_CURE}`],
    ['a budget that keeps all when the fewest pods run',
      { autoscaling: { minReplicas: 2, maxReplicas: 9 }, disruptionBudget: DisruptionBudget.minAvailable(2) },
      `'disruptionBudget.minAvailable' must leave one of 2 pods to be evicted, got 2: ${BUDGET_CURE}`],
  ])('%s', (_, props, message) => {
    expect(() => addWeb(testChart(), props)).toThrow(new Error(`[test/web] ${message}`));
  });

  test.each<[string, (web: StatefulWeb) => void, string]>([
    ['an Ingress with a port in its host', (web) => web.exposeViaIngress({ host: 'example.com:80' }),
      `'host of the Ingress' must ${HOST}, got "example.com:80": ${HOST_CURE}`],
    ['an Ingress with an address for a host', (web) => web.exposeViaIngress({ host: '10.0.0.1' }),
      `'host of the Ingress' must ${HOST}, got "10.0.0.1": ${HOST_CURE}`],
    ['an Ingress with a relative path', (web) => web.exposeViaIngress({ path: 'shop' }),
      `'path of the Ingress' must ${PATH}, got "shop": ${PATH_CURE}`],
    ['an Ingress with a doubled slash', (web) => web.exposeViaIngress({ path: '/a//b' }),
      `'path of the Ingress' must ${PATH}, got "/a//b": ${PATH_CURE}`],
    ['an Ingress with a class in capitals', (web) => web.exposeViaIngress({ className: 'Nginx' }),
      `'className of the Ingress' must be a DNS name of at most 253 characters, got "Nginx": ${LABEL_CURE}`],
    ['an Ingress with a name in capitals', (web) => web.exposeViaIngress({ name: 'Web' }),
      `'name of the Ingress' must be a DNS name of at most 253 characters, got "Web": ${LABEL_CURE}`],
    ['an Ingress twice', (web) => [1, 2].forEach(() => web.exposeViaIngress()),
      `'name of the Ingress' must be the name of an Ingress that no other construct of this app renders, got "web": `
      + `'test/web' renders it already; give each its own name`],
    ['an Ingress to a port that is not offered', (web) => web.exposeViaIngress({ portName: 'https' }),
      `'portName of exposeViaIngress' must be one of web, got "https": name a port of the client Service`],
    ['an HTTPRoute of a path with dots', (web) => web.exposeViaHttpRoute({ gatewayName: 'public', paths: ['/a', '/../b'] }),
      `'paths[1] of the HTTPRoute' must ${PATH}, got "/../b": ${PATH_CURE}`],
    ['an HTTPRoute of a host with a port', (web) => web.exposeViaHttpRoute({ gatewayName: 'public', hostnames: ['a:1'] }),
      `'hostnames[0] of the HTTPRoute' must ${HOST}, got "a:1": ${HOST_CURE}`],
    ['an HTTPRoute of a path with half an escape', (web) => web.exposeViaHttpRoute({ gatewayName: 'public', paths: ['/100%'] }),
      `'paths[0] of the HTTPRoute' must ${PATH}, got "/100%": ${PATH_CURE}`],
    ['an HTTPRoute of a path that is too long', (web) => web.exposeViaHttpRoute({ gatewayName: 'public', paths: [`/${'a'.repeat(1024)}`] }),
      `'paths[0] of the HTTPRoute' must have at most 1024 characters, got 1025: name what the paths begin with`],
    ['an HTTPRoute of too many hosts', (web) => web.exposeViaHttpRoute({ gatewayName: 'public', hostnames: Array<string>(17).fill('a.b') }),
      `'hostnames of the HTTPRoute' must be at most 16, got 17: add a second HTTPRoute with a name of its own`],
    ['an HTTPRoute of too many paths', (web) => web.exposeViaHttpRoute({ gatewayName: 'public', paths: Array<string>(65).fill('/') }),
      `'paths of the HTTPRoute' must be at most 64, got 65: add a second HTTPRoute with a name of its own`],
    ['an HTTPRoute without a Gateway', (web) => web.exposeViaHttpRoute({ gatewayName: '' }),
      `'gatewayName of the HTTPRoute' must be a DNS name of at most 253 characters, got "": ${LABEL_CURE}`],
    ['a PodMonitor of a port that the container does not have', (web) => web.addPodMonitor({ portName: 'metrics' }),
      `'portName of the PodMonitor' must be one of web, got "metrics": name a port of the container`],
    ['a PodMonitor of a relative path', (web) => web.addPodMonitor({ path: 'metrics' }),
      `'path of the PodMonitor' must ${PATH}, got "metrics": ${PATH_CURE}`],
    ['a PodMonitor that is read more than once a second', (web) => web.addPodMonitor({ interval: Duration.millis(500) }),
      `'interval of the PodMonitor' must be a whole number from 1 to 2147483647, got 0.5: leave it out for the interval of Prometheus`],
    ['a PodMonitor twice', (web) => [1, 2].forEach(() => web.addPodMonitor({ path: '/stats' })),
      `'addPodMonitor' must be called once, got {"path":"/stats"}: patch the PodMonitor that the first call returned`],
    ['a ServiceMonitor of a port that the container does not have', (web) => web.addServiceMonitor({ portName: 'metrics' }),
      `'portName of the ServiceMonitor' must be one of web, got "metrics": name a port of the headless Service`],
    ['a ServiceMonitor of a relative path', (web) => web.addServiceMonitor({ path: 'metrics' }),
      `'path of the ServiceMonitor' must ${PATH}, got "metrics": ${PATH_CURE}`],
    ['a ServiceMonitor with a label that Kubernetes refuses', (web) => web.addServiceMonitor({ labels: { release: 'a b' } }),
      `'labels of the ServiceMonitor' must be labels as Kubernetes allows them, got {"release":"a b"}: use at most 63 letters, digits, `
      + `"-", "_" and ".", a letter or digit at both ends; a key may have a DNS name and "/" in front`],
    ['a ServiceMonitor of another Service', (web) => web.addServiceMonitor({ service: 'web' as MonitoredService }),
      `'service of the ServiceMonitor' must be one of headless, client, got "web": use MonitoredService`],
    ['a ServiceMonitor twice', (web) => [1, 2].forEach(() => web.addServiceMonitor()),
      `'addServiceMonitor' must be called once, got {}: patch the ServiceMonitor that the first call returned`],
  ])('%s', (_, act, message) => {
    const web = addWeb(testChart(), { clientService: {} });
    expect(() => act(web)).toThrow(new Error(`[test/web] ${message}`));
  });

  test('toIngressBackend without a client Service', () => {
    expect(() => addWeb(testChart()).toIngressBackend()).toThrow(new Error(
      `[test/web] 'clientService' must be set for toIngressBackend, which needs a Service with an address of its own, got nothing: `
      + 'set clientService: {}',
    ));
  });

  test('a ServiceMonitor of the client Service without one', () => {
    expect(() => addWeb(testChart()).addServiceMonitor({ service: MonitoredService.CLIENT })).toThrow(new Error(
      `[test/web] 'clientService' must be set for a ServiceMonitor of it, got nothing: set clientService: {}`,
    ));
  });

  test('a ServiceMonitor of a port that the client Service does not offer', () => {
    const web = addWeb(testChart(), {
      ports: [{ port: 80, name: 'http' }, { port: 9113, name: 'metrics' }], clientService: { ports: { http: 80 } },
    });
    expect(() => web.addServiceMonitor({ service: MonitoredService.CLIENT, portName: 'metrics' })).toThrow(new Error(
      `[test/web] 'portName of the ServiceMonitor' must be one of http, got "metrics": name a port of the client Service`,
    ));
  });

  test('two autoscalers', () => {
    const chart = testChart();
    const target = addWeb(chart, { autoscaling: { minReplicas: 1, maxReplicas: 2 } });
    expect(() => new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target, maxReplicas: 3 })).toThrow(new Error(
      `[test/web] 'autoscaling' must be left out where another HorizontalPodAutoscaler scales the pods, `
      + `got {"minReplicas":1,"maxReplicas":2}: keep one of the two`,
    ));
  });
});
