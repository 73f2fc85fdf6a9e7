import { deployment, drawn, object } from './objects';

describe('what pods use', () => {
  const configMap = object('v1', 'ConfigMap', 'conf');

  test('ConfigMaps and Secrets are one box each, and missing ones are marked', () => {
    const pod = {
      containers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'keys' } } }], envFrom: [{ configMapRef: { name: 'more' } }] }],
      volumes: [{ configMap: { name: 'conf' } }, { projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } }],
    };
    const { titles, edges } = drawn(deployment('a', pod), deployment('b', pod), configMap);
    expect(titles.slice(2)).toEqual(['ConfigMaps: conf, more (not in these objects)', 'Secret keys: not in these objects']);
    expect(edges).toEqual([
      'Deployment a --> ConfigMaps', 'Deployment a --> Secret keys', 'Deployment b --> ConfigMaps', 'Deployment b --> Secret keys',
    ]);
  });

  test('an account says what its roles allow', () => {
    const rbac = 'rbac.authorization.k8s.io/v1';
    const bind = (name: string, kind: string) => object(rbac, 'RoleBinding', name, {
      roleRef: { kind, name }, subjects: [{ kind: 'ServiceAccount', name: 'bot' }],
    });
    expect(drawn(
      deployment('a', { serviceAccountName: 'bot' }), object('v1', 'ServiceAccount', 'bot'),
      bind('pods', 'Role'), bind('view', 'ClusterRole'),
      object(rbac, 'Role', 'pods', { rules: [
        { resources: ['pods'], verbs: ['get', 'patch'], resourceNames: ['a', 'b'] },
        { resources: ['secrets'], verbs: ['get'], resourceNames: ['keys'] },
      ] }),
    ).titles).toContain('ServiceAccount bot: may get, patch 2 named pods, may get secrets keys, ClusterRole view (not in these objects)');
  });

  test('Jobs and CronJobs whose pods have the same labels are one box', () => {
    const template = { metadata: { labels: { app: 'ops' } }, spec: { containers: [{ image: 'ops:1' }] } };
    expect(drawn(
      object('batch/v1', 'Job', 'create', { spec: { template } }),
      object('batch/v1', 'CronJob', 'tidy', { spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template } } } }),
      object('batch/v1', 'CronJob', 'restore', { spec: { suspend: true, schedule: '@yearly', jobTemplate: { spec: { template } } } }),
    ).titles).toEqual(['Job create: CronJob restore: suspended, CronJob tidy: 0 3 * * *, ops:1']);
  });

  test('claims of Deployments lead to the class, or are marked as missing', () => {
    const volumes = [{ claimName: 'data', readOnly: true }, { claimName: 'gone' }].map((source) => ({ persistentVolumeClaim: source }));
    const data = object('v1', 'PersistentVolumeClaim', 'data', { spec: {
      storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } },
    } });
    expect(drawn(deployment('a', { volumes }), data)).toEqual({
      titles: expect.arrayContaining([
        'Claim data: 1Gi ReadWriteOnce', 'Claim gone: not in these objects', 'StorageClass fast: not in these objects',
      ]) as string[],
      edges: ['Deployment a --> Claim data: read only', 'Deployment a --> Claim gone', 'Claim data --> StorageClass fast'],
    });
  });
});
