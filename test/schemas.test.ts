import { Chart, Size } from 'cdk8s';
import { LocalPersistentVolumes, NfsPersistentVolumes, NfsVolumeType, SharedClaim, StatefulWeb } from '../lib';
import { EVERYTHING as EVERYTHING_OF_LOCAL } from './local/everything';
import { EVERYTHING as EVERYTHING_OF_NFS } from './nfs/everything';
import { changed } from './support/changed';
import { schemaErrors, typeErrors } from './support/kubernetes-schemas';
import { addWeb, claim, distApps, distObjects, Manifest, objectOfKind, synth, testChart } from './util';
import { EVERYTHING as EVERYTHING_OF_WEB } from './web/everything';

/** What users apply, and whatever the constructs can say. */
const ALL: Manifest[] = [
  ...distApps().flatMap(distObjects),
  ...objectsOf((chart) => {
    const web = new StatefulWeb(chart, 'web', EVERYTHING_OF_WEB);
    web.exposeViaIngress({ host: 'www.example.com', className: 'nginx', tlsSecretName: 'tls', annotations: { 'example.com/a': 'b' } });
  }),
  ...objectsOf((chart) => addWeb(chart, { autoscaling: { minReplicas: 2, maxReplicas: 4, cpuUtilization: 70, memoryUtilization: 90 } })),
  ...objectsOf((chart) => new NfsPersistentVolumes(chart, 'nfs', EVERYTHING_OF_NFS)),
  ...objectsOf((chart) => new NfsPersistentVolumes(chart, 'csi', { ...EVERYTHING_OF_NFS, volumeType: NfsVolumeType.csi() })),
  ...objectsOf((chart) => new LocalPersistentVolumes(chart, 'local', EVERYTHING_OF_LOCAL)),
  ...objectsOf((chart) => new SharedClaim(chart, 'uploads', { size: Size.gibibytes(1) })),
];
const GOOD = objectsOf((chart) => addWeb(chart, { claims: [claim()] }));
const STATEFUL_SET = objectOfKind(GOOD, 'StatefulSet');
const SERVICE = objectOfKind(GOOD, 'Service');

function objectsOf(create: (chart: Chart) => void): Manifest[] {
  const chart = testChart('shop');
  create(chart);
  return synth(chart);
}

describe('the JSON schemas of Kubernetes', () => {
  test('accept every object of dist and of the constructs with everything on', async () => {
    expect((await Promise.all(ALL.map(schemaErrors))).flat()).toEqual([]);
  });

  test.each<[string, Manifest, string]>([
    ['a text for a number', changed(STATEFUL_SET, 'spec.replicas', '2'), 'replicas'],
    ['a number for a text', changed(STATEFUL_SET, 'spec.template.spec.containers.0.image', 1), 'image'],
    ['a value that is not among those known', changed(STATEFUL_SET, 'spec.podManagementPolicy', 'Sometimes'), 'podManagementPolicy'],
    ['a field that is missing', changed(STATEFUL_SET, 'spec.selector', undefined), 'selector'],
    ['a kind that does not exist', changed(SERVICE, 'kind', 'Servise'), 'Servise'],
  ])('refuse %s', async (_, object, field) => {
    expect(await schemaErrors(object)).toEqual([expect.stringContaining(field)]);
  });
});

describe('the TypeScript interfaces of Kubernetes', () => {
  test('know every field of dist and of the constructs with everything on', () => {
    expect(typeErrors(ALL)).toEqual([]);
  });

  test('do not know misspelt fields, wrong types and kinds that do not exist', () => {
    expect(typeErrors([
      ...GOOD,
      changed(STATEFUL_SET, 'spec.replica', 2),
      changed(STATEFUL_SET, 'spec.template.spec.containers.0.volumeMounts.0.mountpath', '/x'),
      changed(SERVICE, 'spec.clusterIp', 'None'),
      changed(SERVICE, 'spec.ports.0.port', 'eighty'),
      changed(SERVICE, 'kind', 'Servise'),
    ])).toEqual([
      `StatefulSet web: Object literal may only specify known properties, and '"replica"' does not exist in type 'IStatefulSetSpec'.`,
      `StatefulSet web: Object literal may only specify known properties, and '"mountpath"' does not exist in type 'IVolumeMount'.`,
      `Service web: Object literal may only specify known properties, and '"clusterIp"' does not exist in type 'IServiceSpec'.`,
      `Service web: Type 'string' is not assignable to type 'number'.`,
      expect.stringContaining(`Servise web: Cannot find module 'kubernetes-models/v1/Servise'`),
    ]);
  });
});
