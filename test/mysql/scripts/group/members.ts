import { readFileSync } from 'node:fs';
import { Answer, Call, Run, Sandbox, sandbox } from '../../../support/bash';
import { hostOf, ROOT_OPTIONS } from '../members';

export { hostOf, withoutData as hasNone } from '../members';

/** Shell: time stands still, unless a test sets it: without their attribute SECONDS and EPOCHSECONDS are variables like any other. */
export const STILL = 'unset SECONDS EPOCHSECONDS; SECONDS=100 EPOCHSECONDS=1000; ';

export const [FIRST, SECOND, THIRD] = ['mysql-0', 'mysql-1', 'mysql-2'];
export const MEMBERS = [FIRST, SECOND, THIRD];

const sql = (name: string) => readFileSync(`lib/mysql/sql/group/${name}`, 'utf8').trim();

/** The statements that record a promotion. */
export const promotion = (pod: string, reason: string) => `SET @source = '${pod}', @reason = '${reason}';\n${sql('promotion.sql')}`;

/** The statements that a table of an earlier version needs. */
export const ADDITION = sql('add-executed.sql');

/** The statements that give a group the name of its timeline. */
export const TIMELINE = sql('timeline.sql');

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
  /** Those of them that are RECOVERING. */
  readonly joining?: string[];
  readonly fenced?: number;
}

/** What member-state.sql tells of the pod's own server: a secondary that is well, with changes. */
export interface Own {
  readonly state?: string;
  readonly role?: string;
  readonly majority?: number;
  readonly online?: number;
  readonly primary?: string;
  readonly superReadOnly?: number;
  readonly offline?: number;
  readonly source?: string;
  readonly epoch?: number;
  readonly applier?: string;
  readonly lag?: number;
  /** When the group last agreed on something. */
  readonly heard?: string;
  /** Of what the guard writes: for how long the group has agreed on nothing, in seconds. */
  readonly quiet?: number;
}

/** The own server of a member that is in no group. */
export const OUT: Own = { state: 'OFFLINE', role: '-', majority: 0, online: 0, primary: '-', offline: 1 };

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
  const { state = 'OFFLINE', role = '-', majority = 0, listed = [], joining = [], fenced = 1 } = told;
  const row = [
    'data', epoch, source, readOnly, executed, received, purged, state, role, majority, listed.join() || '-', joining.join() || '-', fenced,
  ].join('\t');
  return [{ command: 'mysql', on: name, to: 'gtid_purged', says: `${row}\n` }];
}

/** A member that tells its last promotion. */
export function knows(name: string, last: number | string, more: Partial<Answer> = {}): Answer {
  return { command: 'mysql', on: name, to: 'SELECT MAX(id)', says: `${last}\n`, ...more };
}

/** A member that answers the survey from a group that works. */
export function tellsInGroup(name: string, role: 'PRIMARY' | 'SECONDARY' = 'SECONDARY', told: Told = {}): Answer[] {
  return [
    ...tells(name, { state: 'ONLINE', role, majority: 1, listed: [name], readOnly: role === 'PRIMARY' ? 0 : 1, ...told }),
    { command: 'mysql', on: name, to: '@promotion', says: 'history\t1\t-\n' },
  ];
}

/** The row of member-state.sql. */
export function rowOf(own: Own): string {
  return [
    'state', own.state ?? 'ONLINE', own.role ?? 'SECONDARY', own.majority ?? 1, own.online ?? 3, own.primary ?? hostOf(FIRST),
    own.superReadOnly ?? 1, own.offline ?? 0, own.source ?? FIRST, own.epoch ?? 1, own.applier ?? 'ON', own.lag ?? 0,
    own.heard ?? '-', ...own.quiet === undefined ? [] : [own.quiet],
  ].join('\t');
}

/** What the pod's own server answers to the guard: this, and then that. */
export function is(...states: Own[]): Answer {
  return { command: 'mysql', on: 'local', to: '@@GLOBAL.offline_mode,', says: states.map((own) => `${rowOf(own)}\n`) };
}

/** Shell: what the guard saw just now, in this generation; whether clients are let in follows from the fence, if it is not given. */
export function sees(own: Own, generation = '7.5', open = own.offline === 1 ? 0 : 1): string {
  return `printf '%s\\t%s\\t%s\\t%s\\n' "$EPOCHSECONDS" ${generation} ${open} $'${rowOf(own).replaceAll('\t', '\\t')}' >"$RUN/member"; `;
}

/** The API server takes each change of a label, or answers this. */
export function api(status: number | number[] = 200, pod = ''): Answer {
  return { command: 'curl', to: pod === '' ? '' : `/pods/${pod}`, says: [status].flat().map((code) => `{"kind":"Answer"}\n${code}`) };
}

/** The API server shows a pod with this label, in this version. */
export function shows(pod: string, role: string, version = 7): Answer {
  const metadata = { name: pod, resourceVersion: String(version), labels: { 'mysql.role': role } };
  return { command: 'curl', to: `GET --header Content-Type: application/json --write-out \\n%{http_code} https://10.0.0.1:443/api/v1/namespaces/shop/pods/${pod}`,
    says: `${JSON.stringify({ metadata })}\n200` };
}

/** The labels that were set: `mysql-0=primary`, or `mysql-1:primary=none` when only in place of another one, or of a version. */
export function labels({ calls }: Pick<Run, 'calls'>): string[] {
  return calls.filter((call) => call.command === 'curl' && call.arguments.includes('--request PATCH')).map((call) => {
    const patch = JSON.parse(call.input.split('\n').at(-1)!) as { op: string; value: string }[];
    const pod = /\/pods\/([^ ]*)$/.exec(call.arguments)![1];
    return `${pod}${patch.filter(({ op }) => op === 'test').map(({ value }) => `:${value}`).join('')}=${patch.at(-1)!.value}`;
  });
}

/** The pods whose labels were looked at. */
export function looked({ calls }: Pick<Run, 'calls'>): string[] {
  return calls.filter((call) => call.command === 'curl' && call.arguments.includes('--request GET')).map(({ arguments: argv }) => (
    /\/pods\/([^ ]*)$/.exec(argv)![1]));
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

/** Why the server was killed, if it was. */
export function killed(bash: Sandbox): string | undefined {
  return bash.exists('run/kill-server') ? bash.read('run/kill-server').trim() : undefined;
}

/** The server answers whether it has applied all that it received: `1`, `0`, or with an error. */
export function hasApplied(says: string): Answer {
  return { command: 'mysql', on: 'local', to: 'received_transaction_set FROM', says: `${says}\n`, status: says === '' ? 1 : 0 };
}

const READY = `${STILL}keep_root_password() { :; }; keep_accounts() { :; }; keep_recovery_password() { :; }; `
  + 'write_remote_options monitor; sleep() { command sleep 0.02; }; ' // quicker than in a pod
  // As in tick_forever, where errors do not end the shell. The guard looks each time, after what the agent did: file systems tell times
  // apart by some milliseconds only.
  + 'once() { if [[ -e $RUN/member ]]; then while touch "$RUN/member"; [[ ! $RUN/member -nt $RUN/acted ]]; do command sleep 0.01; done; '
  + 'fi; tick || log WARNING "this round failed with status $?"; }; ';

/** Lets the agent look `once`, or runs other shell of it; the API server takes what the answers do not speak of. */
export function tick(bash: Sandbox, own: Own, answers: Answer[] = [], shell = 'once'): Run {
  bash.answers(...answers, api());
  return bash.run('agent.sh', READY + sees(own) + shell);
}
