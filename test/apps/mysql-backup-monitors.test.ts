import { distObjects } from '../util';

interface Read {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: object;
}

const objects = distObjects('mysql-backup-monitors') as unknown as Read[];

test('the folder holds what the Prometheus Operator reads, in the namespace of the cluster', () => {
  expect(objects.map(({ kind, metadata: { name, namespace } }) => `${kind} ${namespace}/${name}`))
    .toEqual(['PodMonitor mysql-backup/mysql-metrics', 'Probe mysql-backup/mysql-metrics']);
});

test('all members are asked', () => {
  const ofAll = [0, 1, 2].map((ordinal) => `mysql-${ordinal}.mysql-members.mysql-backup.svc.cluster.local:3306`);
  expect(objects[1].spec).toMatchObject({
    targets: { staticConfig: { static: ofAll, labels: { cluster: 'mysql-backup/mysql' } } },
  });
});
