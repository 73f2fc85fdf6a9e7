import { readFileSync } from 'fs';
import { join } from 'path';
import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { ROOT } from '../../support/paths';
import { alike, archived, compares, GROUP, Look, looks, NOW, primary, refuses, replica, source, SOURCES, watcher } from './looks';

const [FIRST, SECOND, THIRD] = GROUP;
const [SOURCE, REPLICA, OTHER] = SOURCES;
const DAY = 86_400;
const UNTIL = '; recoverable until 2027-01-15T07:59:30Z';
const OUT = { fenced: 1, majority: 0, role: 'none' };
const STILL = `unset EPOCHSECONDS; EPOCHSECONDS=${NOW}; `;
const WRITES = `writes go to ${FIRST} since 2027-01-15T07:00:00Z (elected by the group); `;

interface Shown extends Run {
  /** The first line. */
  readonly first: string;
  /** The page that is next; empty where there is nothing to do. */
  readonly next: string;
  readonly lines: string[];
}

/** What status.sh shows, and its exit code. */
function shown(answers: Answer[], { bash = watcher(), print = 'print_table' }: { bash?: Sandbox; print?: string } = {}): Shown {
  bash.answers(...answers);
  const run = bash.run('status.sh', `${STILL}print=${print}; once; exit "$level"`);
  const lines = run.output.trimEnd().split('\n');
  expect(run.output).not.toContain('pass$word');
  return { ...run, lines, first: lines[0], next: /^next: (.*)/m.exec(run.output)?.[1] ?? '' };
}

const WELL = [primary(), looks(SECOND), looks(THIRD), alike(FIRST, GROUP)];
const SOURCE_WELL = [source(), replica(REPLICA), replica(OTHER), alike(SOURCE, SOURCES)];
/** A group in which one has something else. */
const but = (name: string, look: Look) => [looks(name, look), ...WELL];

describeScript('the first line of the status', () => {
  test('says of a group that is well where writes go, since when and why', () => {
    expect(shown(WELL)).toMatchObject({ first: `shop/mysql is fine: ${WRITES}3 of 3 members serve`, next: '', status: 0, log: [] });
  });

  test('says it of a source and its replicas', () => {
    const bash = watcher('source-replica');
    expect(shown(SOURCE_WELL, { bash }).first).toBe(
      `shop/mysql is fine: writes go to ${SOURCE} since 2027-01-15T07:00:00Z (elected by the group); 3 of 3 members serve`,
    );
    const first = source({ epoch: 0, promoted: '-', promotedAt: 0, reason: '-' });
    expect(shown([first, ...SOURCE_WELL], { bash: watcher('source-replica') }).first)
      .toBe(`shop/mysql is fine: writes go to ${SOURCE}; 3 of 3 members serve`);
  });

  test.each<[string, Answer[], string, string]>([
    ['a member that does not answer', [primary(), looks(SECOND), alike(FIRST, [FIRST, SECOND])],
      `2 of 3 members serve; ${THIRD} does not answer`, 'mysql-status.md#a-member-does-not-answer'],
    ['a member that refuses the password', [refuses(THIRD, 1045), primary(), looks(SECOND)],
      `2 of 3 members serve; ${THIRD} refuses the password of monitor that the Secret has now`, 'mysql-operations.md#change-the-passwords'],
    ['a member that answers with another error', [refuses(THIRD, 1040), primary(), looks(SECOND)],
      `2 of 3 members serve; ${THIRD} answers with error 1040`, 'mysql-status.md#a-member-does-not-answer'],
    ['a member without data', [{ command: 'mysql', on: `${THIRD}:3307`, says: 'empty\n' }, primary(), looks(SECOND)],
      `2 of 3 members serve; ${THIRD} has no data yet`, 'mysql-status.md#a-member-does-not-answer'],
    ['an agent that is silent', but(THIRD, { ago: 33 }),
      `2 of 3 members serve; the agent of ${THIRD} has said nothing for 33 s`, 'mysql-status.md#an-agent-is-silent'],
    ['an agent that says nothing', but(THIRD, { says: '' }),
      `2 of 3 members serve; the agent of ${THIRD} says nothing`, 'mysql-status.md#an-agent-is-silent'],
    ['an agent that is away', but(THIRD, { says: 'ready SECONDARY: a secondary; a stand-in acts for the agent' }),
      `3 of 3 members serve; the agent of ${THIRD} is away, its stand-in acts`, 'mysql-status.md#an-agent-is-silent'],
    ['transactions of its own', [...[primary(), looks(SECOND), looks(THIRD, { says: 'unready ERRANT: has its own', state: 'OFFLINE' })],
      compares(FIRST, { [FIRST]: ['-', '-'], [SECOND]: ['-', '-'], [THIRD]: ['b:1-2', '-'] })],
    `2 of 3 members serve; ${THIRD} is ERRANT: has its own`, 'mysql-operations.md#a-member-has-errant-transactions'],
    ['transactions of its own that the agent does not know of', [primary(), looks(SECOND), looks(THIRD),
      compares(FIRST, { [FIRST]: ['-', '-'], [SECOND]: ['-', '-'], [THIRD]: ['b:1-2', '-'] })],
    `3 of 3 members serve; ${THIRD} has 2 transactions that ${FIRST} does not have`,
    'mysql-operations.md#a-member-has-errant-transactions'],
    ['a volume that is nearly full', but(SECOND, { disk: '93%' }),
      `3 of 3 members serve; the volume of ${SECOND} is 93 % full`, 'mysql-operations.md#make-space-on-a-full-disk'],
    ['a certificate that expires soon', but(SECOND, { expires: NOW + 3 * DAY }),
      `3 of 3 members serve; the certificate of ${SECOND} expires in 72 h`, 'mysql-operations.md#change-the-certificate'],
    ['a certificate that has expired', but(SECOND, { expires: NOW - 1 }),
      `3 of 3 members serve; the certificate of ${SECOND} has expired`, 'mysql-operations.md#change-the-certificate'],
    ['views that differ', but(SECOND, { online: [FIRST, SECOND] }),
      `3 of 3 members serve; ${FIRST} sees ${FIRST}, ${SECOND}, ${THIRD} ONLINE, ${SECOND} sees ${FIRST}, ${SECOND}`,
      'mysql-agent.md#a-group'],
    ['an archive that is behind', [primary({ archive: archived({ word: 'unready', state: 'BEHIND: up to long ago' }) }), ...WELL],
      `3 of 3 members serve; the archive is BEHIND: up to long ago${UNTIL}`, 'mysql-backup.md#check-the-archive'],
    ['a drill that failed', [primary({ archive: archived({ failed: '2027-01-15T04:41:00Z' }) }), ...WELL],
      `3 of 3 members serve; the last drill failed, at 2027-01-15T04:41:00Z${UNTIL}`, 'mysql-backup.md#try-a-restore-now'],
    ['an archive that is silent', [primary({ archive: archived({ ago: 61 }) }), ...WELL],
      `3 of 3 members serve; the archive has said nothing for 61 s${UNTIL}`, 'mysql-backup.md#check-the-archive'],
  ])('says of %s what it is, and the page', (_, answers, text, page) => {
    expect(shown(answers)).toMatchObject({ first: `shop/mysql is degraded: ${WRITES}${text}`, next: `docs/${page}`, status: 1 });
  });

  test('says that an archive is missing where there ought to be one', () => {
    const bash = watcher();
    bash.file('topology/archive', 'mysql-archive-0\n');
    expect(shown(WELL, { bash }).first).toBe(`shop/mysql is degraded: ${WRITES}3 of 3 members serve; the archive says nothing`);
  });

  test.each<[string, Answer[], string, string]>([
    ['nobody answers', [], `no member that answers takes writes; no member answers; ${GROUP.map((name) => `${name} does not answer`).join('; ')}`,
      'mysql-status.md#no-member-answers'],
    ['two members are frozen', [looks(FIRST, { ...OUT, online: [FIRST], says: 'unready NO_QUORUM: in a group without quorum' })],
      `no member that answers takes writes; ${FIRST} says NO_QUORUM: in a group without quorum; ${SECOND} does not answer; ${THIRD} does not answer`,
      'mysql-agent.md#a-group'],
    ['two members take writes', [primary(), looks(SECOND, { role: 'primary', closed: 0 }), looks(THIRD)],
      `2 members take writes: ${FIRST} ${SECOND}`, 'mysql-status.md#two-members-take-writes'],
    ['the primary is just elected', [looks(FIRST, { ...OUT, says: 'unready PRIMARY_ELECTED: applying' }), looks(SECOND), looks(THIRD)],
      `no member takes writes; ${FIRST} says PRIMARY_ELECTED: applying`, 'mysql-agent.md#a-group'],
    ['the primary is gone and nobody is elected', [looks(SECOND), looks(THIRD)],
      `no member that answers takes writes; no primary is known; ${FIRST} does not answer`, 'mysql-agent.md#a-group'],
  ])('says that it is down when %s', (_, answers, text, page) => {
    expect(shown(answers)).toMatchObject({ first: `shop/mysql is down: ${text}`, next: `docs/${page}`, status: 2 });
  });

  test('says that the source does not answer', () => {
    const lagging = { says: 'unready LAGGING: hears nothing', fenced: 1, topology: 'source-replica' } as const;
    expect(shown([looks(REPLICA, lagging), looks(OTHER, lagging)], { bash: watcher('source-replica', REPLICA) })).toMatchObject({
      first: `shop/mysql is down: no member that answers takes writes; the source does not answer; ${SOURCE} does not answer; `
        + `${REPLICA} is LAGGING: hears nothing; ${OTHER} is LAGGING: hears nothing`,
      next: 'docs/mysql-operations.md#promote-a-replica',
    });
  });
});

describeScript('a password that the servers do not have yet', () => {
  const refused = GROUP.map((name): Answer => ({ ...refuses(name, 1045), command: 'mysql', to: 'monitor.cnf' }));
  const complaints = GROUP.map((name) => `${name} refuses the password of monitor that the Secret has now`).join('; ');

  test('does not hide what the cluster is, while the agent has the one before', () => {
    const bash = watcher();
    bash.file('run/monitor.cnf', '[client]\n');
    expect(shown([...refused, ...WELL], { bash })).toMatchObject({
      first: `shop/mysql is degraded: ${WRITES}3 of 3 members serve; ${complaints}`, status: 1, next: 'docs/mysql-operations.md#change-the-passwords',
    });
  });

  test('makes the status unknown, where the one before is refused too', () => {
    expect(shown(GROUP.map((name) => refuses(name, 1045)))).toMatchObject({
      first: `shop/mysql is unknown: each member that answers refuses to say what it is; ${complaints}`,
      status: 3, next: 'docs/mysql-status.md#no-member-answers',
    });
  });
});

describeScript('each state of the page of the agents', () => {
  const page = readFileSync(join(ROOT, 'docs', 'mysql-agent.md'), 'utf8');
  const [group, others] = page.split('## A source and its replicas').map((part) => (
    [...part.matchAll(/^\| `([A-Z_]+)` \|(.*)\|$/gm)].map(([, state, columns]): [string, boolean] => [state, / yes \|/.test(columns)])));
  const unready = (states: [string, boolean][]) => states.filter(([, ready]) => !ready).map(([state]) => [state]);

  test('is there', () => {
    expect([group.length, others.length]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(unready(group).length).toBeGreaterThan(25);
    expect(unready(others).length).toBeGreaterThan(10);
  });

  test.each(unready(group))('%s of one member is in the first line, and of all is why the cluster is down', (state) => {
    const says = `unready ${state}: the reason`;
    const one = shown(but(THIRD, { says, ...OUT }));
    const first = `shop/mysql is degraded: ${WRITES}2 of 3 members serve; ${THIRD} is ${state}: the reason`;
    expect(one).toMatchObject({ first, status: 1 });
    expect(one.next).toMatch(/^docs\/mysql-(operations|agent)\.md#/);
    const all = shown(GROUP.map((name) => looks(name, { says, ...OUT })));
    expect(all).toMatchObject({ status: 2, first: expect.stringMatching(
      new RegExp(`^shop/mysql is down: no member takes writes; ${FIRST} says ${state}: the reason; ${SECOND} is ${state}`)) as string });
  });

  test.each(unready(others))('%s of a replica is in the first line, and of all is why the cluster is down', (state) => {
    const look = { topology: 'source-replica', says: `unready ${state}: the reason`, fenced: 1 } as const;
    expect(shown([looks(OTHER, look), ...SOURCE_WELL], { bash: watcher('source-replica') }).first)
      .toMatch(new RegExp(`^shop/mysql is degraded: writes go to ${SOURCE} .*; 2 of 3 members serve; ${OTHER} is ${state}: the reason$`));
    expect(shown(SOURCES.map((name) => looks(name, look)), { bash: watcher('source-replica') }).first)
      .toMatch(new RegExp(`^shop/mysql is down: no member takes writes; ${SOURCE} says ${state}: the reason; `));
  });
});

describeScript('the table of the status', () => {
  test('has a line for each member, and one about the archive', () => {
    const { lines } = shown([
      primary({ archive: archived() }), looks(SECOND, { lag: 4, waiting: 'a:8-10' }), refuses(THIRD, 1045),
      compares(FIRST, { [FIRST]: ['-', '-'], [SECOND]: ['-', 'a:8-10'] }),
    ]);
    expect(lines.slice(1)).toEqual([
      'recoverable until 2027-01-15T07:59:30Z (30 s ago); 2 proven bases, the newest b-7 of 2027-01-15T06:00:00Z; '
      + 'last drill passed 2027-01-10T04:41:00Z; archive ARCHIVING',
      'MEMBER   ROLE       STATE         LAG  QUEUE  SET                 DISK  VERSION   EXPIRES     SAYS',
      'mysql-0  primary    ONLINE        0 s      0  all                  61%  9.7.4     2027-04-15  ready PRIMARY: the primary',
      'mysql-1  secondary  ONLINE        4 s      3  lacks 3              61%  9.7.4     2027-04-15  ready SECONDARY: a secondary',
      'mysql-2  -          -               -      -  -                      -  -         -           (refuses the password of monitor)',
      'next: docs/mysql-operations.md#change-the-passwords',
    ]);
  });
});

describeScript('the status as JSON', () => {
  test('is one line with all that the table has', () => {
    const says = 'ready SECONDARY: a "secondary"';
    const answers = [primary({ archive: archived() }), looks(SECOND, { says }), looks(THIRD), alike(FIRST, GROUP)];
    const { output, status } = shown(answers, { print: 'print_json' });
    expect(status).toBe(0);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(output)).toMatchObject({
      cluster: 'shop/mysql', asked: FIRST, at: NOW, status: 'fine', topology: 'group', problems: [], next: null, takesWrites: [FIRST],
      serving: GROUP,
      archive: {
        word: 'ready', state: 'ARCHIVING', until: '2027-01-15T07:59:30Z', bases: 2, base: 'b-7', free: 555,
        drill_passed_at: '2027-01-10T04:41:00Z',
      },
      members: [
        { name: FIRST, answers: 'data', role: 'primary', takesWrites: true, fenced: false, ready: true, lag: 0, epoch: 1 },
        { name: SECOND, why: 'a "secondary"', takesWrites: false, errant: null, errant_count: 0, disk: '61%' },
        { name: THIRD },
      ],
    });
  });

  test('is valid when nobody says anything', () => {
    expect(JSON.parse(shown([refuses(THIRD, 1045)], { print: 'print_json' }).output)).toMatchObject({
      status: 'unknown', topology: null, archive: null, takesWrites: [],
      members: [{ name: FIRST, answers: 'silent' }, { answers: 'silent' }, { name: THIRD, answers: 'refuses', refusal: 1045 }],
    });
  });
});

describeScript('status.sh', () => {
  test('as a program leaves nothing behind, and says by its exit code what the cluster is', () => {
    const bash = watcher();
    bash.answers(...WELL);
    const { status, output } = bash.runProgram('status.sh');
    expect(status).toBe(0);
    expect(output).toContain(FIRST);
    expect(bash.list('run')).toEqual(['root.cnf']);
  });

  test.each([[['--watch', '0', 'x'], 'x'], [['--yaml'], '--yaml']])('refuses the arguments %j', (args, named) => {
    const { status, log } = watcher().runProgram('status.sh', ...args);
    expect([status, log]).toEqual([3, [`status.sh: unknown argument '${named}'`, 'usage: status.sh [--json] [--watch [SECONDS]]']]);
  });

  test('watches until it is ended', () => {
    const bash = watcher();
    bash.answers(...WELL);
    const { output } = bash.run('status.sh', `${STILL}arguments --watch 0 --json; pause_for() { ((++turn < 3)) || exit 9; }; turn=0; `
      + 'while :; do once; pause_for "$watch"; done');
    expect(output.trimEnd().split('\n')).toHaveLength(3);
  });

  test('names pages that are there', () => {
    const text = readFileSync(join(ROOT, 'lib/mysql/scripts/shared/judge-status.sh'), 'utf8');
    const variables = Object.fromEntries([...text.matchAll(/\b([A-Z]+)=(docs\/[\w-]+\.md)/g)].map(([, name, path]) => [name, path]));
    const pages = [...text.matchAll(/(?:\$([A-Z]+)|(docs\/[\w-]+\.md))#([a-z-]+)/g)]
      .map(([, name, path, anchor]) => [variables[name] ?? path, anchor]);
    expect(pages.length).toBeGreaterThan(10);
    const anchors = (path: string) => [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^#+ (.*)$/gm)]
      .map(([, title]) => title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-'));
    expect(pages.filter(([path, anchor]) => !anchors(path).includes(anchor))).toEqual([]);
  });
});
