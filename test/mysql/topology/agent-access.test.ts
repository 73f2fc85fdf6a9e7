import { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { Manifest, objectOfKind, objectsOfKind, podOf } from '../../util';
import { renderMySql } from '../cluster';
import { group, ofKind, podsOf, SIZES } from './group';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The ServiceAccounts that have each Role. */
function holders(objects: Manifest[]): Record<string, string[]> {
  return Object.fromEntries(ofKind<IRoleBinding>(objects, 'RoleBinding').map(({ roleRef, subjects }) => (
    [roleRef.name, subjects!.map(({ name }) => name)]
  )));
}

describe('the right to set labels', () => {
  // A list of members in a running pod lacks a change for up to two minutes, and a pod that is removed takes its label away.
  test.each(SIZES)('of %i pods is one for those of all sizes by their names, to read and to patch them, and to post Events', (members) => {
    const objects = group({ members });
    const [role, ...others] = ofKind<IRole>(objects, 'Role');
    expect([role.metadata!.name, others]).toEqual(['mysql', []]);
    expect(role.rules).toEqual([
      { apiGroups: [''], resources: ['pods'], resourceNames: podsOf(Math.max(...SIZES)), verbs: ['get', 'patch'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create'] },
    ]);
    expect(holders(objects)).toEqual({ mysql: ['mysql', 'mysql-operation'] });
  });

  test('is that of the agent alone: no other container of the pod sees a token', () => {
    const pod = podOf(objectOfKind(group(), 'StatefulSet'));
    expect(pod).toMatchObject({ serviceAccountName: 'mysql', automountServiceAccountToken: false });
    const seeing = ({ containers, initContainers }: IPodSpec) => [...containers, ...initContainers!]
      .filter(({ volumeMounts }) => volumeMounts!.some(({ name }) => name === 'api-token')).map(({ name }) => name);
    expect(seeing(pod)).toEqual(['agent']);
    expect(pod.containers[1].volumeMounts).toContainEqual({ name: 'api-token', mountPath: TOKEN_PATH });
    expect(pod.volumes!.filter(({ projected }) => projected).map(({ name, projected }) => [name, projected!.sources])).toEqual([[
      'api-token', [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      ],
    ]]);
  });

  test('is not given to members of a source with its replicas', () => {
    const objects = renderMySql();
    expect(holders(objects)).toEqual({ 'mysql-operation': ['mysql-operation'] });
    expect(objectsOfKind(objects, 'StatefulSet').flatMap((set) => podOf(set).volumes!.map(({ name }) => name))).not.toContain('api-token');
  });

  test('comes with the way to the API server, beside the members and DNS', () => {
    const policy = objectsOfKind(group(), 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'mysql')!.spec!;
    expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
    const members = [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql' } } }];
    expect(policy.egress!.slice(1)).toEqual([
      { to: members, ports: [{ port: 3306 }, { port: 3307 }] },
      { ports: [443, 6443, 6444, 8443, 16443].map((port) => ({ port })) },
    ]);
    expect(policy.ingress!.map(({ from }) => from)).toEqual([
      [...members, { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'mysql-operation' } } }],
    ]);
    const ports = new Set(policy.ingress!.flatMap((rule) => rule.ports!.map(({ port }) => port)));
    expect([...ports].sort()).toEqual([3306, 3307]);
    const without = objectsOfKind(renderMySql(), 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'mysql')!.spec!;
    expect(without.egress!.flatMap((rule) => rule.ports!.map(({ port }) => port))).not.toContain(6443);
  });
});
