import { distObjects, objectOfKind, podOf } from '../util';

const objects = distObjects('web-topology');
const statefulSet = objectOfKind(objects, 'StatefulSet');
const [container] = podOf(statefulSet).containers;

test('the folder holds a namespace of its own and what is in it', () => {
  expect(objects.map((object) => [object.apiVersion, object.kind, object.metadata?.name, object.metadata?.namespace])).toEqual([
    ['v1', 'Namespace', 'web-topology', undefined],
    ['v1', 'Service', 'nginx', 'web-topology'],
    ['apps/v1', 'StatefulSet', 'web', 'web-topology'],
    ['policy/v1', 'PodDisruptionBudget', 'web', 'web-topology'],
  ]);
});

test('the namespace admits pods of the level baseline', () => {
  expect(objectOfKind(objects, 'Namespace').metadata?.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'baseline' });
});

test('the Service nginx is headless, with port 80 named web, and selects app: nginx', () => {
  const service = objectOfKind(objects, 'Service');
  expect(service.metadata?.labels).toMatchObject({ app: 'nginx' });
  expect(service.spec).toEqual({
    clusterIP: 'None', ports: [{ name: 'web', port: 80, targetPort: 'web' }], selector: { app: 'nginx' },
  });
});

test('the StatefulSet web has two replicas of the Service nginx, labelled and selected by app: nginx', () => {
  expect(statefulSet.spec).toMatchObject({
    serviceName: 'nginx', replicas: 2, selector: { matchLabels: { app: 'nginx' } }, template: { metadata: { labels: { app: 'nginx' } } },
  });
});

test('pods start in order, one after the other', () => {
  expect(statefulSet.spec?.podManagementPolicy ?? 'OrderedReady').toBe('OrderedReady');
});

test('the only container is nginx 1.9.1 on port 80 named web', () => {
  expect(podOf(statefulSet).containers).toHaveLength(1);
  expect(container).toMatchObject({ name: 'nginx', image: 'nginx:1.9.1', ports: [{ containerPort: 80, name: 'web' }] });
});

test('the pods keep nothing', () => {
  expect([statefulSet.spec?.volumeClaimTemplates, podOf(statefulSet).volumes, container.volumeMounts])
    .toEqual([undefined, undefined, undefined]);
});

test('nginx 1.9.1 starts as root, but cannot gain privileges', () => {
  expect(podOf(statefulSet).securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false });
});
