import { fail, Origin } from '../core/errors';
import { INT32_MAX } from '../core/limits';
import { requireInteger, requireLabels, requireOneOf, requireUnique } from '../core/validation';
import { TopologySpread, UnsatisfiableSpread } from './topology-spread';

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** Whether pods shun each other's nodes. */
enum AntiAffinity { NONE, PREFERRED, REQUIRED }

/**
 * On which nodes the pods of a workload run, seen from each other. With fewer than two replicas nothing is rendered.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export class Spreading {
  /** Different nodes and zones where there are enough; on a cluster with fewer nodes than replicas all pods still start. */
  public static preferred(): Spreading {
    return new Spreading(AntiAffinity.PREFERRED, [{ topologyKey: ZONE }]);
  }

  /** Never two pods on one node, and different zones where there are enough; a pod without a node of its own waits. */
  public static required(): Spreading {
    return new Spreading(AntiAffinity.REQUIRED, [{ topologyKey: ZONE }]);
  }

  /** These constraints and no others. */
  public static byTopology(constraints: TopologySpread[]): Spreading {
    return new Spreading(AntiAffinity.NONE, constraints.map((constraint) => ({ ...constraint })));
  }

  /** Wherever the scheduler puts them. */
  public static none(): Spreading {
    return new Spreading(AntiAffinity.NONE, []);
  }

  private constructor(private readonly _antiAffinity: AntiAffinity, private readonly _constraints: TopologySpread[]) {}

  /** @internal */
  public _toKube({ scope, property }: Origin, matchLabels: Record<string, string>): Record<string, unknown> {
    const labelSelector = { matchLabels };
    this._constraints.forEach((constraint, index) => requireConstraint({ scope, property: `${property}[${index}]` }, constraint));
    const pairs = this._constraints.map(({ topologyKey, whenUnsatisfiable = UnsatisfiableSpread.SCHEDULE_ANYWAY }) => (
      `${topologyKey} ${whenUnsatisfiable}`
    ));
    requireUnique(scope, (index) => `${property}[${index}]`, pairs, 'pair of topologyKey and whenUnsatisfiable');
    return {
      podAntiAffinity: renderAntiAffinity(this._antiAffinity, { labelSelector, topologyKey: HOSTNAME }),
      topologySpreadConstraints: this._constraints.length === 0 ? undefined : this._constraints.map((constraint) => ({
        labelSelector,
        maxSkew: constraint.maxSkew ?? 1,
        minDomains: constraint.minDomains,
        topologyKey: constraint.topologyKey,
        whenUnsatisfiable: constraint.whenUnsatisfiable ?? UnsatisfiableSpread.SCHEDULE_ANYWAY,
      })),
    };
  }
}

function renderAntiAffinity(antiAffinity: AntiAffinity, term: Record<string, unknown>): Record<string, unknown> | undefined {
  switch (antiAffinity) {
    case AntiAffinity.NONE: return undefined;
    case AntiAffinity.PREFERRED: return { preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: term, weight: 100 }] };
    case AntiAffinity.REQUIRED: return { requiredDuringSchedulingIgnoredDuringExecution: [term] };
  }
}

function requireConstraint({ scope, property }: Origin, { topologyKey, maxSkew, minDomains, whenUnsatisfiable }: TopologySpread): void {
  requireLabels({ scope, property: `${property}.topologyKey` }, { [topologyKey]: '' });
  requireInteger({ scope, property: `${property}.maxSkew` }, maxSkew ?? 1, 1, INT32_MAX, 'leave it out for 1');
  if (whenUnsatisfiable !== undefined) {
    requireOneOf({ scope, property: `${property}.whenUnsatisfiable` }, whenUnsatisfiable, Object.values(UnsatisfiableSpread),
      'use UnsatisfiableSpread');
  }
  if (minDomains !== undefined) {
    requireInteger({ scope, property: `${property}.minDomains` }, minDomains, 1, INT32_MAX, 'leave it out for those that exist');
    if (whenUnsatisfiable !== UnsatisfiableSpread.DO_NOT_SCHEDULE) {
      fail(scope, {
        property: `${property}.whenUnsatisfiable`, rule: `be ${UnsatisfiableSpread.DO_NOT_SCHEDULE} where minDomains is named`,
        value: whenUnsatisfiable, fix: 'name it, or leave minDomains out',
      });
    }
  }
}
