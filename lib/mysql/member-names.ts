import { MemberSet } from './topology/topology-config';

/** The name of the StatefulSet of the members of one kind. */
export function memberSetName(clusterName: string, { suffix }: MemberSet): string {
  return `${clusterName}${suffix}`;
}

/** The names of its pods. */
export function memberNames(clusterName: string, set: MemberSet): string[] {
  return [...Array(set.replicas).keys()].map((ordinal) => `${memberSetName(clusterName, set)}-${ordinal}`);
}
