import { Answer, Run, Sandbox } from '../../../support/bash';
import { ANSWER_SECONDS_MAX } from '../members';
import { hostOf, member, Own, SECOND, statements } from './members';

export const UP = 'SET GLOBAL offline_mode = ON;';
export const DOWN = 'SET GLOBAL offline_mode = OFF;';
export const PRIMARY: Own = { role: 'PRIMARY', superReadOnly: 0, primary: hostOf(SECOND), source: SECOND };
export const FENCED: Own = { offline: 1 };
export const FENCED_PRIMARY: Own = { ...PRIMARY, ...FENCED };
export const SILENT = 'FENCING: the server does not answer; raising the fence is its first statement';
export const fencedFor = (why: string) => `FENCED: ${why}; clients are refused`;

// Time stands still, unless a test sets it. `looks` numbers the generations, and says whether clients are let in.
const READY = 'unset SECONDS; SECONDS=0; declare -A numbers=(); '
  + 'tell() { local number=none; if [[ -n $generation ]]; then : "${numbers[$generation]:=$((${#numbers[@]} + 1))}"; '
  + 'number=${numbers[$generation]}; fi; echo "$number ${is_open:+open}"; }; '
  + 'looks() { local turn; for ((turn = 0; turn < ${1-1}; turn++)); do look; tell; done; }; '
  + 'asks() { echo "${1-$generation}" >"$OPEN_REQUEST"; }; '
  + 'write_remote_options monitor; ';

export interface Guarded extends Run {
  readonly bash: Sandbox;
  /** The generation and whether clients are let in, after each look. */
  readonly looks: string[];
  /** What the server was told. */
  readonly told: string[];
}

/** The guard of the second member, in shell of a test. */
export function guard(answers: Answer[], shell: string, bash = member(SECOND, { ANSWER_SECONDS_MAX })): Guarded {
  if (!bash.exists('run/incarnation')) {
    bash.file('run/incarnation', '1.5\n');
  }
  bash.answers(...answers);
  const run = bash.run('guard.sh', `${READY}${shell}; close_session`);
  return { ...run, bash, looks: run.output.trimEnd().split('\n').map((line) => line.trimEnd()), told: statements(run.calls) };
}
