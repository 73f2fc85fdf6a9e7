import { MemberSet, TopologyConfig } from '../topology/topology-config';

/** The name of the StatefulSet of the members of one kind. */
export function memberSetName(clusterName: string, { suffix }: MemberSet): string {
  return `${clusterName}${suffix}`;
}

/** The names of its pods. */
export function memberNames(clusterName: string, set: MemberSet): string[] {
  return [...Array(set.replicas).keys()].map((ordinal) => `${memberSetName(clusterName, set)}-${ordinal}`);
}

/**
 * The names of the pods whose labels may be set: those too that the topology has with other sizes. A pod that is being removed takes its
 * label away, and the list of members in a running pod lacks a change for up to two minutes: with a permission for today's members alone,
 * a primary that is elected in that time could not take its label (measured: writes paused for 83 s).
 */
export function labelledPods(clusterName: string, topology: TopologyConfig): string[] {
  return topology.memberSets.flatMap((set) => memberNames(clusterName, { ...set, replicas: set.replicasMax ?? set.replicas }));
}

/** The names of the pods of all members of a topology. */
export function allMembers(clusterName: string, topology: TopologyConfig): string[] {
  return topology.memberSets.flatMap((set) => memberNames(clusterName, set));
}
