import { Answer, describeScript } from '../../../support/bash';
import { FREEZES, member, OTHER, REPLICA, SOURCE, UNTIL_FROZEN } from '../members';
import { changesOf, server, State, stateRow, verdictOf, withData } from './server';
import { BOTH, OPEN, tick } from './source';

describeScript('a source that was not seen for a while', () => {
  const later = 'tick; SECONDS=14; tick';

  test('refuses clients, asks the others, and lets clients in when none was promoted', () => {
    const bash = member(SOURCE);
    const run = tick(bash, OPEN, BOTH, later);
    expect(changesOf(run)).toEqual(['SET GLOBAL offline_mode = ON;', 'let in']);
    expect(run.log).toEqual([
      'ready: SOURCE: open for writes, 2 replicas follow',
      'unready: FENCED_AFTER_SILENCE: the source, but it was not seen for more than 12 s: another member may have been promoted',
      'ready: SOURCE: open for writes, 2 replicas follow',
    ]);
    const order = run.calls.map(({ on, input }) => (input.includes('offline_mode = ON') ? 'fence' : on));
    expect(order.indexOf('fence')).toBeLessThan(order.indexOf(REPLICA));
    expect(order).toContain(OTHER);
  });

  test('does not for 12 s, in which none can have been promoted', () => {
    expect(changesOf(tick(member(SOURCE), OPEN, BOTH, 'tick; SECONDS=13; tick'))).toEqual([]);
  });

  test('closes when one was promoted', () => {
    const run = tick(member(SOURCE), OPEN, [...withData(REPLICA, { epoch: 1, source: REPLICA, readOnly: 0 }), ...withData(OTHER)], later);
    expect(changesOf(run).slice(0, 2)).toEqual(['SET GLOBAL offline_mode = ON;', 'SET GLOBAL super_read_only = ON']);
  });

  test('waits for those that do not answer', () => {
    const bash = member(SOURCE);
    expect(changesOf(tick(bash, OPEN, withData(REPLICA), `${later}; SECONDS=18; tick`))).toEqual(['SET GLOBAL offline_mode = ON;']);
    expect(verdictOf(bash)).toBe(`unready FENCED_AFTER_SILENCE: the source, but ${OTHER} does not answer yet whether there was a promotion`);
  });

  test.each<[string, Answer[], string]>([['10 s, when another one answers', withData(REPLICA), '24'], ['30 s', [], '44']])(
    'for %s', (_, answers, end) => {
      const times = `for ((SECONDS = 18; SECONDS < ${end}; SECONDS += 4)); do tick; done; SECONDS=${end}; tick`;
      expect(changesOf(tick(member(SOURCE), OPEN, answers, `${later}; ${times}`))).toEqual(['SET GLOBAL offline_mode = ON;', 'let in']);
    });

  test.each<[string, string, string[]]>([
    ['by an agent that is gone for 3 s', '3 ready SOURCE: open', []],
    ['by an agent that is gone for 20 s', '20 ready SOURCE: open', ['SET GLOBAL offline_mode = ON;', 'let in']],
    ['by an agent that saw nothing at last', '1 unready NO_ANSWER: x', ['SET GLOBAL offline_mode = ON;', 'let in']],
    ['by any agent', '', ['SET GLOBAL offline_mode = ON;', 'let in']],
  ])('%s', (_, last, expected) => {
    const verdict = last === '' ? '' : `echo "$((EPOCHSECONDS - ${last.split(' ')[0]})) ${last.replace(/^\d+ /, '')}" >"$RUN/verdict"; `;
    expect(changesOf(tick(member(SOURCE), OPEN, BOTH, `${verdict}answered_at=-1000; resume_look; tick`))).toEqual(expected);
  });
});

describeScript('a server that does not answer in time', () => {
  const QUICK = { BRIEF_PAUSE: '0.2', BRIEF_LOOKS_MAX: '3' };
  /** From the second question on. */
  const freezes = (state: State): Answer => (
    { command: 'mysql', on: 'local', to: '@@GLOBAL.super_read_only,', does: `((turn == 0)) || ${FREEZES}; echo '${stateRow(state)}'` });
  const waits: Answer = { command: 'mysql', on: 'local', to: 'SET GLOBAL offline_mode = ON', does: 'exec sleep 20' };

  test('takes the fence as its first statement', () => {
    const bash = member(SOURCE, QUICK);
    const run = tick(bash, OPEN, [freezes(OPEN), waits, ...BOTH], `${UNTIL_FROZEN}tick; tick; kill "$fence_client"`);
    expect(changesOf(run)).toEqual(['SET GLOBAL offline_mode = ON']);
    expect(run.log.slice(1)).toEqual([
      'unready: NO_ANSWER: the server does not answer',
      'the server does not answer in time: its first statement will raise the fence',
    ]);
    expect(run.calls.find(({ arguments: text }) => text.includes('offline_mode'))!.arguments).toMatch(/root\.cnf .*--connect-timeout=120 /);
  });

  test('is killed when another one was promoted meanwhile', () => {
    const bash = member(SOURCE, QUICK);
    const promoted = withData(REPLICA, { epoch: 1, source: REPLICA });
    const run = tick(bash, OPEN, [freezes(OPEN), waits, ...promoted], `${UNTIL_FROZEN}tick; tick; kill "$fence_client" || true`);
    const reason = `promotion 1 made ${REPLICA} the source while this server, which was open, did not answer`;
    expect(bash.read('run/kill-server')).toBe(`${reason}\n`);
    expect(run.log).toContain(`${reason}: it is killed`);
    expect(verdictOf(bash)).toBe(`unready NO_ANSWER: ${reason}`);
  });

  test('is not killed when it was a replica', () => {
    const bash = member(REPLICA, QUICK);
    const replica = { followed: 'x', diverged: 1 };
    tick(bash, replica, [freezes(replica), { ...waits, does: 'exec sleep 1' }, ...withData(SOURCE)], `${UNTIL_FROZEN}tick; tick; kill "$fence_client" || true`);
    expect(bash.exists('run/kill-server')).toBe(false);
  });

  test('serves again when the others know of no promotion', () => {
    const bash = member(SOURCE, QUICK);
    const [told] = server(OPEN);
    const once: Answer = { ...told, does: `((turn != 1)) || ${FREEZES}; ${told.does}` };
    const run = tick(bash, OPEN, [once, ...BOTH], `${UNTIL_FROZEN}tick; tick; tick`);
    expect(changesOf(run)).toEqual(['SET GLOBAL offline_mode = ON', 'let in']);
    expect(verdictOf(bash)).toBe('ready SOURCE: open for writes, 2 replicas follow');
  });
});
