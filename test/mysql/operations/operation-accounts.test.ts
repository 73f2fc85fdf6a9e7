import { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { MySqlAccounts, MySqlTopology } from '../../../lib';
import { Manifest } from '../../util';
import { renderMySql } from '../cluster';
import { ofKind, podsOf } from '../topology/group';

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly template?: { readonly spec: { readonly serviceAccountName?: string } };
    readonly jobTemplate?: { readonly spec: Required<Pick<NonNullable<Workload['spec']>, 'template'>> };
  };
}

const LABELS = (pods: string[]) => ({ apiGroups: [''], resources: ['pods'], resourceNames: pods, verbs: ['get', 'patch'] });
const SECRETS = [
  { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  { apiGroups: [''], resources: ['secrets'], resourceNames: ['mysql-accounts'], verbs: ['get', 'patch'] },
];

const EVENTS = { apiGroups: [''], resources: ['events'], verbs: ['create'] };

/** What each account may do. */
function permissions(objects: Manifest[]): Record<string, unknown> {
  const roles = ofKind<IRole>(objects, 'Role');
  return Object.fromEntries(ofKind<IRoleBinding>(objects, 'RoleBinding').flatMap(({ roleRef, subjects }) => subjects!.map(({ name }) => (
    [name, roles.find(({ metadata }) => metadata!.name === roleRef.name)!.rules]
  ))));
}

/** The account of each workload. */
function accounts(objects: Manifest[]): Record<string, string | undefined> {
  return Object.fromEntries((objects as unknown as Workload[]).flatMap(({ kind, metadata, spec }) => {
    const pod = (spec?.jobTemplate?.spec ?? spec)?.template?.spec;
    return pod === undefined ? [] : [[`${kind} ${metadata.name}`, pod.serviceAccountName]];
  }));
}

test('in a group the operations have one account, and the agents another one with the same Role; one Job may create Secrets', () => {
  const objects = renderMySql({
    accounts: MySqlAccounts.generated(), topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 2 } }),
  });
  expect(permissions(objects)).toEqual({
    mysql: [LABELS(podsOf(9)), EVENTS], 'mysql-operation': [LABELS(podsOf(9)), EVENTS], 'mysql-accounts': SECRETS,
  });
  expect(ofKind(objects, 'Role')).toHaveLength(2);
  expect(accounts(objects)).toEqual({
    'StatefulSet mysql': 'mysql', 'CronJob mysql-recover': 'mysql-operation', 'CronJob mysql-switchover': 'mysql-operation',
    'Job mysql-accounts': 'mysql-accounts', 'Deployment mysql-router': undefined, 'Deployment mysql-router-metadata': undefined,
  });
});

test('with a source and its replicas the operations have one account, and the members one without permissions', () => {
  const objects = renderMySql();
  expect(permissions(objects)).toEqual({ 'mysql-operation': [LABELS(['mysql-source-0', 'mysql-replica-0', 'mysql-replica-1'])] });
  expect(accounts(objects)).toEqual({
    'StatefulSet mysql-source': 'mysql', 'StatefulSet mysql-replica': 'mysql',
    'CronJob mysql-promote': 'mysql-operation', 'CronJob mysql-switchover': 'mysql-operation',
  });
  expect(ofKind(objects, 'ServiceAccount')).toHaveLength(2);
});
