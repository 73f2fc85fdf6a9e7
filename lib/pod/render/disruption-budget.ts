import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { LabelSet } from '../../core/labels';
import { INT32_MAX } from '../../core/limits';
import { requireInteger } from '../../core/validation';
import { DisruptionBudget } from '../disruption-budget';

const PROPERTY = 'disruptionBudget';
const FIX = 'nodes could never be drained; for a budget that lets every pod go say DisruptionBudget.none()';

/**
 * Lets one pod at a time be evicted, or what the user says. Pods that are not ready anyway may always be, so that a broken pod does not
 * keep a node from being drained: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
 */
export function renderDisruptionBudget(
  scope: Construct, name: string, labels: LabelSet, budget = DisruptionBudget.maxUnavailable(1),
): ApiObject | undefined {
  const { _side, _amount, _isPercent } = budget;
  return _side && new ApiObject(scope, 'DisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, labels: labels.common },
    spec: {
      [_side]: _isPercent ? `${_amount}%` : _amount,
      selector: { matchLabels: labels.selector },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}

/** Refuses a budget that would not let one pod go when the fewest pods run. */
export function requireDrainable(scope: Construct, budget: DisruptionBudget, fewest: number): void {
  const { _side, _amount, _isPercent } = budget;
  if (_side === undefined) {
    return;
  }
  const property = `${PROPERTY}.${_side}`;
  requireInteger({ scope, property }, _amount, 1, _isPercent ? 100 : INT32_MAX, FIX);
  const kept = _isPercent ? Math.ceil(_amount * fewest / 100) : _amount;
  if (_side === 'minAvailable' && fewest > 0 && kept >= fewest) {
    fail(scope, {
      property, rule: `leave one of ${fewest} pods to be evicted`, value: _isPercent ? `${_amount}%` : _amount, fix: FIX,
    });
  }
}
