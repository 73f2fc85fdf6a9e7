import { objectOfKind, podOf } from '../util';

/** What both webs of the original manifests have in common. */
export function testSeedWeb(objects: Parameters<typeof objectOfKind>[0]): void {
  const statefulSet = objectOfKind(objects, 'StatefulSet');

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

  test('the only container is nginx 1.9.1 on port 80 named web', () => {
    const { containers } = podOf(statefulSet);
    expect(containers).toHaveLength(1);
    expect(containers[0]).toMatchObject({ name: 'nginx', image: 'nginx:1.9.1', ports: [{ containerPort: 80, name: 'web' }] });
  });
}
