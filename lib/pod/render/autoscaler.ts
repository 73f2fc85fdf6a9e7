import { ApiObject } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { Labels } from '../../core/labels';
import { INT32_MAX } from '../../core/limits';
import { requireInteger } from '../../core/validation';
import { Autoscaling } from '../autoscaling';

const CPU_DEFAULT = 80;

/** The HorizontalPodAutoscaler of a StatefulSet. */
export function renderAutoscaler(scope: Construct, name: string, labels: Labels, options: Autoscaling): ApiObject {
  const { minReplicas, maxReplicas, memoryUtilization } = options;
  const cpuUtilization = options.cpuUtilization ?? (memoryUtilization === undefined ? CPU_DEFAULT : undefined);
  return new ApiObject(scope, 'Autoscaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, labels },
    spec: {
      maxReplicas,
      metrics: [...metric('cpu', cpuUtilization), ...metric('memory', memoryUtilization)],
      minReplicas,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name },
    },
  });
}

/** What else says how many pods run and what they use. */
interface Scaled {
  readonly replicas?: number;
  readonly resources?: ContainerResources;
}

/** A number of pods can be chosen by one autoscaler only. */
export function requireNoAutoscaler(scope: Construct, autoscaling?: Autoscaling): void {
  if (autoscaling !== undefined) {
    fail(scope, {
      property: 'autoscaling', rule: 'be left out where another HorizontalPodAutoscaler scales the pods', value: autoscaling,
      fix: 'keep one of the two',
    });
  }
}

export function requireAutoscaling(scope: Construct, options: Autoscaling, { replicas, resources }: Scaled): void {
  const { minReplicas, maxReplicas, cpuUtilization, memoryUtilization } = options;
  if (replicas !== undefined) {
    fail(scope, {
      property: 'replicas', rule: 'be left out with autoscaling', value: replicas,
      fix: 'the autoscaler chooses it; set autoscaling.minReplicas',
    });
  }
  const origin = (property: string) => ({ scope, property: `autoscaling.${property}` });
  requireInteger(origin('minReplicas'), minReplicas, 1, INT32_MAX, 'name the fewest pods that must run');
  requireInteger(origin('maxReplicas'), maxReplicas, 1, INT32_MAX, 'name the most pods that may run');
  if (minReplicas > maxReplicas) {
    fail(scope, {
      property: 'autoscaling.minReplicas', rule: `be at most maxReplicas, ${maxReplicas}`, value: minReplicas,
      fix: 'lower it or raise maxReplicas',
    });
  }
  requireRequest(scope, 'cpu', resources?.cpu, cpuUtilization ?? (memoryUtilization === undefined ? CPU_DEFAULT : undefined));
  requireRequest(scope, 'memory', resources?.memory, memoryUtilization);
  for (const [property, value] of Object.entries({ cpuUtilization, memoryUtilization })) {
    if (value !== undefined) {
      requireInteger(origin(property), value, 1, INT32_MAX, 'write percent of what the container requests, e.g. 80');
    }
  }
}

/** Utilization is a part of what is requested; a limit alone is requested too. */
function requireRequest(scope: Construct, kind: string, given?: { request?: unknown; limit?: unknown }, utilization?: number): void {
  if (utilization !== undefined && given !== undefined && given.request === undefined && given.limit === undefined) {
    fail(scope, {
      property: `resources.${kind}.request`, rule: `be set for autoscaling by ${kind}`, value: undefined,
      fix: `leave resources.${kind} out for the default`,
    });
  }
}

function metric(name: string, averageUtilization?: number): Record<string, unknown>[] {
  return averageUtilization === undefined ? []
    : [{ type: 'Resource', resource: { name, target: { averageUtilization, type: 'Utilization' } } }];
}
