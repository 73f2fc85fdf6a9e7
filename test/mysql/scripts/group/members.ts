import { Answer, Call, Run, Sandbox, sandbox } from '../../../support/bash';
import { hostOf, ROOT_OPTIONS } from '../members';

export { hostOf, withoutData as hasNone } from '../members';

/** Shell: time stands still, unless a test sets it: without its attribute SECONDS is a variable like any other. */
export const STILL = 'unset SECONDS; SECONDS=100; ';

export const [FIRST, SECOND, THIRD] = ['mysql-0', 'mysql-1', 'mysql-2'];
export const MEMBERS = [FIRST, SECOND, THIRD];

/** What survey.sql tells of a member with data: one that is in no group, with changes. */
export interface Told {
  readonly epoch?: number;
  readonly source?: string;
  readonly readOnly?: number;
  readonly executed?: string;
  readonly received?: string;
  readonly purged?: string;
  readonly state?: string;
  readonly role?: string;
  readonly majority?: number;
  /** The pods that it lists as those of its group. */
  readonly listed?: string[];
}

/** What member-state.sql tells of the agent's own server: a secondary that is well, with changes. */
export interface Own {
  readonly state?: string;
  readonly role?: string;
  readonly majority?: number;
  readonly online?: number;
  readonly primary?: string;
  readonly superReadOnly?: number;
  readonly offline?: number;
  readonly source?: string;
  readonly applier?: string;
  readonly lag?: number;
}

/** The pod of a member of a group of three. */
export function member(name: string, environment: Record<string, string> = {}): Sandbox {
  const made = sandbox({ POD_NAME: name, SERVER_ID_BASE: '1000', ...environment }, 'group');
  made.file('topology/members', MEMBERS.map((line) => `${line}\n`).join(''));
  made.file('run/root.cnf', ROOT_OPTIONS);
  return made;
}

/** A member that answers the survey. */
export function tells(name: string, told: Told = {}): Answer[] {
  const { epoch = 0, source = '-', readOnly = 1, executed = 'g:1-5', received = '-', purged = '-' } = told;
  const { state = 'OFFLINE', role = '-', majority = 0, listed = [] } = told;
  const row = [
    'data', epoch, source, readOnly, executed, received, purged, state, role, majority, listed.length === 0 ? '-' : listed.join(),
  ].join('\t');
  return [{ command: 'mysql', on: name, to: 'gtid_purged', says: `${row}\n` }];
}

/** A member that answers the survey from a group that works. */
export function tellsInGroup(name: string, role: 'PRIMARY' | 'SECONDARY' = 'SECONDARY', told: Told = {}): Answer[] {
  return tells(name, { state: 'ONLINE', role, majority: 1, listed: [name], readOnly: role === 'PRIMARY' ? 0 : 1, ...told });
}

/** What the agent's own server answers. */
export function is(own: Own): Answer[] {
  const row = [
    'state', own.state ?? 'ONLINE', own.role ?? 'SECONDARY', own.majority ?? 1, own.online ?? 3, own.primary ?? hostOf(FIRST),
    own.superReadOnly ?? 1, own.offline ?? 0, own.source ?? FIRST, own.applier ?? 'ON', own.lag ?? 0,
  ].join('\t');
  return [{ command: 'mysql', on: 'local', to: '@@GLOBAL.offline_mode,', says: `${row}\n` }];
}

/** The API server takes each change of a label, or answers this. */
export function api(status: number | number[] = 200, pod = ''): Answer {
  return { command: 'curl', to: pod === '' ? '' : `/pods/${pod} `, says: [status].flat().map((code) => `{"kind":"Answer"}\n${code}`) };
}

/** The labels that were set: `mysql-0=primary`, or `mysql-1:primary=none` when only in place of another one. */
export function labels({ calls }: Pick<Run, 'calls'>): string[] {
  return calls.filter(({ command }) => command === 'curl').map((call) => {
    const patch = JSON.parse(call.input.split('\n').at(-1)!) as { op: string; value: string }[];
    const pod = /\/pods\/([^ ]*)$/.exec(call.arguments)![1];
    return `${pod}${patch.filter(({ op }) => op === 'test').map(({ value }) => `:${value}`).join('')}=${patch.at(-1)!.value}`;
  });
}

/** The statements that were run on a server, without those that only ask. */
export function statements(calls: Call[], on = 'local'): string[] {
  return calls.filter((call) => call.command === 'mysql' && call.on === on).map(({ input }) => input.trim())
    .filter((input) => !/^(--.*\n)*(SELECT(?! GET_LOCK| group_replication_set_as_primary)|DO 1\b|$)/.test(input));
}

/** What the readiness probe would find, without the time. */
export function verdict(bash: Sandbox): string {
  return bash.exists('run/verdict') ? bash.read('run/verdict').replace(/^\d+ /, '').trim() : 'none';
}

// Time stands still, unless a test sets it: without its attribute SECONDS is a variable like any other.
const READY = 'unset SECONDS; SECONDS=100; keep_root_password() { :; }; keep_accounts() { :; }; keep_recovery_password() { :; }; '
  + 'write_remote_options monitor; '
  + 'once() { tick || log "that went wrong (status $?)"; }; '; // as in tick_forever, where errors do not end the shell

/** Lets the agent look `once`, or runs other shell of it; the API server takes what the answers do not speak of. */
export function tick(bash: Sandbox, own: Own, answers: Answer[] = [], shell = 'once'): Run {
  bash.answers(...answers, ...is(own), api());
  return bash.run('agent.sh', READY + shell);
}
