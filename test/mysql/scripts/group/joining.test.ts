import { Answer, describeScript, Run } from '../../../support/bash';
import { FIRST, hasApplied, killed, member, MEMBERS, OUT, SECOND, tells, tellsInGroup, THIRD, tick } from './members';
import { letsJoin } from './votes';

describeScript('a join that takes long', () => {
  const HANGS: Answer = {
    command: 'mysql', on: 'local', to: 'START GROUP',
    does: 'for i in {1..200}; do [[ ! -e $RUN/kill-server && ! -e $RUN/enough ]] || exit 1; sleep 0.02; done',
  };
  /** Each wait is a second, and the server gives up after these. */
  const clock = (seconds: number) => `pause_for() { ((++SECONDS < ${100 + seconds})) || : >"$RUN/enough"; sleep 0.02; }; `;

  /** The group of the first two, which is asked a second time while the third one joins, and answers so. */
  function joinsWhile(first: Answer[], second: Answer[], { seconds = 12, applied = '1', own = 'CHANGING' } = {}) {
    const answers = [first, second].flatMap(([later], index) => {
      const [now, ...others] = tellsInGroup(MEMBERS[index], index === 0 ? 'PRIMARY' : 'SECONDARY');
      return [{ ...now, says: [now, later].map(({ says }) => String(says)) }, ...others];
    });
    const [out] = tells(THIRD);
    const itself: Answer = { ...out, says: [out, ...tells(THIRD, { state: own })].map(({ says }) => String(says)) };
    const bash = member(THIRD);
    bash.password('secrets/replication-password', 'short word');
    const run = tick(bash, OUT, [letsJoin(), HANGS, hasApplied(applied), itself, ...answers], `${clock(seconds)}once`);
    return { ...run, killed: killed(bash), noted: bash.exists('volume/joining') };
  }

  const asked = ({ calls }: Run) => calls.filter(({ on, input }) => on === FIRST && input.includes('gtid_purged'));

  test('is given up after 2 s when all others are in no group by then, and leaves nothing behind in the next one', () => {
    const run = joinsWhile(tells(FIRST), tells(SECOND, { state: 'CHANGING' }));
    expect(run).toMatchObject({ killed: 'it was joining a group that has ended', noted: false });
    expect(asked(run)).toHaveLength(2);
  });

  test.each<[string, Answer[], Answer[], string]>([
    ['a group works', tells(FIRST), tellsInGroup(SECOND, 'PRIMARY'), '1'],
    ['one is in a group without quorum', tells(FIRST), tells(SECOND, { state: 'ONLINE', majority: 0 }), '1'],
    ['one does not answer', tells(FIRST), [{ command: 'mysql', says: '' }], '1'],
    ['this member has not applied all that it received', tells(FIRST), tells(SECOND), '0'],
  ])('is not given up while %s', (_, first, second, applied) => {
    const run = joinsWhile(first, second, { applied });
    expect(run).toMatchObject({ killed: undefined, noted: true });
    expect(asked(run).length).toBeGreaterThan(2);
  });

  test('is not given up when it has failed meanwhile', () => {
    expect(joinsWhile(tells(FIRST), tells(SECOND), { own: 'OFFLINE' }).killed).toBeUndefined();
  });

  test('lets no other member be asked in its first 2 s', () => {
    const run = joinsWhile(tells(FIRST), tells(SECOND), { seconds: 1 });
    expect(asked(run)).toHaveLength(1);
  });
});
