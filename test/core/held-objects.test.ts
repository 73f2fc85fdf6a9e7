import { App, Chart } from 'cdk8s';
import {
  AwsElasticBlockStorePersistentVolume, ClusterRole, ClusterRoleBinding, ConfigMap, IPersistentVolumeClaim, PersistentVolumeClaim, Role,
  RoleBinding, Secret, ServiceAccount, Volume,
} from 'cdk8s-plus-27';
import { EnvFromSource, MySqlAccounts, MySqlTls, PodVolume, StatefulWebProps } from '../../lib';
import { addCluster } from '../mysql/cluster';
import { addWeb, objectOfKind, podOf, synth, testChart } from '../util';

/** A chart of objects that a user holds, and the chart of what uses them, which is made first. */
function charts(): { users: Chart; held: Chart } {
  const app = new App();
  return { users: new Chart(app, 'users', { namespace: 'shop' }), held: new Chart(app, 'held', { namespace: 'shop' }) };
}

/** The names of the charts of an app, as cdk8s applies them. */
function order(chart: Chart): string[] {
  return App.of(chart).charts.map(({ node }) => node.id);
}

describe('an object that a user holds', () => {
  type Case = [what: string, byObject: (held: Chart) => Partial<StatefulWebProps>, byName: Partial<StatefulWebProps>];
  const at = '/files';
  const named = { metadata: { name: 'own' } };

  test.each<Case>([
    ['a Secret as files', (held) => ({
      mounts: [{ mountPath: at, volume: PodVolume.fromSecret('v', new Secret(held, 'x', named), { defaultMode: 0o440 }) }],
    }), { mounts: [{ mountPath: at, volume: PodVolume.secret('v', 'own', { defaultMode: 0o440 }) }] }],
    ['a ConfigMap as files', (held) => ({
      mounts: [{ mountPath: at, volume: PodVolume.fromConfigMap('v', new ConfigMap(held, 'x', named)) }],
    }), { mounts: [{ mountPath: at, volume: PodVolume.configMap('v', 'own') }] }],
    ['a claim', (held) => ({
      mounts: [{ mountPath: at, volume: PodVolume.fromPersistentVolumeClaim('v', new PersistentVolumeClaim(held, 'x', named)) }],
    }), { mounts: [{ mountPath: at, volume: PodVolume.persistentVolumeClaim('v', 'own') }] }],
    ['a volume', (held) => ({ mounts: [{ mountPath: at, volume: PodVolume.fromVolume(Volume.fromEmptyDir(held, 'x', 'v')) }] }),
      { mounts: [{ mountPath: at, volume: PodVolume.emptyDir('v') }] }],
    ['a Secret as variables', (held) => ({ envFrom: [EnvFromSource.fromSecret(new Secret(held, 'x', named), { prefix: 'A_' })] }),
      { envFrom: [EnvFromSource.secret('own', { prefix: 'A_' })] }],
    ['a ConfigMap as variables', (held) => ({ envFrom: [EnvFromSource.fromConfigMap(new ConfigMap(held, 'x', named))] }),
      { envFrom: [EnvFromSource.configMap('own')] }],
    ['an account', (held) => ({ serviceAccount: new ServiceAccount(held, 'x', named) }), { serviceAccountName: 'own' }],
    ['a Secret of a registry', (held) => ({ imagePullSecrets: ['other'], dockerRegistryAuth: new Secret(held, 'x', named) }),
      { imagePullSecrets: ['other', 'own'] }],
  ])('is the same as its name, and its chart comes before: %s', (_, byObject, byName) => {
    const { users, held } = charts();
    addWeb(users, byObject(held));
    const expected = testChart('shop');
    addWeb(expected, byName);
    expect(synth(users)).toEqual(synth(expected));
    expect(order(users)).toEqual(['held', 'users']);
  });

  test('is one of another tool, too: an object that stands for a name', () => {
    const { users, held } = charts();
    const claim: IPersistentVolumeClaim = PersistentVolumeClaim.fromClaimName(held, 'claim', 'theirs');
    addWeb(users, { mounts: [{ mountPath: at, volume: PodVolume.fromPersistentVolumeClaim('v', claim) }] });
    const { volumes } = podOf(objectOfKind(synth(users), 'StatefulSet'));
    expect(volumes![0]).toEqual({ name: 'v', persistentVolumeClaim: { claimName: 'theirs' } });
  });

  test('may be a volume of any kind of cdk8s-plus', () => {
    const { users, held } = charts();
    const volume = Volume.fromCsi(held, 'csi', 'secrets-store.csi.k8s.io', { name: 'store', attributes: { secretProviderClass: 'aws' } });
    addWeb(users, { mounts: [{ mountPath: at, volume: PodVolume.fromVolume(volume), readOnly: true }] });
    const { volumes, containers } = podOf(objectOfKind(synth(users), 'StatefulSet'));
    expect(volumes![0]).toMatchObject({ name: 'store', csi: { driver: 'secrets-store.csi.k8s.io' } });
    expect(containers[0].volumeMounts![0]).toMatchObject({ name: 'store', mountPath: at });
    const disk = new AwsElasticBlockStorePersistentVolume(held, 'disk', { volumeId: 'vol-1' }).asVolume();
    expect(PodVolume.fromVolume(disk).name).toBe(disk.name);
  });

  test('is used by an Ingress', () => {
    const { users, held } = charts();
    addWeb(users).exposeViaIngress({ host: 'shop.example.com', tlsSecret: new Secret(held, 'x', named) });
    expect(objectOfKind(synth(users), 'Ingress').spec!.tls).toEqual([{ hosts: ['shop.example.com'], secretName: 'own' }]);
    expect(order(users)).toEqual(['held', 'users']);
  });

  test('is used by a MySqlCluster', () => {
    const { users, held } = charts();
    const [accounts, certificate, report] = ['accounts', 'certificate', 'report']
      .map((name) => new Secret(held, name, { metadata: { name } }));
    const cluster = addCluster(users, {
      accounts: MySqlAccounts.fromSecret(accounts), tls: MySqlTls.fromSecret(certificate),
      users: [{ name: 'report', secret: report, secretKey: 'word' }],
    });
    const expected = testChart('shop');
    addCluster(expected, {
      accounts: MySqlAccounts.fromSecretName('accounts'), tls: MySqlTls.fromSecretName('certificate'),
      users: [{ name: 'report', secretName: 'report', secretKey: 'word' }],
    });
    expect(cluster.accountsSecretName).toBe('accounts');
    expect(synth(users)).toEqual(synth(expected));
    expect(order(users)).toEqual(['held', 'users']);
  });
});

describe('an object and a name at once are an error', () => {
  test('of the account', () => {
    const { users, held } = charts();
    expect(() => addWeb(users, { serviceAccountName: 'a', serviceAccount: new ServiceAccount(held, 'b') })).toThrow(new Error(
      '[users/web] \'serviceAccountName\' must be left out where serviceAccount is given, got "a": keep one of the two',
    ));
  });

  test('of the Secret of an Ingress', () => {
    const { users, held } = charts();
    expect(() => addWeb(users).exposeViaIngress({ tlsSecretName: 'a', tlsSecret: new Secret(held, 'b') })).toThrow(new Error(
      '[users/web] \'tlsSecretName of the Ingress\' must be left out where tlsSecret is given, got "a": keep one of the two',
    ));
  });

  test('of the Secret of a user', () => {
    const { users, held } = charts();
    expect(() => addCluster(users, { users: [{ name: 'shop', secretName: 'a', secret: new Secret(held, 'b') }] })).toThrow(new Error(
      '[users/mysql] \'users[0].secretName\' must be left out where secret is given, got "a": keep one of the two',
    ));
  });
});

describe('a StatefulWeb', () => {
  test('is a subject of roles with an account of its own', () => {
    const { users, held } = charts();
    const web = addWeb(users, { serviceAccount: new ServiceAccount(held, 'account', { metadata: { name: 'web' } }) });
    new RoleBinding(held, 'binding', { role: new Role(held, 'role') }).addSubjects(web);
    const other = addWeb(users, { serviceAccountName: 'b' }, 'b');
    new ClusterRoleBinding(held, 'all', { role: new ClusterRole(held, 'cluster-role') }).addSubjects(other);
    const bindings = synth(held).filter(({ kind }) => (kind as string).endsWith('RoleBinding')) as unknown as { subjects: unknown[] }[];
    expect(bindings.map(({ subjects }) => subjects)).toEqual([
      [{ apiGroup: '', kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
      [{ apiGroup: '', kind: 'ServiceAccount', name: 'b', namespace: 'shop' }],
    ]);
  });

  test('is no subject of roles with the account of all pods', () => {
    expect(() => addWeb(testChart()).toSubjectConfiguration()).toThrow(new Error(
      `[test/web] 'serviceAccount' must be given where a role is bound to the pods, got nothing: without one the role would be bound to the account "default" of all pods; set serviceAccount or serviceAccountName`,
    ));
  });
});
