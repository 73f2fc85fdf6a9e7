import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { PruneGuards } from '../../lib';

/** The Pod Security level of a namespace. Admission refuses pods above it. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/**
 * Adds the namespace of an app's workloads to the app's base. What is in a namespace is deleted with it, so GitOps tools keep it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function addNamespace(base: Chart, name: string, enforce: PodSecurityLevel): void {
  new k8s.KubeNamespace(base, 'Namespace', {
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': enforce }, annotations: PruneGuards.annotations() },
  });
}
