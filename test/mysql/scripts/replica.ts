import { Answer, Run, Sandbox } from '../../support/bash';
import { member, REPLICA, State, withState } from './members';

export const NOTHING_WRONG = 'keep_root_password() { :; }; ';
export const FOLLOWING = `followed_in=1.5 incarnation=1.5 own_transactions=-; ${NOTHING_WRONG}`;
export const GUIDE = '; nothing is removed; see "A replica has transactions of its own" in the operations guide';

/** What became of a look of a replica's agent. */
export interface Ticked extends Run {
  readonly bash: Sandbox;
  readonly verdict: string;
}

/** A look of the agent of a replica whose server is in this state. */
export function tick(state: State, answers: Answer[] = [], shell = `${FOLLOWING}tick`, bash = member(REPLICA)): Ticked {
  bash.answers(...answers, ...withState(state));
  const run = bash.run('agent.sh', shell);
  return { ...run, bash, verdict: bash.exists('run/verdict') ? bash.read('run/verdict').replace(/^\d+ /, '').trim() : 'none' };
}
