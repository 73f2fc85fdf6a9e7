import { at, listAt, Manifest, namespaceOf, textAt } from '../../manifests/manifest';
import { Edge, Graph } from '../graph/graph';
import { Objects } from '../graph/objects';
import { isSelected, Peer } from './peers';
import { ALL_PORTS, common, isNameResolution, PortRange, portRanges, portsText } from './ports';
import { Workload } from './workload';

/** The directions of traffic, seen from the pods that a policy selects. */
const DIRECTIONS = [
  { type: 'Ingress', rules: 'spec.ingress', peers: 'from' }, { type: 'Egress', rules: 'spec.egress', peers: 'to' },
] as const;
type Direction = typeof DIRECTIONS[number]['type'];

interface Rule {
  readonly rule: unknown;
  /** None: everything. */
  readonly peers: Peer[];
}

/** Draws the traffic that NetworkPolicies name, with its ports. */
export class Policies {
  public constructor(private readonly _objects: Objects, private readonly _graph: Graph, private readonly _workloads: Workload[]) {}

  /** The edges between workloads, and between workloads and the other peers. Name resolution is left out. */
  public draw(): void {
    this._workloads.forEach((workload, index) => this._workloads.slice(index + 1).forEach((other) => this._drawPair(workload, other)));
    for (const workload of this._workloads) {
      DIRECTIONS.forEach(({ type }) => this._drawOthers(workload, type));
    }
  }

  /** A line for each workload that policies isolate, and for traffic between its own pods. */
  public linesOf(workload: Workload): string[] {
    const isolated = DIRECTIONS.filter(({ type }) => this._policiesOf(workload, type).length > 0).map(({ type }) => type.toLowerCase());
    const isAlone = workload.objects.every((object) => (textAt(object, 'spec.replicas') ?? '1') === '1');
    const own = !isAlone && this._isNamed(workload, workload) ? this._allowed(workload, workload) : [];
    return [
      ...isolated.length > 0 ? [`isolated: ${isolated.join(', ')}`] : [],
      ...own.length > 0 ? [`its pods to each other: ${portsText(own)}`] : [],
    ];
  }

  private _drawPair(one: Workload, other: Workload): void {
    const [there, back] = [this._edge(one, other), this._edge(other, one)];
    const isMutual = there?.style === 'allowed' && back?.style === 'allowed' && there.label === back.label;
    const edges = isMutual ? [{ ...there, style: 'mutual' as const }] : [there, back];
    edges.forEach((edge) => edge !== undefined && this._graph.edge(edge));
  }

  /** Undefined when no policy is about these two. */
  private _edge(from: Workload, to: Workload): Edge | undefined {
    if (!this._isNamed(from, to)) {
      return undefined;
    }
    const ports = this._allowed(from, to);
    const blocked = this._ports(from, 'Egress', to).length > 0 ? 'not let in' : 'not let out';
    return {
      from: from.id, to: to.id, ...ports.length > 0 ? { style: 'allowed', label: portsText(ports) } : { style: 'blocked', label: blocked },
    };
  }

  private _drawOthers(workload: Workload, type: Direction): void {
    for (const { rule, peers } of this._rulesOf(workload, type)) {
      const others = peers.filter((peer) => !peer.isSpecific || !this._workloads.some((one) => peer.has(one)));
      if ((peers.length === 0 || others.length > 0) && !(type === 'Egress' && isNameResolution(rule))) {
        const names = peers.length === 0 ? ['anywhere'] : [...new Set(others.map((peer) => peer.describe()))].sort();
        const id = this._graph.node({ key: [type === 'Ingress' ? 'From' : 'To', ...names], shape: 'peer', lines: names });
        const label = portsText(portRanges(rule, type === 'Ingress' ? workload.pods : []));
        const [from, to] = type === 'Ingress' ? [id, workload.id] : [workload.id, id];
        this._graph.edge({ from, to, style: 'allowed', label });
      }
    }
  }

  /** Whether a policy of one side names the other one. */
  private _isNamed(from: Workload, to: Workload): boolean {
    const names = (one: Workload, type: Direction, other: Workload): boolean => (
      this._rulesOf(one, type).some(({ peers }) => peers.some((peer) => peer.isSpecific && peer.has(other)))
    );
    return names(from, 'Egress', to) || names(to, 'Ingress', from);
  }

  private _allowed(from: Workload, to: Workload): PortRange[] {
    return common(this._ports(from, 'Egress', to), this._ports(to, 'Ingress', from));
  }

  private _ports(workload: Workload, type: Direction, other: Workload): PortRange[] {
    return this._policiesOf(workload, type).length === 0 ? ALL_PORTS : this._rulesOf(workload, type)
      .filter(({ peers }) => peers.length === 0 || peers.some((peer) => peer.has(other)))
      .flatMap(({ rule }) => portRanges(rule, type === 'Ingress' ? workload.pods : other.pods));
  }

  private _policiesOf(workload: Workload, type: Direction): Manifest[] {
    return this._objects.ofKind('networking.k8s.io/NetworkPolicy').filter((policy) => (
      namespaceOf(policy) === workload.namespace && typesOf(policy).includes(type)
      && isSelected(at(policy, 'spec.podSelector') ?? {}, workload)
    ));
  }

  private _rulesOf(workload: Workload, type: Direction): Rule[] {
    const { rules, peers } = DIRECTIONS.find((direction) => direction.type === type)!;
    return this._policiesOf(workload, type).flatMap((policy) => listAt(policy, rules).map((rule) => ({
      rule, peers: listAt(rule, peers).map((peer) => new Peer(peer, namespaceOf(policy), this._objects)),
    })));
  }
}

/** As the API server fills them in. */
function typesOf(policy: Manifest): unknown[] {
  const types = listAt(policy, 'spec.policyTypes');
  return types.length > 0 ? types : ['Ingress', ...at(policy, 'spec.egress') === undefined ? [] : ['Egress']];
}
