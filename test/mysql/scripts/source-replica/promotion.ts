import { Answer, Run } from '../../../support/bash';
import { member, statements, Survey } from '../members';
import { State, withData, withState } from './server';

export const pod = (name: string, role: string): Answer => ({
  command: 'curl', to: `/pods/${name} `,
  says: `{"metadata":{"labels":{"mysql.role":"${role}"}}}\n200`,
});
export const takes = (name: string): Answer => ({ command: 'mysql', on: name });
/** The connection that holds the lock of a promotion, for as long as it is let. */
export const locks = (name: string): Answer => (
  { command: 'mysql', on: name, to: 'GET_LOCK(\'cdk8s_stateful.promotion\'', says: '1\n', does: 'exec sleep 60 2>/dev/null' });
export const LABELLED: Answer = { command: 'curl', to: '--request PATCH', says: '{}\n200' };
export const NO_POD: Answer = { command: 'curl', to: '--request GET', says: '{}\n404' };
export const GONE = { receiver: 'CONNECTING', heard: 100 };
const QUICK = 'sleep() { SECONDS=$((SECONDS + 100)); }; ';

/** A replica that no longer hears of the source, and takes what it is told. */
export function replica(name: string, survey: Survey = {}, state: State = {}): Answer[] {
  return [
    ...withData(name, survey), ...withState({ ...GONE, ...state }, name),
    { command: 'mysql', on: name, to: 'original_commit_timestamp FROM', says: '2026-01-02 03:04:05\n' }, locks(name), takes(name),
  ];
}

/** A replica that lets clients write as soon as a promotion was written into its data. */
export function opening(name: string, survey: Survey = {}, state: State = {}): Answer[] {
  const [closed] = withData(name, survey);
  const [open] = withData(name, { ...survey, readOnly: 0 });
  return [
    { ...closed, says: undefined, does: `[[ -e $RUN/promoted ]] && printf '%s' '${String(open.says)}' || printf '%s' '${String(closed.says)}'` },
    { command: 'mysql', on: name, to: 'INSERT INTO', does: 'touch "$RUN/promoted"' }, ...replica(name, survey, state).slice(1),
  ];
}

export function operate(operation: string, answers: Answer[], environment: Record<string, string> = {}, shell = ''): Run {
  const bash = member('mysql-promote-x7z', environment);
  bash.answers(...answers);
  return bash.run('promote.sh', `${QUICK}${shell}main ${operation}`);
}

/** What the operation changed: statements on members, and labels. */
export function changes({ calls }: Run): string[] {
  return calls.flatMap((call) => {
    if (call.command === 'curl') {
      return call.arguments.includes('PATCH') ? [`${/pods\/(.*)$/.exec(call.arguments)![1]} ${call.input.split('\n').at(-1)}`] : [];
    }
    return statements([call], call.on).map((statement) => `${call.on}: ${statement}`);
  });
}
