import { describeScript } from '../../../support/bash';
import { A, archiveSandbox, SOURCED } from './archive';

/** An archive at rest: what it knows, as assignments of shell. */
const AT_REST = {
  now: '1000', answer_problem: '', receiver: 'ON', receiver_error: '0', base: `${A}:1-5`, store_is_known: '1', primary_problem: '',
  timeline: 'initial',
  origin: '1/2026-11-29T10:00:00Z', lost: '-', strangers: '-', strangers_received: '-', strangers_since: '', owed: '', owed_since: '0',
  outbox_time: '1800000000',
  restarted_at: '900', outbox: '0', outbox_since: '1000', store_problem: '', free_mib: '900', disk_low: '', archived_mib: '0',
  archived_logs: '3', different_origin: '',
  has: `${A}:1-10`, covered_by: '', password_changed: '', settings_changed: '', checked_at: '$((EPOCHSECONDS - 20))',
};
const POSITION = `position=([timeline]=initial [chain]=1 [base]=${A}:1-5 [end_set]=${A}:1-10 [missing]=- [reset]=0 [chain_start]=${A}:1-5)`;
const IN_STORE = 'all that was received is in the store';
const NOT_IN_STORE = 'not all that was received is in the store yet';
const LATE = { checked_at: '$((EPOCHSECONDS - 100))' };

describeScript('decide-archive.sh', () => {
  const box = archiveSandbox();
  const decide = (changes: Record<string, string>, position = POSITION) => {
    const known = Object.entries({ ...AT_REST, ...changes }).map(([name, value]) => (
      `${name}=${value.startsWith('$') ? value : `'${value}'`}`)).join('; ');
    return box.run(SOURCED, `${known}; ${position}; decide; echo "$REPLY"`).output.trim();
  };

  test.each<[string, Record<string, string>, string | undefined, string]>([
    ['what was committed lately is in the store', {}, undefined, 'ARCHIVING wait chain 1 of the timeline initial'],
    ['its server starts', { answer_problem: 'its server does not answer' }, undefined, 'STARTING wait its server does not answer'],
    ['nobody said yet what the store has', { store_is_known: '', store_problem: 'no such host' }, 'position=()',
      'WAITING_FOR_STORE wait it is not known yet what the store has: no such host'],
    ['it has a position: what the store has does not matter', { store_is_known: '' }, undefined,
      'ARCHIVING wait chain 1 of the timeline initial'],
    ['no primary, and no logs yet', { primary_problem: 'it is away' }, 'position=()', 'WAITING_FOR_SOURCE wait it is away'],
    ['no primary', { primary_problem: 'it is away' }, undefined, `WAITING_FOR_SOURCE wait it is away; ${IN_STORE}`],
    ['no primary, and files for the store', { primary_problem: 'it is away', outbox: '1' }, undefined,
      `WAITING_FOR_SOURCE wait it is away; ${NOT_IN_STORE}`],
    ['no primary, and what is in no file', { primary_problem: 'it is away', has: `${A}:1-11` }, undefined,
      `WAITING_FOR_SOURCE wait it is away; ${NOT_IN_STORE}`],
    ['no primary, and the receiver is off', { primary_problem: 'it is away', receiver: 'OFF' }, undefined,
      `WAITING_FOR_SOURCE start_receiver it is away; ${IN_STORE}`],
    ['no primary, and what comes next was purged', { primary_problem: 'it is away', receiver: 'OFF', receiver_error: '13114' }, undefined,
      `WAITING_FOR_SOURCE wait it is away; ${IN_STORE}`],
    ['the first look', {}, 'position=()', 'STARTING begin the data is of the timeline initial'],
    ['the cluster was restored in place', { timeline: 'r1' }, undefined, 'STARTING begin the data is of the timeline r1'],
    ['killed before its logs were dropped', {}, POSITION.replace('reset]=0', 'reset]=1'), `STARTING reset logs begin after ${A}:1-10`],
    ['its data is another', { base: '-' }, undefined, `STARTING reset logs begin after ${A}:1-10`],
    ['the primary lacks what the store has, at a first look', { strangers: `${A}:11`, strangers_since: '1000' }, undefined,
      'ARCHIVING wait chain 1 of the timeline initial'],
    ['the primary still lacks what the store has', { strangers: `${A}:11`, strangers_since: '980' }, undefined,
      `FOREIGN stop_receiver the primary lacks what the store has: ${A}:11; `
      + 'restore from the store, or name another prefix for this cluster'],
    ['the primary lacks what the store has, and the archive has begun nothing', { strangers: `${A}:11`, strangers_since: '1000',
      receiver: 'OFF' },
    'position=()', `FOREIGN wait the primary lacks what the store has: ${A}:11; `
    + 'restore from the store, or name another prefix for this cluster'],
    ['the data began in another way', { different_origin: '1/2026-01-01T00:00:00Z', receiver: 'OFF' }, undefined,
      'FOREIGN wait the first promotion of the data is 1/2026-11-29T10:00:00Z, that of the store\'s is 1/2026-01-01T00:00:00Z; '
      + 'restore from the store, or name another prefix for this cluster'],
    ['a promotion lost what was only received', { strangers_received: `${A}:12`, strangers_since: '980' }, undefined,
      `BEHIND discard the primary lacks what was received of another one: ${A}:12`],
    ['purged', { receiver: 'OFF', receiver_error: '13114', lost: `${A}:11-20` }, undefined,
      'GAP begin_chain the primary has purged what comes next'],
    ['an error of the source without a gap', { receiver: 'OFF', receiver_error: '1236' }, undefined,
      'ARCHIVING start_receiver the receiver is off'],
    ['a gap', {}, POSITION.replace('missing]=-', `missing]=${A}:11-20`),
      `GAP wait no log has ${A}:11-20: points in time behind it need a base that has it; take a backup`],
    ['a gap that a base covers', { covered_by: '20261129T100000Z-abcdef' }, POSITION.replace('missing]=-', `missing]=${A}:11-20`),
      'STARTING end_gap the base 20261129T100000Z-abcdef has what was missing'],
    ['the password changed', { password_changed: '1' }, undefined, 'ARCHIVING start_receiver the password of replication changed'],
    ['the certificate came', { settings_changed: '1' }, undefined, 'ARCHIVING drop_logs the way to the source changed'],
    ['the receiver was started just now', { receiver: 'OFF', restarted_at: '990' }, undefined,
      'ARCHIVING wait chain 1 of the timeline initial'],
    ['it lacks for long what the primary had', { owed: `${A}:1-12`, owed_since: '980' }, undefined,
      'BEHIND start_receiver the receiver lacks what the primary had 20 s ago'],
    ['it lacks what the primary had, for a moment', { owed: `${A}:1-12`, owed_since: '990' }, undefined,
      'ARCHIVING wait chain 1 of the timeline initial'],
    ['large logs', { archived_mib: '256' }, undefined, 'ARCHIVING drop_logs 3 logs of 256 MiB are in the archive'],
    ['many logs', { archived_logs: '200' }, undefined, 'ARCHIVING drop_logs 200 logs of 0 MiB are in the archive'],
    ['full', { disk_low: '1', free_mib: '100', outbox: '3' }, undefined,
      'SPOOL_FULL stop_receiver the volume has 100 MiB left and needs 256: 156 MiB are missing, and 3 files wait for the store'],
    ['full, with logs that are in the archive', { disk_low: '1', free_mib: '100', receiver: 'OFF', archived_mib: '70' }, undefined,
      'SPOOL_FULL drop_logs the volume has 100 MiB left and needs 256: 156 MiB are missing, and 0 files wait for the store'],
    ['full, and nothing can go', { disk_low: '1', free_mib: '100', receiver: 'OFF' }, undefined,
      'SPOOL_FULL wait the volume has 100 MiB left and needs 256: 156 MiB are missing, and 0 files wait for the store'],
    ['nothing is proven', { checked_at: '0' }, undefined, 'BEHIND wait nothing proves yet that the store has everything'],
  ])('%s', (_, changes, position, expected) => {
    expect(decide(changes, position)).toBe(expected);
  });

  test('a store that takes nothing is said to be away, one that takes what is late is not', () => {
    expect(decide({ ...LATE, outbox: '4', outbox_since: '900', store_problem: 'access denied' })).toMatch(
      /^STORE_AWAY wait the store has taken no file since 2027-01-15T08:00:00Z: access denied$/);
    expect(decide({ ...LATE, outbox: '4', outbox_since: '990' })).toMatch(
      /^BEHIND wait the store has everything up to 20\S+Z only, promised is no older than 60 s$/);
  });
});

describeScript('the look after this one', () => {
  test.each([
    ['is after the usual pause while no file is due', 100, 4], ['is when the next file is due', 127, 3],
    ['is after the usual pause when that is due', 130, 4], ['is after the usual pause when that is late', 190, 4],
  ])('%s', (_, now, pause) => {
    const box = archiveSandbox();
    box.environment.PAUSE = '4';
    expect(box.run('receive.sh', `rotated_at=100; SECONDS=${now}; next_look; echo "$pause"`).output).toBe(`${pause}\n`);
  });
});
