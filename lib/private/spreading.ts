import { Labels } from './labels';

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/**
 * Asks the scheduler to put the pods on different nodes and in different zones. A wish, not a condition: on a cluster with fewer nodes
 * than replicas all pods still start.
 */
export function renderSpreading(selector: Labels, replicas: number): Record<string, unknown> {
  if (replicas < 2) {
    return {};
  }
  const labelSelector = { matchLabels: selector };
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { labelSelector, topologyKey: HOSTNAME } }],
      },
    },
    topologySpreadConstraints: [{ labelSelector, maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'ScheduleAnyway' }],
  };
}
