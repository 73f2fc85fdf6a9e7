import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { StatefulWeb, StatefulWebProps } from '../../lib';
import { addWeb, claim, objectOfKind, objectsOfKind, renderWeb, synth, synthYaml, testChart } from '../util';
import { EVERYTHING } from './everything';

describe('YAML', () => {
  test('of the minimum, an image, is that of the snapshot', () => {
    const chart = testChart();
    new StatefulWeb(chart, 'web', { image: 'nginx:1.29' });
    expect(synthYaml(chart)).toMatchSnapshot();
  });

  test('of everything on is that of the snapshot', () => {
    const chart = testChart('shop');
    new StatefulWeb(chart, 'web', EVERYTHING);
    expect(synthYaml(chart)).toMatchSnapshot();
  });

  test('is the same when it is rendered twice', () => {
    const chart = testChart('shop');
    new StatefulWeb(chart, 'web', EVERYTHING);
    expect(synthYaml(chart)).toBe(synthYaml(chart));
  });

  test('does not change with arrays that the caller changes later', () => {
    const props = { image: 'nginx:1.29', claims: [claim()], ports: [{ port: 80 }], command: ['nginx'], args: ['-t'] };
    const chart = testChart();
    new StatefulWeb(chart, 'web', props);
    const before = synthYaml(chart);
    props.claims.push(claim({ name: 'more', mountPath: '/more' }));
    props.ports.push({ port: 81 });
    props.command.push('more');
    props.args.push('more');
    expect(synthYaml(chart)).toBe(before);
  });

  test('of properties that are explicitly undefined is that of properties left out', () => {
    const names = Object.keys(EVERYTHING).filter((name) => name !== 'image');
    const explicit = Object.fromEntries(names.map((name) => [name, undefined])) as Partial<StatefulWebProps>;
    expect(renderWeb(explicit)).toEqual(renderWeb());
  });

  test.each<[string, Partial<StatefulWebProps>, Partial<StatefulWebProps>]>([
    ['a port', { ports: [{ port: 80, name: undefined }] }, { ports: [{ port: 80 }] }],
    ['a claim', {
      claims: [claim({
        accessModes: undefined, storageClassName: undefined, volumeAttributesClassName: undefined, subPath: undefined, readOnly: undefined,
      })],
    }, { claims: [claim()] }],
    ['a resource', {
      resources: { cpu: { request: Cpu.millis(1), limit: undefined }, memory: { request: Size.mebibytes(1), limit: undefined } },
    }, { resources: { cpu: { request: Cpu.millis(1) }, memory: { request: Size.mebibytes(1) } } }],
    ['a kind of resource', { resources: { cpu: undefined, memory: undefined, ephemeralStorage: undefined } }, { resources: {} }],
  ])('of %s whose fields are explicitly undefined is that of fields left out', (_, explicit, leftOut) => {
    expect(renderWeb(explicit)).toEqual(renderWeb(leftOut));
  });
});

describe('names', () => {
  test('of the StatefulSet, the Service and the container are the id', () => {
    const { statefulSet, service, container } = renderWeb();
    expect([statefulSet.metadata?.name, statefulSet.spec?.serviceName, service.metadata?.name, container.name])
      .toEqual(['web', 'web', 'web', 'web']);
  });

  test('that are given are rendered and readable', () => {
    const web = addWeb(testChart(), { name: 'shop', serviceName: 'pods' });
    expect([web.name, web.serviceName]).toEqual(['shop', 'pods']);
    const { statefulSet, service, container } = renderWeb({ name: 'shop', serviceName: 'pods', containerName: 'nginx' });
    expect([statefulSet.metadata?.name, statefulSet.spec?.serviceName, service.metadata?.name, container.name])
      .toEqual(['shop', 'pods', 'pods', 'nginx']);
  });

  test('of the pods end in their ordinals', () => {
    expect(addWeb(testChart(), { name: 'shop', replicas: 3 }).podNames).toEqual(['shop-0', 'shop-1', 'shop-2']);
  });

  test('of the pods in DNS have the namespace of the chart', () => {
    expect(addWeb(testChart('default'), { serviceName: 'nginx', replicas: 2 }).podDnsNames)
      .toEqual(['web-0.nginx.default.svc.cluster.local', 'web-1.nginx.default.svc.cluster.local']);
  });

  test('of the pods in DNS end in the domain of the cluster', () => {
    expect(addWeb(testChart('shop'), { clusterDomain: 'k8s.example.com' }).podDnsNames).toEqual(['web-0.web.shop.svc.k8s.example.com']);
  });

  test('of the pods in DNS stop at the Service when the chart names no namespace', () => {
    expect(addWeb(testChart(), { serviceName: 'nginx', replicas: 2 }).podDnsNames).toEqual(['web-0.nginx', 'web-1.nginx']);
  });

  test('of the claims are all of the first pod, then all of the next', () => {
    const claims = [claim(), claim({ name: 'cache', mountPath: '/cache' })];
    expect(addWeb(testChart(), { replicas: 2, claims }).claimNames).toEqual(['www-web-0', 'cache-web-0', 'www-web-1', 'cache-web-1']);
  });

  test('of no replica are none', () => {
    const web = addWeb(testChart('shop'), { replicas: 0, claims: [claim()] });
    expect([web.podNames, web.podDnsNames, web.claimNames]).toEqual([[], [], []]);
  });
});

describe('ports', () => {
  test('are 80 named web when none is given', () => {
    expect(addWeb(testChart()).ports).toEqual([{ name: 'web', port: 80 }]);
  });

  test('are those of the container and, by name, of the Service', () => {
    const { container, service } = renderWeb({ ports: [{ port: 8080 }, { port: 8443, name: 'https' }] });
    expect(container.ports).toEqual([{ containerPort: 8080, name: 'web' }, { containerPort: 8443, name: 'https' }]);
    expect(service.spec?.ports).toEqual([
      { name: 'web', port: 8080, targetPort: 'web' }, { name: 'https', port: 8443, targetPort: 'https' },
    ]);
  });

  test('are a copy that changes nothing', () => {
    const web = addWeb(testChart());
    web.ports.push({ port: 81, name: 'more' });
    expect(web.ports).toEqual([{ name: 'web', port: 80 }]);
  });
});

describe('objects', () => {
  test('have the StatefulSet as the main one', () => {
    const web = addWeb(testChart());
    expect(ApiObject.of(web).kind).toBe('StatefulSet');
    expect(ApiObject.of(web)).toBe(web.statefulSet);
  });

  test('include a headless Service', () => {
    const { service } = renderWeb();
    expect(service.spec?.clusterIP).toBe('None');
  });

  test.each([0, 1])('of %i replicas include no disruption budget and no spreading', (replicas) => {
    const chart = testChart();
    expect(addWeb(chart, { replicas }).disruptionBudget).toBeUndefined();
    expect(objectsOfKind(synth(chart), 'PodDisruptionBudget')).toEqual([]);
    const { pod, statefulSet } = renderWeb({ replicas });
    expect([pod.affinity, pod.topologySpreadConstraints, statefulSet.spec?.replicas]).toEqual([undefined, undefined, replicas]);
  });

  test('of two replicas include a budget of one pod at a time', () => {
    const chart = testChart();
    expect(addWeb(chart, { replicas: 2 }).disruptionBudget?.kind).toBe('PodDisruptionBudget');
    expect(objectOfKind(synth(chart), 'PodDisruptionBudget')).toMatchObject({
      metadata: { name: 'web' },
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  });

  test('of two replicas wish for different nodes and zones', () => {
    const labelSelector = { matchLabels: { 'app.kubernetes.io/name': 'web' } };
    const { pod } = renderWeb({ replicas: 2 });
    expect(pod.affinity?.podAntiAffinity).toEqual({
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'kubernetes.io/hostname' } },
      ],
    });
    expect(pod.topologySpreadConstraints)
      .toEqual([{ labelSelector, maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' }]);
  });

  test('can be patched with what no property says, however young the field', () => {
    const chart = testChart();
    const web = addWeb(chart, { replicas: 2 });
    web.statefulSet.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 5));
    web.service.addJsonPatch(JsonPatch.replace('/spec/ports/0/targetPort', 8080));
    web.service.addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
    web.networkPolicy?.addJsonPatch(JsonPatch.add('/spec/young', true));
    web.disruptionBudget?.addJsonPatch(JsonPatch.replace('/spec/maxUnavailable', '50%'));
    expect(synth(chart)).toMatchObject([
      { kind: 'Service', spec: { ports: [{ port: 80, targetPort: 8080 }], trafficDistribution: 'PreferClose' } },
      { kind: 'NetworkPolicy', spec: { young: true } },
      { kind: 'StatefulSet', spec: { minReadySeconds: 5 } },
      { kind: 'PodDisruptionBudget', spec: { maxUnavailable: '50%' } },
    ]);
  });

  test('of one name may be in two namespaces of an app', () => {
    const app = new App();
    const charts = ['a', 'b'].map((namespace) => new Chart(app, namespace, { namespace }));
    charts.forEach((chart) => addWeb(chart));
    expect(charts.map((chart) => objectOfKind(synth(chart), 'StatefulSet').metadata)).toMatchObject([
      { name: 'web', namespace: 'a' }, { name: 'web', namespace: 'b' },
    ]);
  });
});
