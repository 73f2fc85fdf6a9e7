import { NetworkPolicyIpBlock, NetworkPolicyPort } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { MySqlAccounts, MySqlClusterProps, MySqlTls, MySqlTopology, NetworkIsolation, PodSecurity } from '../../lib';
import { Manifest, synth, testChart } from '../util';
import { addCluster, renderMySql } from './cluster';

const ROUTED: Partial<MySqlClusterProps> = {
  topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 2 } }), accounts: MySqlAccounts.generated(),
};

interface PodSpec {
  readonly securityContext: Record<string, unknown>;
  readonly containers: { readonly name: string; readonly securityContext: Record<string, unknown> }[];
  readonly initContainers?: PodSpec['containers'];
  readonly volumes: { readonly secret?: Secret; readonly projected?: { readonly sources: { readonly secret?: Secret }[] } }[];
}

interface Template {
  readonly template?: { readonly spec: PodSpec };
}

interface Secret {
  readonly items?: { readonly key: string }[];
  readonly optional?: boolean;
}

/** The specs of all pods, by kind and name of what makes them. */
function pods(objects: Manifest[]): Record<string, PodSpec> {
  return Object.fromEntries(objects.flatMap((object) => {
    const { spec } = object as unknown as { spec?: Template & { jobTemplate?: { spec: Template } } };
    const pod = (spec?.jobTemplate?.spec ?? spec)?.template?.spec;
    return pod === undefined ? [] : [[`${object.kind} ${object.metadata!.name}`, pod]];
  }));
}

describe('a platform that chooses the user', () => {
  const assigned = pods(renderMySql({ ...ROUTED, security: PodSecurity.platformAssigned() }));

  test('is left to choose it for all pods: members, Jobs, Routers and what keeps their metadata', () => {
    expect(Object.keys(assigned).sort()).toEqual([
      'CronJob mysql-recover', 'CronJob mysql-switchover', 'Deployment mysql-router', 'Deployment mysql-router-metadata',
      'Job mysql-accounts', 'StatefulSet mysql',
    ]);
    for (const [name, { securityContext }] of Object.entries(assigned)) {
      expect(securityContext).toEqual({
        // It is about claims, which the members alone have.
        ...name === 'StatefulSet mysql' ? { fsGroupChangePolicy: 'OnRootMismatch' } : {},
        runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' },
      });
    }
  });

  test('gets pods that are as restricted as any other, with a read-only root file system', () => {
    for (const { containers, initContainers = [] } of Object.values(assigned)) {
      for (const { securityContext } of [...containers, ...initContainers]) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true,
        });
      }
    }
  });

  test('changes nothing else', () => {
    const without = (objects: Manifest[]) => JSON.stringify(objects)
      .replaceAll(/"(fsGroup|runAsGroup|runAsUser)":999,/g, '');
    expect(without(renderMySql({ ...ROUTED, security: PodSecurity.platformAssigned() }))).toBe(without(renderMySql(ROUTED)));
  });
});

test('another user is that of all pods', () => {
  const specs = Object.values(pods(renderMySql({ ...ROUTED, security: PodSecurity.restricted({ user: 27, group: 28 }) })));
  expect(specs).toHaveLength(6);
  specs.forEach(({ securityContext }) => expect(securityContext).toMatchObject({ runAsUser: 27, runAsGroup: 28, fsGroup: 28 }));
});

test('fails with the user of the image', () => {
  expect(() => addCluster(testChart('data'), { security: PodSecurity.asImageBuilt() })).toThrow(new Error(
    '[test/mysql] \'security\' must be restricted, or left to the platform, got "PodSecurity.asImageBuilt()": '
    + 'mysqld refuses to run as root; say PodSecurity.restricted({ user }) or PodSecurity.platformAssigned()',
  ));
});

describe('policies', () => {
  const egress = (objects: Manifest[]) => Object.fromEntries(objects.filter(({ kind }) => (kind as string) === 'NetworkPolicy')
    .map(({ metadata, ...rest }) => [metadata!.name!, (rest as unknown as { spec: { egress: unknown[] } }).spec.egress]));
  const API = { ports: [443, 6443, 6444, 8443, 16443].map((port) => ({ port })) };

  test('let those who speak to the API server reach it at the ports of all distributions', () => {
    const rules = egress(renderMySql(ROUTED));
    expect(Object.keys(rules).sort()).toEqual(['mysql', 'mysql-operation', 'mysql-router']);
    expect(rules.mysql).toContainEqual(API);
    expect(rules['mysql-operation']).toContainEqual(API);
    expect(rules['mysql-router']).not.toContainEqual(API);
    expect(egress(renderMySql()).mysql).not.toContainEqual(API);
  });

  test('let all pods of the cluster reach whom allowTo names, and change nothing else', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, ROUTED);
    const before = egress(renderMySql(ROUTED));
    const api = NetworkPolicyIpBlock.ipv4(new Construct(chart, 'peers'), 'api', '192.168.0.10/32');
    cluster.allowTo(api, { ports: [NetworkPolicyPort.tcp(9443)] });
    const rule = { to: [{ ipBlock: { cidr: '192.168.0.10/32' } }], ports: [{ port: 9443, protocol: 'TCP' }] };
    const after = Object.entries(before).map(([name, rules]) => [name, [...rules, rule]]);
    expect(egress(synth(chart))).toEqual(Object.fromEntries(after));
  });

  test('can be patched, each by a property', () => {
    const cluster = addCluster(testChart('data'), ROUTED);
    expect(cluster.router!.clientsNetworkPolicy).toBeUndefined();
    cluster.allowFrom(NetworkPolicyIpBlock.anyIpv4(testChart(), 'anywhere'));
    expect([cluster.networkPolicy, cluster.operationNetworkPolicy, cluster.router!.networkPolicy, cluster.router!.clientsNetworkPolicy]
      .map((policy) => policy!.name)).toEqual(['mysql', 'mysql-operation', 'mysql-router', 'mysql-router-clients']);
  });

  test('are none when the cluster wants none, and then allowTo fails', () => {
    const cluster = addCluster(testChart('data'), { ...ROUTED, isolation: NetworkIsolation.NONE });
    expect([cluster.operationNetworkPolicy, cluster.router!.networkPolicy]).toEqual([undefined, undefined]);
    const anywhere = NetworkPolicyIpBlock.anyIpv4(testChart(), 'anywhere');
    expect(() => cluster.allowTo(anywhere)).toThrow(new Error(
      '[test/mysql] \'isolation\' must be NetworkIsolation.POLICY where allowTo names a peer, got "None": '
      + 'leave isolation out, or the call of allowTo',
    ));
  });
});

describe('Secrets', () => {
  test('that lack a key hang no pod: the scripts say it', () => {
    const chart = testChart('data');
    addCluster(chart, {
      ...ROUTED, tls: MySqlTls.fromSecretName('tls'), users: [{ name: 'shop' }, { name: 'report', secretName: 'reports' }],
    });
    addCluster(chart, { tls: MySqlTls.fromSecretName('tls'), name: 'other' }, 'other');
    const secrets = Object.entries(pods(synth(chart))).flatMap(([name, { volumes }]) => volumes
      .flatMap((volume) => [volume.secret, ...volume.projected?.sources.map(({ secret }) => secret) ?? []])
      .flatMap((secret) => secret === undefined ? [] : [{ name, secret }]));
    const withKeys = secrets.filter(({ secret }) => secret.items !== undefined);
    expect(withKeys.length).toBeGreaterThanOrEqual(14);
    expect(withKeys.filter(({ secret }) => secret.optional !== true)).toEqual([]);
    // A Secret that is not there at all holds the members back, since none of them could begin.
    expect(secrets.filter(({ secret }) => secret.items === undefined).map(({ name, secret }) => [name, secret.optional])).toEqual(
      ['StatefulSet mysql', 'StatefulSet mysql', 'StatefulSet other-source', 'StatefulSet other-source', 'StatefulSet other-replica',
        'StatefulSet other-replica'].map((name) => [name, undefined]),
    );
  });

  test.each([['fromSecretName', MySqlTls.fromSecretName('tls')], ['fromCertManager', MySqlTls.fromCertManager({ name: 'ca' })]])(
    'of a certificate need a namespace, whose name is in it: %s', (_, tls) => {
      expect(() => addCluster(testChart(), { tls })).toThrow(new Error(
        '[test/mysql] \'namespace of the chart\' must be named where a certificate names the servers, got nothing: '
        + 'give the chart a namespace',
      ));
    });
});
