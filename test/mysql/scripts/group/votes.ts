import { Answer } from '../../../support/bash';
import { FIRST, hostOf, MEMBERS, tells, TIMELINE } from './members';

/** A member that gives its vote, over a connection that stays; or that answers something else. */
export function votes(name: string, says = '1\n'): Answer {
  return { command: 'mysql', on: name, to: 'GET_LOCK', says, does: 'exec sleep 9 2>/dev/null' };
}

/** A primary that gives the lock `join`, over a connection that stays; or that answers something else. */
export function letsJoin(says = '1\n', on = FIRST): Answer {
  return { command: 'mysql', on, to: 'cdk8s_stateful.join', says, does: 'exec sleep 9 2>/dev/null' };
}

export const ALL_VOTE = MEMBERS.map((name) => votes(name));
export const ALL_ANSWER = MEMBERS.flatMap((name) => tells(name));
export const FLAG_OFF = 'SET GLOBAL group_replication_bootstrap_group = OFF';
export const SEEDS = MEMBERS.map((name) => `${hostOf(name)}:3306`).join();

/** What a server is told for a start, with the settings that it has lost. */
function settings(name: string): string[] {
  return [
    TIMELINE,
    `SET GLOBAL group_replication_local_address = '${hostOf(name)}:3306';`,
    `SET GLOBAL group_replication_group_seeds = '${SEEDS}';`,
    `SET GLOBAL group_replication_member_weight = ${90 - 10 * Number(name.split('-').at(-1))};`,
  ];
}

/** What bootstraps a group on a member, with a short password. */
export function bootstraps(name: string, password: string): string {
  return [
    ...settings(name),
    `CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replication', SOURCE_PASSWORD = '${password}' FOR CHANNEL 'group_replication_recovery';`,
    'SET GLOBAL group_replication_bootstrap_group = ON;', 'START GROUP_REPLICATION;', `${FLAG_OFF};`,
  ].join('\n');
}

/** What has a member join a group. */
export function joins(name: string): string {
  return [...settings(name), `${FLAG_OFF};`, 'START GROUP_REPLICATION;'].join('\n');
}
