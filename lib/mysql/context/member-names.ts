import { MemberSet, TopologyConfig } from '../topology/topology-config';

/** The name of the StatefulSet of the members of one kind. */
export function memberSetName(clusterName: string, { suffix }: MemberSet): string {
  return `${clusterName}${suffix}`;
}

/** The names of its pods. */
export function memberNames(clusterName: string, set: MemberSet): string[] {
  return [...Array(set.replicas).keys()].map((ordinal) => `${memberSetName(clusterName, set)}-${ordinal}`);
}

/** The names of the pods of all members of a topology. */
export function allMembers(clusterName: string, topology: TopologyConfig): string[] {
  return topology.memberSets.flatMap((set) => memberNames(clusterName, set));
}
