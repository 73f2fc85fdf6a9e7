import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { LabelSet } from './labels';

/**
 * Lets one pod at a time be evicted. Pods that are not ready anyway may always be, so that a broken pod does not keep a node from
 * being drained: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
 */
export function renderDisruptionBudget(scope: Construct, name: string, labels: LabelSet): k8s.KubePodDisruptionBudget {
  return new k8s.KubePodDisruptionBudget(scope, 'DisruptionBudget', {
    metadata: { name, labels: labels.common },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: labels.selector },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
