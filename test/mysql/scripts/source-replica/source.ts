import { Answer, Run, Sandbox } from '../../../support/bash';
import { OTHER, REPLICA } from '../members';
import { server, State, withData } from './server';

/** As a server starts. */
export const CLOSED = { superReadOnly: 1, readOnly: 1, offline: 1, followed: '-' };
export const OPEN = { superReadOnly: 0, readOnly: 0, offline: 0, followed: '-', followers: 2 };
export const BOTH = [...withData(REPLICA), ...withData(OTHER)];
// Time stands still, unless a test sets it: without its attribute SECONDS is a variable like any other.
const NOTHING_WRONG = 'unset SECONDS; SECONDS=1; answered_at=1 peers_asked_at=1; keep_root_password() { :; }; keep_accounts() { :; }; ';

/** A look of the agent of a source whose server is in this state. */
export function tick(bash: Sandbox, state: State, answers: Answer[] = [], shell = 'tick'): Run {
  bash.answers(...answers, ...server(state));
  return bash.run('agent.sh', NOTHING_WRONG + shell);
}
