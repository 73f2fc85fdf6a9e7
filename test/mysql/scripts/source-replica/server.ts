import { Answer, Run, Sandbox } from '../../../support/bash';
import { hostOf, SOURCE, Survey, withData as row, withoutSaid } from '../members';

/** What member-state.sql tells of a server: a replica that is well and lets clients in, with changes. */
export interface State {
  readonly superReadOnly?: number;
  readonly readOnly?: number;
  readonly epoch?: number;
  readonly source?: string;
  readonly followed?: string;
  readonly receiver?: string;
  readonly receiverError?: number;
  readonly heard?: number;
  readonly applier?: string;
  readonly applierError?: number;
  readonly lag?: number;
  readonly drained?: number;
  readonly followers?: number;
  readonly executed?: string;
  readonly committed?: string;
  readonly received?: string;
  readonly promoting?: number;
  readonly offline?: number;
  /** Seconds since the last promotion. */
  readonly promoted?: number;
}

/** A member that answers the survey; it refuses clients when it is read-only, unless something else is said. */
export function withData(name: string, survey: Survey & { readonly offline?: number } = {}): Answer[] {
  return row(name, survey).map((answer) => ({ ...answer, says: `${String(answer.says).trim()}\t${survey.offline ?? 0}\n` }));
}

/** The row of member-state.sql. */
export function stateRow(state: State): string {
  return [
    state.superReadOnly ?? 1, state.readOnly ?? 1, state.offline ?? 0, state.epoch ?? 0, state.source ?? '-', state.promoted ?? 999999,
    state.followed ?? hostOf(SOURCE), state.receiver ?? 'ON', state.receiverError ?? 0, state.heard ?? 1, state.applier ?? 'ON',
    state.applierError ?? 0, state.lag ?? 0, state.drained ?? 1, state.followers ?? 0,
    state.executed ?? 'a:1-5', state.committed ?? '-', state.received ?? '-', state.promoting ?? 0,
  ].join('\t');
}

/** What member-state.sql answers on a server, this pod's unless another one is named. */
export function withState(state: State, on = 'local'): Answer[] {
  return [{ command: 'mysql', on, to: '@@GLOBAL.super_read_only,', says: `${stateRow(state)}\n` }];
}

/** This pod's server, which does what it is told: fences, opens, closes, follows. */
export function server(state: State): Answer[] {
  const [superReadOnly, readOnly, offline, epoch, source, promoted, followed, ...rest] = stateRow(state).split('\t');
  const says = (name: string, otherwise: string) => (
    `REPLY='${otherwise}'; [[ ! -e $RUN/now-${name} ]] || read -r REPLY <"$RUN/now-${name}"; printf '%s\\t' "$REPLY"`);
  const now = (name: string, value: string) => `echo '${value}' >"$RUN/now-${name}"`;
  const me = 'name=${input#*\\\'}; echo "${name%%\\\'*}"'; // @me
  const does = (to: string, ...what: string[]): Answer => ({ command: 'mysql', on: 'local', to, does: what.join('; ') });
  return [
    does('@@GLOBAL.super_read_only,', says('super', superReadOnly), says('read', readOnly), says('offline', offline),
      `printf '%s\\t' '${epoch}' '${source}' '${promoted}'`, says('followed', followed), `printf '%s\\n' '${rest.join('\t')}'`),
    does('SET @fenced =', now('offline', '0'), me),
    does('SET @closed =', now('super', '0'), now('read', '0'), me),
    does('SET GLOBAL offline_mode = ON', now('offline', '1')),
    does('SET GLOBAL offline_mode = OFF', now('offline', '0')),
    does('SET GLOBAL super_read_only = ON', now('super', '1'), now('read', '1')),
    does('STOP REPLICA; RESET REPLICA ALL', now('followed', '-')),
  ];
}

/** The last word of the agent, without its time. */
export function verdictOf(bash: Sandbox): string {
  return bash.exists('run/verdict') ? bash.read('run/verdict').replace(/^\d+ /, '').trim() : 'none';
}

const NAMES: [RegExp, string][] = [[/SET @fenced =/, 'let in'], [/SET @closed =/, 'open']];

/** The statements that changed this pod's server, in order; the two files of SQL by what they do. */
export function changesOf({ calls }: Run): string[] {
  return calls.filter(({ command, on }) => command === 'mysql' && on === 'local').map(({ input, arguments: text }) => (
    withoutSaid(input) || text.replace(/^.*--execute /, '')))
    .map((input) => NAMES.find(([pattern]) => pattern.test(input))?.[1] ?? input)
    .filter((input) => !/^(--.*\n)*(SELECT\b(?! IF\(GET_LOCK)|DO 1\b)/.test(input));
}
