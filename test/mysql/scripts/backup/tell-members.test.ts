import { Answer, describeScript, Run, sandbox, Sandbox } from '../../../support/bash';

const [FIRST, SECOND] = ['mysql-0', 'mysql-1'];
const STILL = 'unset SECONDS EPOCHSECONDS; SECONDS=100; EPOCHSECONDS=1800000000; ';
/** Shell: waits until a member has answered. */
const HEARD = 'for try in {1..200}; do [[ ! -s $RUN/told ]] || break; command sleep 0.05; done; ';

/** A session with a member, which answers or does not. */
const hears = (on: string, does = 'true'): Answer => ({ command: 'mysql', on, to: 'cdk8s_stateful_archive_says', does });

function told(shell: string, answers: Answer[], prepare: (bash: Sandbox) => void = () => undefined): Run {
  const bash = sandbox({ POD_NAME: 'mysql-archive-0', INTERVAL: '10' }, 'backup-group');
  bash.file('topology/members', `${FIRST}\n${SECOND}\n`);
  bash.file('volume/known/.complete', '');
  bash.file('run/monitor.cnf', '');
  prepare(bash);
  bash.answers(...answers);
  return bash.run('receive.sh', `${STILL}trap '' PIPE; position[timeline]=initial; free_mib=2; ${shell}`);
}

const base = (id: string, timeline = 'initial', bytes = 100) => (
  `id ${id}\ntimeline ${timeline}\ntaken_at 2027-01-0${id.slice(-1)}T00:00:00Z\nbytes ${bytes}\nend\n`);

describeScript('what the archive tells', () => {
  const text = (shell: string, prepare?: (bash: Sandbox) => void) => (
    told(`${shell}what_to_tell ready "ARCHIVING: chain 1"; echo "$REPLY"`, [], prepare).output.trimEnd().split('\t'));

  test('has no base and no end while nothing is stored', () => {
    expect(text('')).toEqual(['1800000000', 'ready', 'ARCHIVING: chain 1', '-', '-', '-', '-', '0', '0', String(2 << 20), '-', '-']);
  });

  test('has the newest base of the timeline, how many there are, and until when all is stored', () => {
    const prepare = (bash: Sandbox) => {
      bash.file('volume/known/bases/b1.info', base('b1'));
      bash.file('volume/known/bases/b2.info', base('b2', 'initial', 300));
      bash.file('volume/known/bases/b3.info', base('b3', 'other'));
      bash.file('volume/known/bases/b4.info', 'id b4\n'); // not whole
    };
    expect(text('checked_at=1799999990; ', prepare).slice(3, 9))
      .toEqual(['2027-01-15T07:59:50Z', 'b2', '2027-01-02T00:00:00Z', '300', '2', '400']);
    expect(text('checked_at=1799999990; position[missing]=a:7; ', prepare)[3]).toBe('2027-01-02T00:00:00Z'); // only what the base has
    expect(text('', prepare)[3]).toBe('2027-01-02T00:00:00Z');
  });

  test('has when a drill of the timeline last passed, and when one failed', () => {
    const prepare = (bash: Sandbox) => {
      bash.file('volume/known/drills/initial/passed.info', 'at 2027-01-02T04:41:00Z\nend\n');
      bash.file('volume/known/drills/initial/failed.info', 'at 2027-01-09T04:41:00Z\nend\n');
      bash.file('volume/known/drills/other/passed.info', 'at 2027-01-10T04:41:00Z\nend\n');
    };
    expect(text('', prepare).slice(-2)).toEqual(['2027-01-02T04:41:00Z', '2027-01-09T04:41:00Z']);
  });
});

describeScript('the archive', () => {
  test('tells a member, in a session that stays open, and not more often than every 5 s unless it changes', () => {
    const tell = 'tell_members ready "ARCHIVING: chain 1"; ';
    const { calls, output } = told(`${tell}first=$teller; ${HEARD}${tell}SECONDS=105; ${tell}${HEARD}tell_members unready "GAP: of b"; ${HEARD}`
      + '[[ $teller == "$first" ]] || echo another; end_teller', [hears(FIRST)]);
    expect(output).toBe('');
    expect(calls.filter(({ command }) => command === 'mysql').map(({ on, input }) => [on, input.split('\t')[2]]))
      .toEqual([[FIRST, 'ARCHIVING: chain 1'], [FIRST, 'ARCHIVING: chain 1'], [FIRST, 'GAP: of b']]);
  });

  test('goes to the next member when one does not answer', () => {
    const tell = 'tell_members ready "ARCHIVING: chain 1"; ';
    const { output, calls } = told(`${tell}echo "$turn"; SECONDS=111; ${tell}echo "$turn"; ${HEARD}end_teller`,
      [hears(FIRST, 'exec sleep 30'), hears(SECOND)]);
    expect(output).toBe('0\n1\n');
    expect(calls.at(-1)!.on).toBe(SECOND);
  });

  test('goes to the next member when the session ended, and is not kept waiting', () => {
    const start = Date.now();
    const { output } = told('tell_members ready "A: b"; kill -9 "$teller"; wait "$teller" || true; SECONDS=106; '
      + 'tell_members ready "A: b"; echo "$turn"; end_teller', [hears(FIRST, 'exec sleep 30'), hears(SECOND, 'exec sleep 30')]);
    expect(output).toBe('1\n');
    expect(Date.now() - start).toBeLessThan(20_000);
  });

  test('stays with a member that answers', () => {
    const { output } = told(`tell_members ready "A: b"; echo 1 >"$RUN/told"; SECONDS=111; tell_members ready "A: b"; echo "$turn"; end_teller`,
      [hears(FIRST, 'exec sleep 30')]);
    expect(output).toBe('0\n');
  });

  test('tells nobody while the list of members is empty', () => {
    expect(told('tell_members ready "A: b"; echo "[$teller]"', [], (bash) => bash.file('topology/members', '')).output).toBe('[]\n');
  });
});
