import { testSeedWeb } from '../support/seed-web';
import { distObjects, objectOfKind, podOf } from '../util';

const objects = distObjects('web-topology');
const statefulSet = objectOfKind(objects, 'StatefulSet');
const [container] = podOf(statefulSet).containers;

test('the folder holds what is in a namespace of its own, and not the namespace', () => {
  expect(objects.map((object) => [object.apiVersion, object.kind, object.metadata?.name, object.metadata?.namespace])).toEqual([
    ['networking.k8s.io/v1', 'NetworkPolicy', 'web', 'web-topology'],
    ['policy/v1', 'PodDisruptionBudget', 'web', 'web-topology'],
    ['v1', 'Service', 'nginx', 'web-topology'],
    ['apps/v1', 'StatefulSet', 'web', 'web-topology'],
  ]);
});

testSeedWeb(objects);

test('pods start in order, one after the other', () => {
  expect(statefulSet.spec?.podManagementPolicy ?? 'OrderedReady').toBe('OrderedReady');
});

test('the pods keep nothing', () => {
  expect([statefulSet.spec?.volumeClaimTemplates, podOf(statefulSet).volumes, container.volumeMounts])
    .toEqual([undefined, undefined, undefined]);
});

test('nginx 1.9.1 starts as root, but cannot gain privileges', () => {
  expect(podOf(statefulSet).securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false });
});
