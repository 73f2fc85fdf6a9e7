import { IConstruct } from 'constructs';
import { fail } from '../core/errors';
import { requireDnsLabel } from '../core/validation';
import { ClusterNames } from './context/cluster-names';
import { memberNames, memberSetName } from './context/member-names';
import { TopologyConfig } from './topology/topology-config';

/** The most characters that Kubernetes takes, and why: of names, and of what it makes of them. */
const MAX = {
  cronJob: 52, // its Jobs' names have a time behind it
  job: 63, // the value of a label of its pods
  label: 63,
  pod: 63, // a host name, and the value of a label
  service: 63, // a part of a name in DNS
  statefulSet: 52, // with a hash of 10 characters behind it the value of the label controller-revision-hash
};
const DNS_NAME_MAX = 253;

/** A name that is made of the cluster's. */
interface Derived {
  readonly what: string;
  readonly name: string;
  readonly max: number;
}

/** An object whose name is made of the cluster's. */
export interface NamedAfter {
  readonly kind: 'cronJob' | 'statefulSet' | 'job';
  /** What stands behind the cluster's name. */
  readonly suffix: string;
}

const WHAT = { cronJob: 'the CronJob', statefulSet: 'the StatefulSet', job: 'the Job' };

/** Refuses a name of the cluster with which another one would be too long, as such or in DNS. */
export function requireFittingName(
  scope: IConstruct, name: string, topology: TopologyConfig, isGenerated: boolean, more: NamedAfter[],
): void {
  const others = more.map(({ kind, suffix }) => ({ what: WHAT[kind], name: `${name}-${suffix}`, max: MAX[kind] }));
  const limits = [...derivedNames(name, topology, isGenerated), ...others]
    .map((derived) => ({ ...derived, most: derived.max - (derived.name.length - name.length) }));
  const { what, name: longest, max, most } = limits.reduce((a, b) => (b.most < a.most ? b : a));
  requireDnsLabel({ scope, property: 'name' }, name, most, ` (${what} <name>${longest.slice(name.length)} has at most ${max})`);
}

/** Refuses names in DNS that are longer than those can be. */
export function requireFittingDnsNames(scope: IConstruct, names: ClusterNames, members: string[]): void {
  const all = [...members.map((pod) => names.inDns(`${pod}.${names.members}`)), ...names.certificateDnsNames];
  const longest = all.reduce((a, b) => (b.length > a.length ? b : a));
  if (longest.length > DNS_NAME_MAX) {
    fail(scope, {
      property: 'clusterDomain', rule: `leave room for names of at most ${DNS_NAME_MAX} characters in DNS`, value: names.clusterDomain,
      fix: `${longest} would have ${longest.length}; shorten it, the namespace or the name`,
    });
  }
}

function derivedNames(name: string, topology: TopologyConfig, isGenerated: boolean): Derived[] {
  return [
    ...topology.memberSets.flatMap((set) => [
      { what: 'the StatefulSet', name: memberSetName(name, set), max: MAX.statefulSet },
      ...memberNames(name, set).slice(-1).map((pod) => ({ what: 'the pod', name: pod, max: MAX.pod })),
    ]),
    { what: 'the Service', name: `${name}-members`, max: MAX.service },
    ...topology.operations.map(({ suffix }) => ({ what: 'the CronJob', name: `${name}-${suffix}`, max: MAX.cronJob })),
    { what: 'the label', name: `${name}-operation`, max: MAX.label },
    ...isGenerated ? [{ what: 'the Job', name: `${name}-accounts`, max: MAX.job }] : [],
    ...topology.routers === undefined ? [] : [
      { what: 'the Service', name: `${name}-router`, max: MAX.service },
      { what: 'the label', name: `${name}-router-metadata`, max: MAX.label },
    ],
  ];
}
