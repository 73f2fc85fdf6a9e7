import { Construct } from 'constructs';
import { generatedSecrets } from '../accounts/password-place';
import { Account } from '../context/account';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { labelledPods } from '../context/member-names';
import { mayLabel } from '../topology/agent-access';

/**
 * The account of the operations that operators start. They have one in common, since all of them label members. Where the agents have a
 * Role, it is the same one.
 */
export function operationAccount(scope: Construct, context: ClusterContext): Account {
  const pods = labelledPods(context.name, context.topology);
  const ofAgents = context.topology.agentAccess.rules(pods);
  return account(scope, context, 'operation', ofAgents.length > 0 ? ofAgents : mayLabel(pods));
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
