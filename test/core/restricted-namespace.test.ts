import { ApiObject, App, Chart, Size } from 'cdk8s';
import { EncryptionKey, MySqlAccounts, MySqlBackup, MySqlBackups, MySqlCluster, MySqlTopology, PodVolume, StatefulWeb } from '../../lib';

const ADMITTED = 'one of configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret, got "nfs": the'
  + ' Namespace has the label pod-security.kubernetes.io/enforce: restricted; mount a PersistentVolumeClaim, e.g. that of a SharedClaim';

/** What a synthesis says where the namespace of the workload has this level. */
function synthesized(level: string | undefined, add: (chart: Chart) => void, namespace = 'shop'): string {
  const app = new App();
  add(new Chart(app, 'shop', { namespace: 'shop' }));
  new ApiObject(new Chart(app, 'base'), 'namespace', {
    apiVersion: 'v1', kind: 'Namespace',
    metadata: { name: namespace, labels: level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level } },
  });
  const problems = app.node.findAll().flatMap((construct) => construct.node.validate());
  return problems.join('\n');
}

const web = (volume: PodVolume) => (chart: Chart) => (
  new StatefulWeb(chart, 'web', { image: 'nginx:1.29', mounts: [{ volume, mountPath: '/srv/mnt' }] }));
const nfs = web(PodVolume.nfs('nfs', '10.0.0.1', '/export'));

const RULE = 'must be a volume that the Pod Security level of the namespace admits';

test('a volume that a restricted namespace does not admit is refused at synthesis, wherever the Namespace is in the app', () => {
  expect(synthesized('restricted', nfs)).toBe(`'mounts[0].volume' ${RULE}: ${ADMITTED}`);
});

test('a store of backups on an export is, too', () => {
  const backup = MySqlBackup.toNfs('10.0.0.1', '/backups', { encryptionKey: EncryptionKey.fromSecretName('key') });
  expect(synthesized('restricted', (chart) => new MySqlCluster(chart, 'mysql', {
    topology: MySqlTopology.sourceReplica({ replicas: 1 }), accounts: MySqlAccounts.fromSecretName('accounts'),
    storage: { size: Size.gibibytes(1) }, backups: MySqlBackups.of(backup),
  }))).toBe(`'backups' ${RULE}: ${ADMITTED}`);
});

test.each<[string, string | undefined, (chart: Chart) => void, string]>([
  ['a namespace of another level', 'baseline', nfs, 'shop'],
  ['a namespace without a level', undefined, nfs, 'shop'],
  ['another namespace', 'restricted', nfs, 'other'],
  ['a claim', 'restricted', web(PodVolume.persistentVolumeClaim('data', 'data')), 'shop'],
  ['an empty folder', 'restricted', web(PodVolume.emptyDir('cache')), 'shop'],
])('accepts it with %s', (_, level, add, namespace) => {
  expect(synthesized(level, add, namespace)).toBe('');
});
