import { Answer, Call, Sandbox, sandbox } from '../../support/bash';

export const MEMBERS = ['mysql-0', 'mysql-1', 'mysql-2'];
export const PASSWORD = `router & 'its' "\\pass$word`;

/** What a member says of the group. */
export interface Said {
  readonly state?: string;
  readonly role?: string;
  readonly majority?: number;
}

/** A pod of Router, or of what keeps its metadata, before a group of three. */
export function routerPod(environment: Record<string, string> = {}): Sandbox {
  const made = sandbox({
    POD_NAME: 'mysql-router-x', ROUTER_SERVICE: 'mysql-router', ADOPTION: 'mysql-adoption', CLUSTER_NAME: 'mysql', ...environment,
  }, 'router');
  made.file('topology/members', MEMBERS.map((member) => `${member}\n`).join(''));
  made.password('secrets/router-password', PASSWORD);
  return made;
}

export function hostOf(member: string): string {
  return `${member}.mysql-members.shop.svc.cluster.local`;
}

/** A member that answers the survey, and takes what else it is told. */
export function surveyed(member: string, { state = 'ONLINE', role = 'SECONDARY', majority = 1 }: Said = {}): Answer[] {
  const row = ['data', 0, '-', 1, 'a:1-5', '-', '-', state, role, majority, MEMBERS.map(hostOf).join()].join('\t');
  return [{ command: 'mysql', on: member, to: 'gtid_purged', says: `${row}\n` }, { command: 'mysql', on: member }];
}

/** What was run on a server, but for what only asks. */
export function changes(calls: Call[], on: string): string[] {
  return calls.filter((call) => call.command === 'mysql' && call.on === on).map(({ input }) => input.trim())
    .filter((input) => /^(ALTER|CHANGE|CREATE|GRANT)/m.test(input));
}
