import { Construct } from 'constructs';
import { generatedSecrets } from '../accounts/password-place';
import { Account } from '../context/account';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { mayLabel } from '../topology/agent-access';

/**
 * The account of the operations that operators start. They have one in common, since all of them label members. Where the agents have a
 * Role, it is the same one.
 */
export function operationAccount(scope: Construct, context: ClusterContext): Account {
  const ofAgents = context.topology.agentAccess.rules(context.members);
  return account(scope, context, 'operation', ofAgents.length > 0 ? ofAgents : mayLabel(context.members));
}

/**
 * The account of the Job that generates passwords. It is apart from that of the operations, since Kubernetes cannot restrict the creation
 * of Secrets to a name.
 */
export function accountsJobAccount(scope: Construct, context: ClusterContext): Account {
  const secrets = [context.accountsSecret, ...generatedSecrets(context.users)];
  return account(scope, context, 'accounts', [
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: secrets, verbs: ['get', 'patch'] },
  ]);
}

function account(scope: Construct, context: ClusterContext, suffix: string, rules: Account['rules']): Account {
  return { name: `${context.name}-${suffix}`, labels: componentLabels(scope, context, 'operation').common, rules };
}
