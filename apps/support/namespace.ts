import { Chart, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

/**
 * The chart's own namespace, so that its folder is complete in itself. Admission refuses pods above the Pod Security level.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function ownNamespace(chart: Chart, enforce: 'baseline' | 'restricted'): void {
  const namespace = new k8s.KubeNamespace(chart, 'Namespace', {
    metadata: { name: chart.namespace, labels: { 'pod-security.kubernetes.io/enforce': enforce } },
  });
  namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace')); // cdk8s stamps the chart's on it
}
