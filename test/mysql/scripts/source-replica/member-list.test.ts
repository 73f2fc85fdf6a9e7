import { describeScript } from '../../../support/bash';
import { member, OTHER, REPLICA, SOURCE, withoutData } from '../members';
import { changesOf, verdictOf, withData } from './server';
import { BOTH, CLOSED, OPEN, tick } from './source';

describeScript('the list of members', () => {
  const listed = (...names: string[]) => {
    const bash = member(SOURCE);
    bash.file('topology/members', names.map((name) => `${name}\n`).join(''));
    return bash;
  };

  test.each<[string, string[], string]>([
    ['is empty', [], 'the list of members is empty'],
    ['lacks this pod', [REPLICA, OTHER],
      `the list of members (${REPLICA} ${OTHER}) does not hold this pod: it was scaled by hand, or the list is an old one`],
    ['holds only this pod', [SOURCE], 'the list of members holds only this pod'],
  ])('opens nothing when it %s', (_, names, reason) => {
    const bash = listed(...names);
    expect(changesOf(tick(bash, CLOSED, BOTH, 'SECONDS=100; tick; SECONDS=200; tick'))).toEqual([]);
    expect(verdictOf(bash)).toBe(`unready NOT_LISTED: ${reason}`);
  });

  test('opens nothing when it is missing', () => {
    const bash = listed();
    bash.remove('topology/members');
    expect(changesOf(tick(bash, CLOSED, BOTH))).toEqual([]);
    expect(verdictOf(bash)).toBe(`unready NOT_LISTED: the list of members cannot be read: ${bash.folder}/topology/members`);
  });

  test('lets no replica follow that it does not hold', () => {
    const bash = member('mysql-replica-7');
    expect(changesOf(tick(bash, { followed: '-', offline: 1 }, withData(SOURCE)))).toEqual([]);
    expect(verdictOf(bash)).toMatch(/^unready NOT_LISTED: /);
  });

  test('that becomes empty closes no source', () => {
    const bash = member(SOURCE);
    const run = tick(bash, OPEN, [], 'tick; : >"$MEMBERS"; SECONDS=5; tick');
    expect(changesOf(run)).toEqual([]);
    expect(verdictOf(bash)).toMatch(/^ready SOURCE: /);
    expect(bash.read('volume/members')).toBe(`${SOURCE}\n${REPLICA}\n${OTHER}\n`);
  });

  test('that lacks a member with which it was last open opens it only when all the others answer', () => {
    for (const [answers, expected] of [[[], []], [withData(REPLICA), ['open', 'let in']]] as const) {
      const bash = listed(SOURCE, REPLICA);
      bash.file('volume/members', `${SOURCE}\n${REPLICA}\n${OTHER}\n`);
      const run = tick(bash, CLOSED, [...answers], 'SECONDS=100; tick; SECONDS=110; tick');
      expect(changesOf(run)).toEqual(expected);
      expect(verdictOf(bash)).toMatch(expected.length > 0 ? /^ready / : new RegExp(`^unready SOURCE_CLOSED: the list of members lacks ${OTHER}, `
        + `which it held when this server was last open, and ${REPLICA} does not answer$`));
      expect(bash.read('volume/members').includes(OTHER)).toBe(expected.length === 0);
    }
  });

  test('that holds more members than before opens as ever', () => {
    const bash = member(SOURCE);
    bash.file('volume/members', `${SOURCE}\n${REPLICA}\n`);
    expect(changesOf(tick(bash, CLOSED, withData(REPLICA)))).toEqual(['open', 'let in']);
  });
});

describeScript('the list of members of a source without data', () => {
  test.each<[string, string[], string]>([
    ['is empty', [], 'the list of members is empty: correct it'],
    ['holds only this pod', [SOURCE], 'the list of members holds only this pod: correct it'],
    ['lacks this pod', [REPLICA, OTHER],
      `the list of members (${REPLICA} ${OTHER}) does not hold this pod: it was scaled by hand, or the list is an old one: correct it`],
  ])('waits when the list of members %s: it says nothing about the others', (_, names, reason) => {
    const bash = member(SOURCE);
    bash.file('topology/members', names.map((name) => `${name}\n`).join(''));
    bash.answers(...withoutData(REPLICA), ...withoutData(OTHER));
    expect(bash.run('provision.sh', 'members; survey "${peers[@]}"; decide; echo "$action"; echo "$reason"').output).toBe(`wait\n${reason}\n`);
  });

  test('waits for one more look when the list of members has changed', () => {
    const bash = member(SOURCE);
    bash.answers(...withoutData(REPLICA), ...withoutData(OTHER));
    const look = 'members; survey "${peers[@]}"; decide; echo "$action"; ';
    const { output } = bash.run('provision.sh', `${look}printf '%s\\n' ${SOURCE} ${REPLICA} >"$MEMBERS"; ${look}echo "$reason"; ${look}`);
    expect(output).toBe(`initialise\nwait\nthe list of members was ${SOURCE} ${REPLICA} ${OTHER}, and is ${SOURCE} ${REPLICA} now\ninitialise\n`);
  });
});
