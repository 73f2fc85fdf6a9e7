import { Answer, describeScript, Sandbox } from '../../../support/bash';
import { FIRST, hasNone, SECOND, tells, tellsInGroup, THIRD } from '../group/members';
import { OTHER, REPLICA, SOURCE, withData, withoutData } from '../members';
import { backupPod } from './backup-pod';

/** What a member says of its replication. */
function well(name: string, { applier = 'ON', receiver = 'ON', lag = 0 } = {}): Answer {
  return { command: 'mysql', on: name, to: '\'donor\'', says: `donor\t${applier}\t${receiver}\t${lag}\t1/2026-11-29T02:17:00Z\tinitial\n` };
}

function decide(bash: Sandbox, waited: number, ...answers: Answer[]): string[] {
  bash.answers(...answers);
  const shell = `write_remote_options monitor; members; ask_members; decide_donor ${waited}; echo "\${donor:--} \${role:--}"; echo "$reason"; echo "$warning"`;
  return bash.run('lib.sh survey.sh donors.sh choose-donor.sh', shell).output.trimEnd().split('\n');
}

const ofGroup = (waited: number, ...answers: Answer[]) => decide(backupPod('backup-group', [FIRST, SECOND, THIRD]), waited, ...answers);
const ofSource = (waited: number, ...answers: Answer[]) => (
  decide(backupPod('backup-source-replica', [SOURCE, REPLICA, OTHER]), waited, ...answers));
const group = [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND), ...tellsInGroup(THIRD)];
const replicas = [...withData(SOURCE), ...withData(REPLICA), ...withData(OTHER)];
const noneOf = (donor: string, text: string) => [donor, 'primary', text, `copying ${donor}, which is open for writes: ${text}`];
const split = ([first, ...rest]: string[]) => [...first.split(' '), ...rest];

describeScript('a backup of a group copies', () => {
  test.each<[string, Answer[], string]>([
    ['a secondary, but not the one that a joiner copies', [...group, well(SECOND), well(THIRD)], SECOND],
    ['another one when the last one is the primary',
      [...tellsInGroup(FIRST), ...tellsInGroup(SECOND), ...tellsInGroup(THIRD, 'PRIMARY'), well(FIRST), well(SECOND)], SECOND],
    ['one that is as late as it may be', [...group, well(SECOND, { lag: 30 }), well(THIRD)], SECOND],
  ])('%s', (_, answers, donor) => {
    expect(ofGroup(0, ...answers)).toEqual([`${donor} secondary`, 'it is a secondary that is well']);
  });

  test.each<[string, Answer[], string]>([
    ['when it is alone', [...tellsInGroup(FIRST, 'PRIMARY'), well(FIRST)], `${SECOND} ${THIRD} does not answer`],
    ['when a joiner would copy the only other one', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND), well(FIRST), well(SECOND)],
      `${SECOND} is the one that a member without data would copy, ${THIRD} does not answer`],
    ['when the other one is late for long', [...group, well(FIRST), well(SECOND, { lag: 31 }), well(THIRD)],
      `${SECOND} is 31 s behind, ${THIRD} is the one that a member without data would copy`],
  ])('the primary, with a warning, %s', (_, answers, text) => {
    expect(split(ofGroup(300, ...answers))).toEqual(noneOf(FIRST, text));
  });

  test.each<[string, Answer[], string]>([
    ['while a member has no data', [...tellsInGroup(FIRST, 'PRIMARY'), ...tellsInGroup(SECOND), ...hasNone(THIRD), well(SECOND)],
      `${THIRD} waits for a copy of the data, and comes first`],
    ['while a secondary is late', [...group, well(FIRST), well(SECOND, { lag: 31 }), well(THIRD)],
      `${SECOND} is 31 s behind, ${THIRD} is the one that a member without data would copy`],
    ['while a secondary applies nothing', [...group, well(FIRST), well(SECOND, { applier: 'OFF' }), well(THIRD)],
      `${SECOND} has the receiver ON and the applier OFF, ${THIRD} is the one that a member without data would copy`],
    ['while there is no group', [...tells(FIRST), ...tells(SECOND), ...tells(THIRD)], 'there is no other member with data that works'],
    ['while nobody answers', [], `${FIRST} ${SECOND} ${THIRD} does not answer`],
  ])('nothing %s', (_, answers, text) => {
    expect(ofGroup(0, ...answers)).toEqual(['- -', text]);
  });
});

describeScript('a backup of a source copies', () => {
  test.each<[string, Answer[], string]>([
    ['a replica', [...replicas, well(REPLICA), well(OTHER)], REPLICA],
    ['the next one when that is late', [...replicas, well(REPLICA, { lag: 31 }), well(OTHER)], OTHER],
    ['a replica while the source is away', [...withData(REPLICA), ...withData(OTHER), well(REPLICA)], REPLICA],
    ['the replica of a source that was promoted',
      [
        ...[SOURCE, REPLICA, OTHER].flatMap((name) => withData(name, { epoch: 1, source: REPLICA, readOnly: name === REPLICA ? 0 : 1 })),
        well(SOURCE),
      ],
      SOURCE],
  ])('%s', (_, answers, donor) => {
    expect(ofSource(0, ...answers)).toEqual([`${donor} replica`, 'it is a replica that is well']);
  });

  test('the source, with a warning, when no replica is well for long', () => {
    const text = `${REPLICA} has the receiver OFF and the applier ON, ${OTHER} does not answer`;
    const answers = [
      ...withData(SOURCE), ...withData(REPLICA), well(REPLICA, { receiver: 'OFF' }), well(SOURCE, { applier: '-', receiver: '-' }),
    ];
    expect(split(ofSource(300, ...answers))).toEqual(noneOf(SOURCE, text));
  });

  test('nothing while the source or a replica has no data', () => {
    const [first] = ofSource(300, ...withoutData(SOURCE), ...withData(REPLICA), ...withData(OTHER), well(REPLICA), well(OTHER));
    expect(first).toBe('- -');
    expect(ofSource(300, ...withData(SOURCE), ...withData(REPLICA), ...withoutData(OTHER), well(REPLICA)).slice(0, 2)).toEqual([
      '- -', `${OTHER} waits for a copy of the data, and comes first`,
    ]);
  });
});

describeScript('a backup that finds no member', () => {
  test('ends after a while, and says why', () => {
    const bash = backupPod('backup-group', [FIRST, SECOND, THIRD]);
    bash.environment.WAIT_SECONDS_MAX = '0';
    const { status, log } = bash.run('lib.sh survey.sh donors.sh choose-donor.sh', 'write_remote_options monitor; choose_donor');
    expect(status).toBe(1);
    expect(log).toEqual([expect.stringMatching(new RegExp(`^ERROR: no member could be copied for \\d s: ${FIRST} ${SECOND} ${THIRD} does not answer; `
      + 'nothing was stored: see to the members first, then run the backup again$'))]);
  });
});
