import { Answer, Run, Sandbox } from '../../../support/bash';
import { member, REPLICA } from '../members';
import { changesOf, server, State, verdictOf } from './server';

export const NOTHING_WRONG = 'answered_at=$SECONDS peers_asked_at=-1000; keep_root_password() { :; }; ';
export const FOLLOWING = `followed_in=1.5 incarnation=1.5 own_transactions=-; ${NOTHING_WRONG}`;
export const GUIDE = '; nothing is removed; see "A replica has transactions of its own" in the operations guide';
export const FENCE = 'SET GLOBAL offline_mode = ON;';
export const LET_IN = 'SET GLOBAL offline_mode = OFF;';

/** What became of a look of a replica's agent. */
export interface Ticked extends Run {
  readonly bash: Sandbox;
  readonly verdict: string;
  /** The statements that changed the server. */
  readonly changes: string[];
}

/** A look of the agent of a replica whose server is in this state. */
export function tick(state: State, answers: Answer[] = [], shell = `${FOLLOWING}tick`, bash = member(REPLICA)): Ticked {
  bash.answers(...answers, ...server(state));
  const run = bash.run('agent.sh', `keep_replication_password() { :; }; ${shell}`);
  return { ...run, bash, verdict: verdictOf(bash), changes: changesOf(run) };
}
