import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelSet } from './labels';

/**
 * Lets one pod at a time be evicted. Pods that are not ready anyway may always be, so that a broken pod does not keep a node from
 * being drained: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
 */
export function renderDisruptionBudget(scope: Construct, name: string, labels: LabelSet): ApiObject {
  return new ApiObject(scope, 'DisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, labels: labels.common },
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: labels.selector },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
