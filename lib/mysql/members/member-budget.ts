import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { DisruptionBudget } from '../../pod/disruption-budget';
import { renderDisruptionBudget, requireDrainable } from '../../pod/render/disruption-budget';
import { ClusterContext } from '../context/cluster-context';

/** The budget for evictions: as many as the topology bears, or what the user says, as long as that is not more. */
export function renderMemberBudget(scope: Construct, context: ClusterContext, budget?: DisruptionBudget): ApiObject | undefined {
  const { name, labels, topology: { mayBeMissing }, members } = context;
  if (budget !== undefined) {
    requireDrainable(scope, budget, members.length);
    if (mayBeMissing !== undefined) {
      requireQuorum(scope, budget, members.length, mayBeMissing);
    }
  }
  return renderDisruptionBudget(scope, name, labels, budget ?? DisruptionBudget.maxUnavailable(mayBeMissing ?? 1));
}

function requireQuorum(scope: Construct, { _side, _amount, _isPercent }: DisruptionBudget, members: number, mayBeMissing: number): void {
  const pods = _isPercent ? Math.ceil(_amount * members / 100) : _amount;
  if (_side !== undefined && (_side === 'minAvailable' ? members - pods : pods) > mayBeMissing) {
    fail(scope, {
      property: `disruptionBudget.${_side}`, rule: `leave more than half of ${members} members`, value: _isPercent ? `${_amount}%` : _amount,
      fix: `otherwise drained nodes end the group; leave it out for maxUnavailable(${mayBeMissing})`,
    });
  }
}
