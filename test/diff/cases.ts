import { Fields, Manifest } from '../../lib/manifests/manifest';

/** A kind of change, and what is to be said about it. */
export interface Case {
  readonly name: string;
  /** `level field` of each finding. */
  readonly found: string[];
  /** The two states of a folder, of objects with this name. */
  readonly states: (name: string) => { before: Manifest[]; after: Manifest[] };
  /** Whether the claim must be bound before the server can be asked. */
  readonly bound?: boolean;
}

/** Everything that the cases make is in this namespace, or begins with its name. */
export const NAMESPACE = 'diff-test';
const SIZE = { resources: { requests: { storage: '1Gi' } } };

/** One object that changes. */
function one(name: string, object: (name: string) => Manifest, changed: (object: Manifest) => Manifest, ...found: string[]): Case {
  return { name, found, states: (id) => ({ before: [object(id)], after: [changed(object(id))] }) };
}

/** A claim of 1Gi, of a volume and a class of its own, that grows. */
function grown(name: string, storageClass: Fields, ...found: string[]): Case {
  return { name, found, bound: true, states: (id) => {
    const rest = [
      { ...storageClassNamed(id), ...storageClass },
      volume({ storageClassName: id, claimRef: { namespace: NAMESPACE, name: id } })(id),
    ];
    const small = claim({ storageClassName: id })(id);
    return { before: [...rest, small], after: [...rest, spec({ resources: { requests: { storage: '2Gi' } } })(small)] };
  } };
}

function top(fields: Fields): (object: Manifest) => Manifest {
  return (object) => ({ ...object, ...fields });
}

function spec(fields: Fields): (object: Manifest) => Manifest {
  return (object) => ({ ...object, spec: { ...object.spec as Fields, ...fields } });
}

function namespaced(apiVersion: string, kind: string, fields: Fields): (name: string) => Manifest {
  return (name) => ({ apiVersion, kind, metadata: { name, namespace: NAMESPACE }, ...fields });
}

function cluster(apiVersion: string, kind: string, fields: Fields): (name: string) => Manifest {
  return (name) => ({ apiVersion, kind, metadata: { name }, ...fields });
}

function pod(app: string): Fields {
  return {
    metadata: { labels: { app, tier: 'web' } },
    spec: { nodeSelector: { 'no-such': 'node' }, containers: [{ name: 'web', image: 'nginx:1.29', imagePullPolicy: 'IfNotPresent' }] },
  };
}

function template(name: string, fields: Fields = {}): Fields {
  return { metadata: { name }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'diff-test-none', ...SIZE, ...fields } };
}

function statefulSet(fields: Fields = {}): (name: string) => Manifest {
  return (name) => namespaced('apps/v1', 'StatefulSet', {
    spec: {
      replicas: 3, serviceName: 'web', selector: { matchLabels: { app: name } }, template: pod(name),
      volumeClaimTemplates: [template('www')], ...fields,
    },
  })(name);
}

function deployment(name: string): Manifest {
  return namespaced('apps/v1', 'Deployment', { spec: { selector: { matchLabels: { app: name } }, template: pod(name) } })(name);
}

function job(fields: Fields = {}): (name: string) => Manifest {
  const { spec: podSpec } = pod('job') as { spec: Fields };
  return namespaced('batch/v1', 'Job', { spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } }, ...fields } });
}

function service(fields: Fields = {}): (name: string) => Manifest {
  return namespaced('v1', 'Service', { spec: { ports: [{ name: 'web', port: 80 }], selector: { app: 'web' }, ...fields } });
}

function claim(fields: Fields = {}): (name: string) => Manifest {
  return namespaced('v1', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], storageClassName: '', ...SIZE, ...fields } });
}

function volume(fields: Fields = {}): (name: string) => Manifest {
  return cluster('v1', 'PersistentVolume', {
    spec: {
      accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, nfs: { server: '192.0.2.1', path: '/a' },
      persistentVolumeReclaimPolicy: 'Retain', storageClassName: 'diff-test-none', ...fields,
    },
  });
}

function storageClassNamed(name: string): Manifest {
  return cluster('storage.k8s.io/v1', 'StorageClass', { provisioner: 'kubernetes.io/no-provisioner', parameters: { a: '1' } })(name);
}

function nodes(...values: string[]): Fields {
  return { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] }] } };
}

const local = { nfs: undefined, local: { path: '/data' }, nodeAffinity: nodes('one') };
const csi = { nfs: undefined, csi: { driver: 'nfs.csi.k8s.io', volumeHandle: 'a', volumeAttributes: { server: 'a', share: '/a' } } };
const otherSelector = { selector: { matchLabels: { tier: 'web' } } };
const retention = (whenDeleted: string, whenScaled: string) => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } });

export const CASES: Case[] = [
  one('a StatefulSet may change its replicas, image and strategy', statefulSet(), (object) => spec({
    replicas: 1, updateStrategy: { rollingUpdate: { partition: 1 } }, minReadySeconds: 5, podManagementPolicy: 'OrderedReady',
    ...retention('Retain', 'Retain'),
  })(object)),
  one('a StatefulSet with another serviceName', statefulSet(), spec({ serviceName: 'shop' }), 'refused spec.serviceName'),
  one('a StatefulSet with another selector', statefulSet(), spec(otherSelector),
    'refused spec.selector'),
  one('a StatefulSet with another podManagementPolicy', statefulSet(), spec({ podManagementPolicy: 'Parallel' }),
    'refused spec.podManagementPolicy'),
  one('a StatefulSet with a larger claim', statefulSet(),
    spec({ volumeClaimTemplates: [template('www', { resources: { requests: { storage: '2Gi' } } })] }),
    'refused spec.volumeClaimTemplates[www].spec.resources.requests.storage'),
  one('a StatefulSet with an equal claim, written otherwise', statefulSet(), spec({
    volumeClaimTemplates: [{
      apiVersion: 'v1', kind: 'PersistentVolumeClaim',
      ...template('www', { resources: { requests: { storage: '1024Mi' } }, volumeMode: 'Filesystem' }),
    }],
  })),
  one('a StatefulSet with a claim of another class', statefulSet(),
    spec({ volumeClaimTemplates: [template('www', { storageClassName: '' })] }),
    'refused spec.volumeClaimTemplates[www].spec.storageClassName'),
  one('a StatefulSet with a labelled claim', statefulSet(),
    spec({ volumeClaimTemplates: [{ ...template('www'), metadata: { name: 'www', labels: { 'app.kubernetes.io/name': 'web' } } }] }),
    'refused spec.volumeClaimTemplates[www].metadata.labels'),
  one('a StatefulSet with one more claim', statefulSet(), spec({ volumeClaimTemplates: [template('www'), template('log')] }),
    'refused spec.volumeClaimTemplates'),
  one('a StatefulSet with its claims in another order', statefulSet({ volumeClaimTemplates: [template('www'), template('log')] }),
    spec({ volumeClaimTemplates: [template('log'), template('www')] }), 'refused spec.volumeClaimTemplates'),
  one('a StatefulSet without its claim', statefulSet(), spec({ volumeClaimTemplates: undefined }),
    'refused spec.volumeClaimTemplates', 'data spec.volumeClaimTemplates'),
  one('a StatefulSet whose claim is renamed', statefulSet(), spec({ volumeClaimTemplates: [template('data')] }),
    'refused spec.volumeClaimTemplates', 'data spec.volumeClaimTemplates'),
  one('a StatefulSet that deletes its claims from now on', statefulSet(), spec(retention('Delete', 'Delete')),
    'data spec.persistentVolumeClaimRetentionPolicy.whenDeleted', 'data spec.persistentVolumeClaimRetentionPolicy.whenScaled'),
  one('a StatefulSet that is scaled down with whenScaled Delete', statefulSet(retention('Retain', 'Delete')), spec({ replicas: 1 }),
    'data spec.replicas'),
  one('a StatefulSet whose replicas are left out, with whenScaled Delete', statefulSet(retention('Retain', 'Delete')),
    spec({ replicas: undefined }),
    'data spec.replicas'),
  one('a StatefulSet that starts at another ordinal', statefulSet(), spec({ ordinals: { start: 5 } }), 'data spec.ordinals.start'),
  one('a StatefulSet that gets a lower ordinal besides', statefulSet({ ordinals: { start: 1 } }),
    spec({ replicas: 4, ordinals: { start: 0 } })),
  one('a StatefulSet that is updated by hand from now on', statefulSet(), spec({ updateStrategy: { type: 'OnDelete' } }),
    'refused spec.updateStrategy'),
  one('a StatefulSet that named its rolling update and is updated by hand from now on', statefulSet({
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
  }), spec({ updateStrategy: { type: 'OnDelete' } })),
  one('a StatefulSet with another revisionHistoryLimit', statefulSet(), spec({ revisionHistoryLimit: 3 }),
    'note spec.revisionHistoryLimit'),

  one('a Service that becomes headless', service(), spec({ clusterIP: 'None' }), 'refused spec.clusterIP'),
  one('a headless Service that is no longer so', service({ clusterIP: 'None' }), spec({ clusterIP: undefined }), 'note spec.clusterIP'),
  one('a headless Service that becomes a NodePort', service({ clusterIP: 'None' }), spec({ clusterIP: undefined, type: 'NodePort' }),
    'refused spec.clusterIP'),
  one('a Service that becomes a NodePort', service(), spec({ type: 'NodePort' })),
  one('a Service that becomes an ExternalName', service(),
    spec({ type: 'ExternalName', externalName: 'example.com', clusterIP: undefined })),
  one('a Service of another load balancer', service({ type: 'LoadBalancer', loadBalancerClass: 'example.com/a' }),
    spec({ loadBalancerClass: 'example.com/b' }), 'refused spec.loadBalancerClass'),
  one('a Service with other ports and another selector', service(),
    spec({ ports: [{ name: 'web', port: 8080 }], selector: { app: 'shop' } })),

  one('a volume may change what is not its place', volume(), spec({
    capacity: { storage: '2Gi' }, accessModes: ['ReadWriteMany'], mountOptions: ['hard'], storageClassName: 'diff-test-other', nfs: {
      server: '192.0.2.1', path: '/a', readOnly: false,
    },
  })),
  one('a volume on another path', volume(), spec({ nfs: { server: '192.0.2.1', path: '/b' } }), 'refused spec.nfs.path'),
  one('a volume of the CSI driver', volume(), spec(csi), 'refused spec.csi', 'refused spec.nfs'),
  one('a CSI volume with another handle', volume(csi), spec({ csi: { ...csi.csi, volumeHandle: 'b' } }), 'refused spec.csi.volumeHandle'),
  one('a CSI volume that learns to grow', volume(csi),
    spec({ csi: { ...csi.csi, controllerExpandSecretRef: { name: 'a', namespace: 'b' } } })),
  one('a volume with another mode', volume(), spec({ volumeMode: 'Block' }), 'refused spec.volumeMode'),
  one('a volume that says the default mode', volume(), spec({ volumeMode: 'Filesystem' })),
  one('a local volume on another node', volume(local), spec({ nodeAffinity: nodes('two') }),
    'refused spec.nodeAffinity.required.nodeSelectorTerms'),
  one('a volume that gets an affinity', volume(), spec({ nodeAffinity: nodes('one') })),
  one('a volume that is deleted with its claim', volume(), spec({ persistentVolumeReclaimPolicy: 'Delete' }),
    'data spec.persistentVolumeReclaimPolicy'),
  one('a volume for another claim', volume({ claimRef: { namespace: 'a', name: 'www-web-0' } }),
    spec({ claimRef: { namespace: 'a', name: 'www-web-1' } }),
    'data spec.claimRef'),
  one('a volume that is for nobody any more', volume({ claimRef: { namespace: 'a', name: 'www-web-0' } }), spec({ claimRef: undefined }),
    'data spec.claimRef'),
  one('a volume that is reserved', volume(), spec({ claimRef: { namespace: 'a', name: 'www-web-0' } }), 'note spec.claimRef'),

  one('a claim of another class', claim(), spec({ storageClassName: 'diff-test-other' }), 'refused spec.storageClassName'),
  one('a claim with another access mode', claim(), spec({ accessModes: ['ReadWriteMany'] }), 'refused spec.accessModes'),
  one('a claim that shrinks', claim(), spec({ resources: { requests: { storage: '512Mi' } } }), 'refused spec.resources.requests.storage'),
  one('a claim of a volume of its own choice', claim({ volumeName: 'a' }), spec({ volumeName: 'b' }), 'refused spec.volumeName'),
  one('a claim that gets a volume', claim(), spec({ volumeName: 'a' }), 'note spec.volumeName'),
  one('a claim without a class that grows', claim(), spec({ resources: { requests: { storage: '2Gi' } } }),
    'refused spec.resources.requests.storage'),
  grown('a bound claim that grows, of a class that allows it', { allowVolumeExpansion: true }),
  grown('a bound claim that grows, of a class that does not', {}, 'refused spec.resources.requests.storage'),

  one('a class with other parameters', storageClassNamed, top({ parameters: { a: '2' } }), 'refused parameters.a'),
  one('a class of another provisioner', storageClassNamed, top({ provisioner: 'example.com/other' }), 'refused provisioner'),
  one('a class with another reclaim policy', storageClassNamed, top({ reclaimPolicy: 'Retain' }), 'refused reclaimPolicy'),
  one('a class that binds at another time', storageClassNamed, top({ volumeBindingMode: 'WaitForFirstConsumer' }),
    'refused volumeBindingMode'),
  one('a class may change the rest', storageClassNamed, top({
    allowVolumeExpansion: true, mountOptions: ['hard'], reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate',
  })),

  one('a Deployment with another selector', deployment, spec(otherSelector),
    'refused spec.selector'),
  one('a Job with another image', job(), spec({ template: { spec: { ...(pod('job').spec as Fields), restartPolicy: 'OnFailure' } } }),
    'refused spec.template.spec.restartPolicy'),
  one('a Job with more completions', job({ completions: 1 }), spec({ completions: 2 }), 'refused spec.completions'),
  one('an elastic Job that grows', job({ completionMode: 'Indexed', completions: 1, parallelism: 1 }),
    spec({ completions: 2, parallelism: 2 })),
  one('a Job with another parallelism', job({ completions: 3 }), spec({ parallelism: 2, backoffLimit: 1 })),

  one('an immutable ConfigMap with other content', namespaced('v1', 'ConfigMap', { immutable: true, data: { a: '1' } }),
    top({ data: { a: '2' } }), 'refused data.a'),
  one('a ConfigMap that is no longer immutable', namespaced('v1', 'ConfigMap', { immutable: true, data: { a: '1' } }),
    top({ immutable: undefined }),
    'refused immutable'),
  one('a ConfigMap with other content', namespaced('v1', 'ConfigMap', { data: { a: '1' } }), top({ data: { a: '2' } })),
  one('a ConfigMap with an option of MySQL that a server with data cannot change',
    namespaced('v1', 'ConfigMap', { data: { 'my.cnf': '[mysqld]\n' } }),
    top({ data: { 'my.cnf': '[mysqld]\nlower_case_table_names = 1\n' } }), 'data data[my.cnf].lower_case_table_names'),
  one('an immutable Secret with other content', namespaced('v1', 'Secret', { immutable: true, stringData: { a: '1' } }),
    top({ stringData: { a: '2' } }), 'refused data.a'),
  one('an immutable Secret with the same content, encoded', namespaced('v1', 'Secret', { immutable: true, stringData: { a: '1' } }),
    top({ stringData: undefined, data: { a: 'MQ==' } })),
  one('a Secret of another type', namespaced('v1', 'Secret', {}), top({ type: 'example.com/other' }), 'refused type'),

  one('a RoleBinding to another role', namespaced('rbac.authorization.k8s.io/v1', 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
  }), top({ roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' } }), 'refused roleRef.name'),
  one('a PriorityClass of another value', cluster('scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }), top({ value: 2 }),
    'refused value'),
  one('an IngressClass of another controller', cluster('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'example.com/a' } }),
    spec({ controller: 'example.com/b' }), 'refused spec.controller'),
  one('a RuntimeClass of another handler', cluster('node.k8s.io/v1', 'RuntimeClass', { handler: 'a' }), top({ handler: 'b' }),
    'refused handler'),
  one('a PodDisruptionBudget may change', namespaced('policy/v1', 'PodDisruptionBudget', {
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'a' } } },
  }), spec({ maxUnavailable: 2, selector: { matchLabels: { app: 'b' } } })),
];
