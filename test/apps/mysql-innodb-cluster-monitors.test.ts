import { distObjects } from '../util';

interface Read {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: object;
}

const objects = distObjects('mysql-innodb-cluster-monitors') as unknown as Read[];

test('the folder holds what the Prometheus Operator reads, in the namespace of the cluster', () => {
  expect(objects.map(({ kind, metadata: { name, namespace } }) => `${kind} ${namespace}/${name}`))
    .toEqual(['PodMonitor mysql-innodb-cluster/mysql-metrics', 'Probe mysql-innodb-cluster/mysql-metrics']);
});

test('all members are asked', () => {
  const ofAll = [0, 1, 2].map((ordinal) => `mysql-${ordinal}.mysql-members.mysql-innodb-cluster.svc.cluster.local:3306`);
  expect(objects[1].spec).toMatchObject({
    targets: { staticConfig: { static: ofAll, labels: { cluster: 'mysql-innodb-cluster/mysql' } } },
  });
});
