import { scriptBundle } from '../../../../lib/mysql/files/script-bundle';
import { describeScript, Run } from '../../../support/bash';
import { FIRST, MEMBERS, member, SECOND, THIRD } from './members';

/** Variables of bash, as they are written there. */
type Observation = Record<string, string>;

/** What the second member of three observes: it is a secondary, and well. */
const WELL: Observation = {
  answered: '1', generation: '7.5', is_open: '1', now: '100', joined: '', abandoned: '', quiet: '0', STAND_IN: '', unproven_since: '',
  stuck_since: '', elected_since: '', listed_since: '', led: '',
  own_state: 'ONLINE', own_role: 'SECONDARY', own_majority: '1', count_online: '3', primary_host: `${FIRST}.mysql-members`,
  super_read_only: '1', offline: '0', own_source: FIRST, own_epoch: '1', applier: 'ON', lag: '0', was_primary: '0',
  former: '', proved: '', shown: '', is_copy: '', list_problem: '', list_before: '', primary: '',
  left_behind: '', compared: '', unapplied: '', errant: '', donor: '',
  most_advanced: '', conflict: '', latest_epoch: '0', latest_source: '-',
  members: `(${MEMBERS.join(' ')})`, online: '()', with_data: '()', empty: '()', silent: '()',
  state: '()', member_state: '()', listed: '()', joining: '()',
};
const PRIMARY: Observation = { own_role: 'PRIMARY', super_read_only: '0', own_source: SECOND, former: 'fenced' };
const PROVED: Observation = { ...PRIMARY, proved: '7.5' };
const OUT: Observation = { own_state: 'OFFLINE', own_role: '-', own_majority: '0', count_online: '0', primary_host: '-', offline: '1' };

/** An associative array: of each member the same, or what is said of it. */
const each = (value: string, ...others: string[]) => `(${[...MEMBERS.map((name) => `[${name}]=${value}`), ...others].join(' ')})`;

/** A group of the first and the third member works, which has all that this member has. */
const WORKS: Observation = {
  ...OUT, state: each('data'), member_state: each('ONLINE', `[${SECOND}]=OFFLINE`), online: `(${FIRST} ${THIRD})`, primary: FIRST,
  listed: each(`${FIRST},${THIRD}`), joining: each('-'), compared: '1', donor: FIRST, with_data: `(${MEMBERS.join(' ')})`,
};
/** No group works, all answer, and this member has all that the others have. */
const NONE: Observation = {
  ...OUT, state: each('data'), member_state: each('OFFLINE'), with_data: `(${MEMBERS.join(' ')})`, compared: '1', most_advanced: SECOND,
};

const GUIDE = 'see "No group" in the operations guide';
const PROVING = 'PRIMARY_UNPROVEN take_over the primary, as far as this member knows: proving it by a transaction';
const WAITING = `PRIMARY_WAITING unready elected as the primary: waiting until ${FIRST}, the primary before, lets no client in`;
const GIVES_AWAY = 'PRIMARY_UNSHOWN give_away the primary, but its agent, which sets its label, is away';
const SERVES = 'PRIMARY serve_primary the primary of a group with 3 members ONLINE';
const SECONDARY = `SECONDARY serve_secondary a secondary, at most 30 s behind ${FIRST}`;
const LAGGING = `SECONDARY_LAGGING hold more than 30 s behind ${FIRST}, or only just no longer`;
const YIELDING = `SECONDARY_YIELDING withdraw no longer the primary, ${FIRST} is`;
const NO_QUORUM = 'NO_QUORUM withdraw in a group without quorum: no client is let in';
const OTHERS_OUT = 'all other members answer that they are in no group';
const ABANDONED = `ABANDONED leave ${OTHERS_OUT}: leaving what is left of this group`;
const UNCERTIFIED = 'GROUP_STUCK leave the group has not certified the proof of this primary for 12 s: leaving it';
const UNCONFIRMED = 'JOIN_UNCONFIRMED withdraw waiting until it has all transactions of the group that it joined';
const QUIET = 'GROUP_QUIET withdraw the group has agreed on nothing for more than 5 s: no client is let in';
const GROUP_STUCK = 'GROUP_STUCK leave the group has agreed on nothing for 10 s, though it has a quorum: leaving it';
const APPLYING = 'APPLYING apply_received applying what it received of the group that it was in';
const LEFT_BEHIND = `JOIN_WAITING withdraw waiting until the group of ${FIRST} ${THIRD} has expelled what the last attempt to join may have left behind`;
const RECOVERING = 'RECOVERING withdraw recovering: getting what it missed';
const STUCK = 'NO_MEMBER_ONLINE leave in a group in which no member has been ONLINE for 30 s: leaving it';
const EXPELLED = 'EXPELLED leave the group goes on without this member, or it failed to join: it leaves what is left of its group';
const LISTED = `STILL_LISTED renew_view waiting: the group of ${FIRST} ${THIRD} still lists the previous incarnation of this member`;
const JOINING = `JOINING join the group of ${FIRST} ${THIRD} has all of this member's transactions: joining it`;
const ERRANT = `ERRANT report_errant the group of ${FIRST} ${THIRD} does not have the transactions s:1 of this member; nothing is removed; `
  + 'see "A member has errant transactions" in the operations guide';
const COPY = `COPY_NEEDED request_copy all of ${FIRST} ${THIRD} have purged transactions that this member needs, and have all of its own: getting a new copy`;
const BOOTSTRAPPING = 'BOOTSTRAPPING bootstrap all 3 members answer and are in no group, and this one has all transactions that they have';
const SILENT = (names: string) => (
  `MEMBER_SILENT recall not bootstrapping: ${names} does not answer, and may be in a group or hold newer transactions; bring it back, or ${GUIDE}`);
const LOST = (name: string) => `LAST_PRIMARY_LOST withdraw not bootstrapping: ${name}, the last primary, has lost its data: `
  + `what it acknowledged at last may be nowhere else; ${GUIDE}`;

const ROWS: [string, Observation, string][] = [
  ['a server that does not answer', { answered: '' }, 'NO_ANSWER unready the server does not answer'],
  ['it does not count what it was', { ...PROVED, answered: '', shown: 'primary' }, 'NO_ANSWER unready the server does not answer'],
  ['it does not count that it was out', { ...NONE, answered: '' }, 'NO_ANSWER unready the server does not answer'],

  ['a secondary', {}, SECONDARY],
  ['a secondary behind the fence', { offline: '1', is_open: '0' }, SECONDARY],
  ['a secondary as far behind as it may be', { lag: '30' }, SECONDARY],
  ['a secondary further behind', { lag: '31' }, LAGGING],
  ['a secondary behind the fence that catches up', { offline: '1', lag: '16' }, LAGGING],
  ['a secondary behind the fence that has caught up', { offline: '1', lag: '15' }, SECONDARY],
  ['a secondary whose clock is ahead', { lag: '-1' }, SECONDARY],
  ['a secondary whose applier stopped', { applier: 'OFF' }, 'SECONDARY_STOPPED hold the applier is OFF'],
  ['a secondary without an applier', { applier: '-', lag: '31' }, 'SECONDARY_STOPPED hold the applier is -'],
  ['a secondary without quorum', { own_majority: '0' }, NO_QUORUM],
  ['a secondary that handed the primary over', { led: 'handed' }, YIELDING],
  ['a secondary that handed the primary over, whatever its applier does', { led: 'handed', applier: 'OFF', lag: '31' }, YIELDING],
  ['a secondary that handed the primary over and knows of no other', { led: 'handed', primary_host: '-' },
    'SECONDARY_YIELDING withdraw no longer the primary, none is'],
  ['a secondary that lost the role of the primary', { led: 'lost' }, `SECONDARY_YIELDING withdraw it lost the role of the primary less than 70 s ago: ${
    'clients that began to connect then may still arrive'}`],

  ['a stand-in of a primary that serves', { ...PRIMARY, STAND_IN: '1', shown: 'primary' }, `${SERVES}, without its agent`],
  ['a stand-in of a primary behind the fence', { ...PRIMARY, STAND_IN: '1', shown: 'primary', is_open: '0' }, GIVES_AWAY],
  ['a stand-in of a primary without its label', { ...PRIMARY, STAND_IN: '1', shown: 'secondary' }, GIVES_AWAY],
  ['a stand-in of a primary that applies what the one before had committed', { ...PRIMARY, STAND_IN: '1', super_read_only: '1' },
    'PRIMARY_ELECTED unready elected as the primary: applying what it has received'],
  ['a stand-in of a secondary', { STAND_IN: '1' }, SECONDARY],

  ['a primary', { ...PROVED, shown: 'primary' }, SERVES],
  ['a primary behind the fence, which the guard takes down', { ...PROVED, shown: 'primary', offline: '1', is_open: '0' }, SERVES],
  ['a primary whatever became of the one before', { ...PROVED, shown: 'primary', former: 'open', own_source: FIRST }, SERVES],
  ['a primary without its label', { ...PROVED, shown: 'secondary' },
    'PRIMARY_UNSHOWN show_primary the primary, but the API server has not taken its label yet'],
  ['a primary that applies what the one before had committed', { ...PRIMARY, super_read_only: '1' },
    'PRIMARY_ELECTED unready elected as the primary: applying what it has received'],
  ['a primary that was one before and is read-only', { ...PROVED, shown: 'primary', super_read_only: '1' },
    'PRIMARY_ELECTED unready elected as the primary: applying what it has received'],
  ['a primary that proved nothing, when the one before is fenced', PRIMARY, PROVING],
  ['a primary whose proof is of another generation', { ...PRIMARY, proved: '7.4', shown: 'primary' }, PROVING],
  ['a primary when the one before is gone', { ...PRIMARY, former: 'gone', own_source: FIRST, elected_since: '100' }, PROVING],
  ['a primary when the one before lets clients in', { ...PRIMARY, former: 'open', own_source: FIRST, elected_since: '10' }, WAITING],
  ['a primary when the one before is silent', { ...PRIMARY, former: 'silent', own_source: FIRST, elected_since: '100' }, WAITING],
  ['a primary when the one before has been silent for 1 s',
    { ...PRIMARY, former: 'silent', own_source: FIRST, elected_since: '99' }, PROVING],
  ['a primary of a group that was quiet for 5 s', { ...PROVED, shown: 'primary', quiet: '5' }, SERVES],
  ['a primary of a group that was quiet for longer', { ...PROVED, shown: 'primary', quiet: '6' }, QUIET],
  ['a primary that proved nothing, of a group that is quiet', { ...PRIMARY, quiet: '9' }, QUIET],
  ['a secondary of a group that is quiet', { quiet: '9' }, SECONDARY],
  ['a primary of a group that has been quiet for 10 s', { ...PROVED, shown: 'primary', quiet: '10' }, GROUP_STUCK],
  ['a primary that proved nothing, of a group that has been quiet', { ...PRIMARY, quiet: '11' }, GROUP_STUCK],
  ['a secondary of a group that has been quiet', { quiet: '10' }, GROUP_STUCK],
  ['a member that recovers in a group that has been quiet', { own_state: 'RECOVERING', quiet: '10' }, GROUP_STUCK],
  ['a member that recovers without quorum, which is quiet', { own_state: 'RECOVERING', own_majority: '0', quiet: '10' }, RECOVERING],
  ['a member without quorum, which is quiet', { own_majority: '0', quiet: '99' }, NO_QUORUM],
  ['a member outside, for which nothing is quiet', { ...WORKS, quiet: '99' }, JOINING],
  ['a primary whose proof was not certified for less than 12 s', { ...PRIMARY, unproven_since: '89' }, PROVING],
  ['a primary whose proof was not certified for 12 s', { ...PRIMARY, unproven_since: '88' }, UNCERTIFIED],
  ['a primary that waits for the one before, whatever failed',
    { ...PRIMARY, former: 'open', own_source: FIRST, unproven_since: '10' }, WAITING],
  ['a primary whose proof of this generation counts, whatever failed', { ...PROVED, shown: 'primary', unproven_since: '10' }, SERVES],
  ['a primary that lacks what the group had that it joined', { ...PRIMARY, joined: 'lacking' },
    'JOINED_STALE leave the primary, though it lacks transactions of the group that it joined: leaving it'],
  ['a primary of which that is unknown', { ...PRIMARY, joined: 'unknown' }, UNCONFIRMED],
  ['a secondary that lacks what the group had that it joined', { joined: 'lacking' }, UNCONFIRMED],
  ['a primary without quorum whose other members are in no group', { ...PRIMARY, own_majority: '0', abandoned: OTHERS_OUT }, ABANDONED],
  ['a secondary without quorum whose other members are in no group', { own_majority: '0', abandoned: OTHERS_OUT }, ABANDONED],
  ['a primary without quorum', { ...PROVED, shown: 'primary', own_majority: '0' }, NO_QUORUM],

  ['a member that recovers', { own_state: 'RECOVERING', stuck_since: '10' }, RECOVERING],
  ['a member that recovers, without quorum', { own_state: 'RECOVERING', own_majority: '0', stuck_since: '99' }, RECOVERING],
  ['a member that has recovered alone for less than 30 s', { own_state: 'RECOVERING', count_online: '0', stuck_since: '71' }, RECOVERING],
  ['a member that has recovered alone for 30 s', { own_state: 'RECOVERING', count_online: '0', stuck_since: '70' }, STUCK],
  ['a member that recovers since a time that is not known', { own_state: 'RECOVERING', count_online: '0' }, RECOVERING],
  ['a member that was expelled', { own_state: 'ERROR', own_role: '-', own_majority: '0' }, EXPELLED],
  ['a member that was expelled, with quorum as it thinks', { own_state: 'ERROR', own_role: 'PRIMARY', is_copy: '1' }, EXPELLED],

  ['a new copy', { ...WORKS, is_copy: '1' }, 'NEW_COPY forget_donor the data is a new copy: removing what it brings of its donor'],
  ['a new copy, whatever the list', { ...WORKS, is_copy: '1', list_problem: 'it is empty' },
    'NEW_COPY forget_donor the data is a new copy: removing what it brings of its donor'],
  ['a list that cannot be relied on, with a group',
    { ...WORKS, list_problem: 'the list is empty' }, 'LIST_UNUSABLE withdraw the list is empty'],
  ['a list that cannot be relied on, without one',
    { ...NONE, list_problem: 'the list is empty' }, 'LIST_UNUSABLE withdraw the list is empty'],
  ['a server that the network does not know', { ...WORKS, state: each('data', `[${SECOND}]=silent`) },
    'UNREACHABLE withdraw this server does not answer over the network yet'],
  ['a server that has not applied what it received, with a group', { ...WORKS, unapplied: 'g:6' }, APPLYING],
  ['a server that has not applied what it received, without one', { ...NONE, unapplied: 'g:6' }, APPLYING],
  ['a server of which nothing is known', { ...NONE, state: '()' }, 'UNREACHABLE withdraw this server does not answer over the network yet'],

  ['a group that works', WORKS, JOINING],
  ['a group that works, with a name in its list that only contains this one',
    { ...WORKS, listed: each(`${SECOND}0,my-${SECOND},${FIRST}`) }, JOINING],
  ['a group whose list at the last primary is another one', { ...WORKS, list_before: `${FIRST} ${SECOND}` }, JOINING],
  ['a group that may not have expelled what it left behind', { ...WORKS, left_behind: '1', errant: 'g:9' }, LEFT_BEHIND],
  ['no group, whatever it left behind', { ...NONE, left_behind: '1' }, BOOTSTRAPPING],
  ['a group whose first member lists it', { ...WORKS, listed: each(FIRST, `[${FIRST}]=${MEMBERS.join()}`) }, LISTED],
  ['a group whose last member lists it', { ...WORKS, listed: each(FIRST, `[${THIRD}]=${SECOND},${THIRD}`) }, LISTED],
  ['a group that lists it, when it has errant transactions', { ...WORKS, listed: each(MEMBERS.join()), errant: 's:1' }, LISTED],
  ['a group when nothing was compared', { ...WORKS, compared: '' },
    `NOT_COMPARED withdraw its transactions could not be compared with those of ${FIRST} ${THIRD}, see above`],
  ['a group when nothing was compared, though it looks as if it had errant ones', { ...WORKS, compared: '', errant: 's:1', donor: '' },
    `NOT_COMPARED withdraw its transactions could not be compared with those of ${FIRST} ${THIRD}, see above`],
  ['errant transactions', { ...WORKS, errant: 's:1' }, ERRANT],
  ['errant transactions when a copy would be needed', { ...WORKS, errant: 's:1', donor: '' }, ERRANT],
  ['a group that has purged what it needs', { ...WORKS, donor: '' }, COPY],
  ['a group that has purged what it needs, without a primary', { ...WORKS, donor: '', primary: '' }, COPY],
  ['a group without a primary', { ...WORKS, primary: '' },
    `JOIN_WAITING withdraw waiting: the group of ${FIRST} ${THIRD} has no primary at the moment`],
  ['a group that another one joins', { ...WORKS, joining: each('-', `[${THIRD}]=mysql-3`) },
    `JOIN_WAITING withdraw waiting: mysql-3 is joining the group of ${FIRST} ${THIRD}`],

  ['no group', NONE, BOOTSTRAPPING],
  ['no group, and a list that is the same', { ...NONE, list_before: '' }, BOOTSTRAPPING],
  ['no group, and the last primary has its data', { ...NONE, latest_epoch: '3', latest_source: THIRD }, BOOTSTRAPPING],
  ['no group, and others lost their data', { ...NONE, state: each('empty', `[${SECOND}]=data`), member_state: each('-',
    `[${SECOND}]=OFFLINE`),
  with_data: `(${SECOND})`, latest_epoch: '3', latest_source: SECOND }, BOOTSTRAPPING],
  ['no group, and a member that was expelled', { ...NONE, member_state: each('ERROR') }, BOOTSTRAPPING],
  ['a member in a group without quorum', { ...NONE, member_state: each('OFFLINE', `[${THIRD}]=ONLINE`) },
    `GROUP_UNCLEAR withdraw not bootstrapping: ${THIRD} is ONLINE in a group without quorum; it leaves that by itself`],
  ['a member that recovers', { ...NONE, member_state: each('OFFLINE', `[${FIRST}]=RECOVERING`) },
    `GROUP_UNCLEAR withdraw not bootstrapping: ${FIRST} is RECOVERING; if no member of its group is ONLINE, it leaves that after 30 s`],
  ['a member that joins or leaves a group', { ...NONE, member_state: each('OFFLINE', `[${FIRST}]=CHANGING`) },
    `GROUP_UNCLEAR withdraw not bootstrapping: ${FIRST} joins or leaves a group; if there is none, it gives that up`],
  ['this member joining or leaving a group', { ...NONE, member_state: each('OFFLINE', `[${SECOND}]=CHANGING`) },
    'JOIN_WAITING withdraw waiting until START or STOP GROUP_REPLICATION of this server has ended'],
  ['a member that recovers while others are silent',
    { ...NONE, member_state: each('OFFLINE', `[${FIRST}]=RECOVERING`), silent: `(${THIRD})` },
    `GROUP_UNCLEAR withdraw not bootstrapping: ${FIRST} is RECOVERING; if no member of its group is ONLINE, it leaves that after 30 s`],
  ['a silent member', { ...NONE, silent: `(${THIRD})` }, SILENT(THIRD)],
  ['silent members', { ...NONE, silent: `(${FIRST} ${THIRD})`, compared: '' }, SILENT(`${FIRST} ${THIRD}`)],
  ['a list that changed', { ...NONE, list_before: `${FIRST} ${SECOND}` },
    `LIST_CHANGED withdraw not bootstrapping: the members were ${FIRST} ${SECOND} when the group last worked, and are ${MEMBERS.join(' ')} now; `
    + `set the list back, or ${GUIDE}`],
  ['the last primary without data',
    { ...NONE, state: each('data', `[${THIRD}]=empty`), latest_epoch: '3', latest_source: THIRD }, LOST(THIRD)],
  ['the last primary that is none of the members', { ...NONE, latest_epoch: '3', latest_source: 'mysql-4' }, LOST('mysql-4')],
  ['transactions that were not compared', { ...NONE, compared: '' },
    'NOT_COMPARED withdraw not bootstrapping: the transactions of the members cannot be compared, see above'],
  ['transactions that were not compared, though it looks as if they differed',
    { ...NONE, compared: '', conflict: 'x', most_advanced: FIRST },
    'NOT_COMPARED withdraw not bootstrapping: the transactions of the members cannot be compared, see above'],
  ['different transactions', { ...NONE, conflict: `${FIRST} knows a:1, ${SECOND} knows b:1` },
    `DATA_DIFFERS withdraw not bootstrapping: members have different transactions: ${FIRST} knows a:1, ${SECOND} knows b:1; ${GUIDE}`],
  ['another member with more', { ...NONE, most_advanced: THIRD },
    `BOOTSTRAP_WAITING withdraw waiting: ${THIRD} bootstraps the group: of ${MEMBERS.join(' ')} it has all transactions that the others have`],
];

const assignments = (row: Observation) => Object.entries({ ...WELL, ...row }).map(([name, value]) => (
  value.startsWith('(') ? `${name}=${value}` : `${name}='${value}'`)).join('; ');

/** Nothing can be run from here on, and no function but those of `decide`. */
const ALONE = 'PATH=; mapfile -t all < <(compgen -A function); '
  + 'for one in "${all[@]}"; do [[ $one == decide* ]] || eval "$one() { echo \'called: $one\'; exit 97; }"; done; ';

const decided: { run?: Run; decisions: string[] } = { decisions: [] };

function decisions(): string[] {
  if (decided.run === undefined) {
    const shell = ROWS.map(([, row]) => `${assignments(row)}; decide; printf '%s\\n' "$REPLY"`).join('\n');
    decided.run = member(SECOND).run('agent.sh', `${ALONE}\n${shell}`);
    decided.decisions = decided.run.output.split('\n');
  }
  return decided.decisions;
}

describeScript('decide', () => {
  test.each(ROWS.map(([name, , expected], index) => [name, index, expected] as const))('%s', (_, index, expected) => {
    expect(decisions()[index]).toBe(expected);
  });

  test('runs no command, and calls no function but its own', () => {
    expect(decisions()).toHaveLength(ROWS.length + 1);
    expect(decided.run).toMatchObject({ status: 0, log: [], calls: [] });
  });

  test('has a row here for each of its states', () => {
    const named = [...scriptBundle('group')['decide.sh'].matchAll(/REPLY=["']([A-Z_]+) /g)].map(([, state]) => state);
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(ROWS.map(([, , expected]) => expected.split(' ')[0]))].sort()).toEqual([...new Set(named)].sort());
  });

  test('is pure: it sets REPLY alone, and the same observations give the same decision', () => {
    const hidden = '(REPLY|before|first|_|BASH[A-Z_]*|EPOCH[A-Z]*|S?RANDOM|LINENO|PIPESTATUS|SECONDS|FUNCNAME|SHELLOPTS)(=|\\$)';
    const check = 'check() { local before first; before=$(declare -p); decide; first=$REPLY; declare -p >"$RUN/after"; decide; '
      + '[[ $first == "$REPLY" ]] || echo "$first, and then $REPLY"; diff <(echo "$before") "$RUN/after" | grep "^[<>]" '
      + `| grep -vE "^. declare -[-a-zA-Z]+ ${hidden}" || true; }; `;
    const few = ROWS.filter((_, index) => index % 4 === 0).map(([, row]) => `${assignments(row)}; check`);
    expect(member(SECOND).run('agent.sh', check + few.join('\n'))).toMatchObject({ status: 0, output: '' });
  });

  test('has no subshell, no process and no pipe in any of its functions', () => {
    const { output } = member(SECOND).run('agent.sh', 'declare -f $(compgen -A function decide)');
    expect(output.match(/^decide\w* \(\)/gm)!.length).toBeGreaterThan(5);
    const outside = output.replace(/'[^']*'/g, '\'\'').replace(/\$\(\([^()]*\)\)/g, '0'); // words and numbers
    expect(outside).not.toMatch(/\$\(|`|[<>]\(|<<|(^|[^|])\|([^|]|$)|(^|[^&])&([^&]|$)|^\s*\( /m);
  });

  test('names no action without a function, and there is no function that it does not name', () => {
    const actions = [...new Set(ROWS.map(([, , expected]) => `act_${expected.split(' ')[1]}`))].sort();
    const { output } = member(SECOND).run('agent.sh', 'compgen -A function act_');
    expect(output.trim().split('\n').sort()).toEqual(actions);
  });
});
