import { Answer, Sandbox } from '../../support/bash';
import { member as groupMember } from './group/members';
import { member as sourceMember } from './members';

export const GROUP = ['mysql-0', 'mysql-1', 'mysql-2'];
export const SOURCES = ['mysql-source-0', 'mysql-replica-0', 'mysql-replica-1'];
/** The clock of all servers and agents of these tests. */
export const NOW = 1_800_000_000;
const DAY = 86_400;

/** What status.sql tells of a member: a secondary or a replica that is well, with changes. */
export interface Look {
  readonly topology?: 'group' | 'source-replica';
  readonly role?: string;
  readonly state?: string;
  readonly closed?: number;
  readonly fenced?: number;
  readonly majority?: number;
  readonly online?: string[];
  readonly follows?: string;
  readonly lag?: number;
  readonly waiting?: string;
  readonly executed?: string;
  readonly receiver?: string;
  readonly applier?: string;
  readonly error?: number;
  readonly epoch?: number;
  readonly promoted?: string;
  readonly promotedAt?: number;
  readonly reason?: string;
  readonly version?: string;
  readonly expires?: number;
  readonly clock?: number;
  /** What the agent says: `ready SECONDARY: why`, and how many seconds ago; nothing where it is empty. */
  readonly says?: string;
  readonly ago?: number;
  readonly disk?: string;
  readonly archive?: string;
}

/** A field as a client writes it. */
const escaped = (fields: (string | number)[]) => fields.join('\t').replaceAll('\\', '\\\\').replaceAll('\t', '\\t');

/** The row of status.sql. */
export function lookRow(look: Look): string {
  const { topology = 'group' } = look;
  const says = look.says ?? (topology === 'group' ? 'ready SECONDARY: a secondary' : 'ready REPLICA: a replica');
  const isGroup = topology === 'group';
  const clock = look.clock ?? NOW;
  const online = look.online ?? (isGroup ? GROUP : []);
  const [word, ...rest] = says.split(' ');
  return [
    topology, look.role ?? (isGroup ? 'secondary' : 'replica'), look.state ?? (isGroup ? 'ONLINE' : 'FOLLOWING'), look.closed ?? 1,
    look.fenced ?? 0, look.majority ?? 1, online.length, online.join() || '-', look.follows ?? (isGroup ? GROUP : SOURCES)[0],
    look.lag ?? 0, look.waiting ?? '-', look.executed ?? 'a:1-9', look.receiver ?? (isGroup ? '-' : 'ON'), look.applier ?? 'ON',
    look.error ?? 0,
    look.epoch ?? 1, look.promoted ?? (isGroup ? GROUP : SOURCES)[0], look.promotedAt ?? NOW - 3600, look.reason ?? 'elected by the group',
    look.version ?? '9.7.4', look.expires ?? NOW + 90 * DAY, NOW - DAY, clock,
    says === '' ? '-' : escaped([clock - (look.ago ?? 1), word, rest.join(' '), look.disk ?? '61%', 1_000_000]), look.archive ?? '-',
  ].join('\t');
}

/** A member that answers the look. */
export function looks(name: string, look: Look = {}): Answer {
  return { command: 'mysql', on: name, to: 'cdk8s_stateful_says', says: `${lookRow(look)}\n` };
}

/** The primary of a group, with changes. */
export function primary(look: Look = {}): Answer {
  return looks(look.promoted ?? GROUP[0], { role: 'primary', closed: 0, says: 'ready PRIMARY: the primary', ...look });
}

/** The source, with changes. */
export function source(look: Look = {}): Answer {
  return looks(SOURCES[0], {
    topology: 'source-replica', role: 'source', state: 'OPEN', closed: 0, says: 'ready SOURCE: open for writes', follows: '-',
    receiver: '-', ...look,
  });
}

/** A replica, with changes. */
export function replica(name: string, look: Look = {}): Answer {
  return looks(name, { topology: 'source-replica', ...look });
}

/** What the leader says that members have and it has not, and the other way round. */
export function compares(leader: string, sets: Record<string, [errant: string, missing: string]>): Answer {
  const lines = Object.entries(sets).map(([name, [errant, missing]]) => `${name}\t${errant}\t${missing}\n`);
  return { command: 'mysql', on: leader, to: '@more', says: lines.join('') };
}

/** All that a member has, of these. */
export const alike = (leader: string, names: string[]) => compares(leader, Object.fromEntries(names.map((name) => [name, ['-', '-']])));

/** A server that answers with an error. */
export function refuses(name: string, error: number): Answer {
  return { command: 'mysql', on: name, says: `ERROR ${error} (28000): refused\n`, status: 1 };
}

/** What the archive says, with changes. */
export function archived({
  word = 'ready', state = 'ARCHIVING: chain 1', until = '2027-01-15T07:59:30Z', ago = 1, passed = '2027-01-10T04:41:00Z', failed = '-',
} = {}): string {
  return escaped([NOW - ago, word, state, until, 'b-7', '2027-01-15T06:00:00Z', 4096, 2, 8192, 555, passed, failed]);
}

/** The pod of a member, whose clock stands still. */
export function watcher(topology: 'group' | 'source-replica' = 'group', name?: string): Sandbox {
  const environment = { COMPARE_PAUSE: '0' };
  return topology === 'group' ? groupMember(name ?? GROUP[0], environment) : sourceMember(name ?? SOURCES[0], environment);
}
