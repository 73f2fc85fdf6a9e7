import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { script } from '../constants/paths';
import { ClusterContext } from '../context/cluster-context';
import { renderOperation } from './operation';
import { accountsJobAccount } from './operation-accounts';

/*
 * A Job's template cannot be changed: GitOps tools replace the Job instead. Argo CD: a hook is deleted before it is made again. Flux:
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#force
 */
const REPLACE = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
  'kustomize.toolkit.fluxcd.io/force': 'enabled',
};

/** The Job that makes the Secret of the accounts when there is none, and adds keys that it lacks. */
export function renderAccountsJob(cluster: Construct, context: ClusterContext, accountKeys: string[]): void {
  const { accountsSecret, topology, users } = context;
  const ofUsers = users.filter(({ secretName }) => secretName === accountsSecret).map(({ secretKey }) => secretKey);
  const keys = [...accountKeys, ...topology.own.users.map((user) => `${user}-password`), ...ofUsers];
  const { name, labels, scope, podTemplate } = renderOperation(cluster, context, {
    suffix: 'accounts',
    command: [script('generate-accounts.sh')],
    environment: { SECRET_KEYS: [...new Set(keys)].join(' '), SECRET_NAME: accountsSecret },
    account: accountsJobAccount(cluster, context).name,
    fieldEnvironment: {},
    volumes: [],
    volumeMounts: [],
  });
  new ApiObject(scope, 'Resource', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels, annotations: REPLACE },
    spec: { template: podTemplate },
  });
}
