import { IConstruct } from 'constructs';
import { Labels } from '../core/labels';
import { requireDnsName, requireLabels } from '../core/validation';
import { NodeRequirement } from './node-requirement';
import { Spreading } from './spreading';
import { Toleration } from './toleration';

/** On which nodes pods run. */
export interface SchedulingConfig {
  readonly nodeSelector?: Labels;
  readonly requiredNodes?: NodeRequirement[];
  readonly preferredNodes?: NodeRequirement[];
  readonly tolerations?: Toleration[];
  readonly spreading?: Spreading;
  readonly priorityClassName?: string;
}

const DEFAULT_SPREADING = Spreading.preferred();

/** The fields of a pod's spec that say on which nodes it runs. One pod alone is not spread. */
export function renderScheduling(
  scope: IConstruct, selector: Labels, replicas: number, config: SchedulingConfig,
): Record<string, unknown> {
  requireLabels({ scope, property: 'nodeSelector' }, config.nodeSelector ?? {});
  if (config.priorityClassName !== undefined) {
    requireDnsName({ scope, property: 'priorityClassName' }, config.priorityClassName);
  }
  // Rendered even when it is not used, so that its mistakes are found before the second replica.
  const spread = (config.spreading ?? DEFAULT_SPREADING)._toKube({ scope, property: 'spreading' }, selector);
  const nodeAffinity = renderNodeAffinity(scope, config);
  const podAntiAffinity = replicas > 1 ? spread.podAntiAffinity : undefined;
  return {
    affinity: nodeAffinity === undefined && podAntiAffinity === undefined ? undefined : { nodeAffinity, podAntiAffinity },
    nodeSelector: nonEmpty(Object.entries(config.nodeSelector ?? {})) && { ...config.nodeSelector },
    priorityClassName: config.priorityClassName,
    tolerations: nonEmpty((config.tolerations ?? []).map((toleration, index) => (
      toleration._toKube({ scope, property: `tolerations[${index}]` })
    ))),
    topologySpreadConstraints: replicas > 1 ? spread.topologySpreadConstraints : undefined,
  };
}

/** All of the required ones; of the preferred ones as many as there are, each of the same weight. */
function renderNodeAffinity(scope: IConstruct, { requiredNodes, preferredNodes }: SchedulingConfig): Record<string, unknown> | undefined {
  const render = (property: string, nodes: NodeRequirement[] = []) => nonEmpty(nodes.map((node, index) => (
    node._toKube({ scope, property: `${property}[${index}]` })
  )));
  const required = render('requiredNodes', requiredNodes);
  const preferred = render('preferredNodes', preferredNodes);
  return required === undefined && preferred === undefined ? undefined : {
    preferredDuringSchedulingIgnoredDuringExecution: preferred?.map((expression) => (
      { preference: { matchExpressions: [expression] }, weight: 100 }
    )),
    requiredDuringSchedulingIgnoredDuringExecution: required && { nodeSelectorTerms: [{ matchExpressions: required }] },
  };
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
