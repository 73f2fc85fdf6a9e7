import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { member, OTHER, REPLICA, SOURCE, withData, withoutData } from '../members';

const DECIDE = 'members; survey "${peers[@]}"; decide; restore_instead; overrule; echo "$action ${donor:--}"; echo "$reason"';

function decide(bash: Sandbox, ...answers: Answer[]): string[] {
  bash.answers(...answers);
  return bash.run('provision.sh', DECIDE).output.trimEnd().split('\n');
}

describeScript('a source without data', () => {
  test('copies a restore in place of that, where one is asked for', () => {
    const bash = member(SOURCE);
    bash.file('topology/restore', 'mysql-restore.shop.svc\n');
    expect(decide(bash, ...withoutData(REPLICA), ...withoutData(OTHER))).toEqual([
      'wait -', 'no member has data: waiting for the restore at mysql-restore.shop.svc',
    ]);
    expect(decide(bash, { command: 'mysql', on: 'mysql-restore', says: '1\n' })).toEqual([
      'clone the restore at mysql-restore.shop.svc', 'no member has data',
    ]);
    expect(decide(bash, ...withData(REPLICA, { received: 'a:1-5' }))[0]).toBe(`clone ${REPLICA}`);
  });
});
