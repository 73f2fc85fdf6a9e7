import { Construct } from 'constructs';
import { checksum } from '../../core/checksum';
import { renderJob } from '../../pod/render/jobs';
import { generatedSecrets } from '../accounts/password-place';
import { script } from '../constants/paths';
import { ClusterContext } from '../context/cluster-context';
import { renderUserSecrets } from '../context/connection-keys';
import { MOUNTS } from '../context/mounts';
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

/** The Job that makes the Secret of the accounts when there is none, and adds keys that it lacks; and the Secrets of users. */
export function renderAccountsJob(cluster: Construct, context: ClusterContext, accountKeys: string[]): void {
  const { accountsSecret, topology, moreAccounts, users, names, tlsSecret } = context;
  const ofUsers = users.filter(({ secretName }) => secretName === accountsSecret).map(({ secretKey }) => secretKey);
  const userSecrets = generatedSecrets(users);
  const keys = [...accountKeys, ...[...topology.own.users, ...moreAccounts].map((user) => `${user}-password`), ...ofUsers];
  const { name, labels, scope, podTemplate } = renderOperation(cluster, context, {
    suffix: 'accounts',
    command: [script('generate-accounts.sh')],
    environment: { SECRET_KEYS: [...new Set(keys)].join(' '), SECRET_NAME: accountsSecret },
    account: accountsJobAccount(cluster, context).name,
    fieldEnvironment: {},
    volumes: userSecrets.length === 0 ? [] : [
      { name: 'topology', configMap: { name: names.configMaps.topology, items: [{ key: 'user-secrets', path: 'user-secrets' }] } },
    ],
    volumeMounts: userSecrets.length === 0 ? [] : [MOUNTS.topology],
    // What a Job runs cannot change: with this it is another Job that is refused, or made again by the annotations above.
    annotations: userSecrets.length === 0 ? undefined
      : { 'checksum/user-secrets': checksum(renderUserSecrets(names, users, tlsSecret !== undefined)) },
  });
  renderJob(scope, { name, labels, annotations: REPLACE }, { template: podTemplate });
}
