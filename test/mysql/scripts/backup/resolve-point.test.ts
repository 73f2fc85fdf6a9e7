import { describeScript, Run } from '../../../support/bash';
import { BASE, binaryLog, event, OTHER_UUID, restorePod, transaction, unpackedLogs, UUID } from './restore-pod';

const SECOND = 1_000_000;
const START = Date.parse('2026-11-29T10:00:00Z') * 1000;
const at = (seconds: number): number => START + seconds * SECOND;
const time = (seconds: number): string => new Date(at(seconds) / 1000).toISOString().replace('Z', '000Z');

/** Three logs: the transaction :4 begins in the first one and ends in the second one; then another server is the primary. */
const LOGS = [
  { info: { start: `${UUID}:1`, end_set: `${UUID}:1-3`, last_commit: time(120) },
    log: binaryLog(transaction(`${UUID}:2`, at(100)), transaction(`${UUID}:3`, at(110)), transaction(`${UUID}:4`, at(120))) },
  { info: { start: `${UUID}:1-3`, end_set: `${UUID}:1-5,${OTHER_UUID}:1`, last_commit: time(200) },
    log: binaryLog(event(2, Buffer.alloc(9)), transaction(`${UUID}:5`, at(190)), transaction(`${OTHER_UUID}:1`, at(200))) },
  { info: { start: `${UUID}:1-5,${OTHER_UUID}:1`, end_set: `${UUID}:1-5,${OTHER_UUID}:1-3`, last_commit: time(300) },
    log: binaryLog(transaction(`${OTHER_UUID}:2`, at(290)), transaction(`${OTHER_UUID}:3`, at(300))) },
];
const END = `${UUID}:1-2,${UUID}:1-5,${OTHER_UUID}:1-3`;

function resolve(kind: string, value = '', { logs = LOGS, base = `${UUID}:1-2` } = {}): Run {
  const bash = restorePod();
  const names = unpackedLogs(bash, logs);
  return bash.run('lib.sh plan.sh resolve-point.sh',
    `logs=(${names.join(' ')}) base=${BASE} base_set=${base} until_kind=${kind} until_value=${value}; `
    + 'resolve_point; echo "${stop_before:--} $target"');
}

describeScript('the point', () => {
  test.each<[string, string, string, string]>([
    ['latest', '', '-', END],
    ['time', time(250), `${OTHER_UUID}:2`, `${UUID}:1-2,${UUID}:1-5,${OTHER_UUID}:1,${UUID}:5-5,${OTHER_UUID}:1-1`],
    ['time', time(200), `${OTHER_UUID}:2`, `${UUID}:1-2,${UUID}:1-5,${OTHER_UUID}:1,${UUID}:5-5,${OTHER_UUID}:1-1`],
    ['time', time(119), `${UUID}:4`, `${UUID}:1-2,${UUID}:1,${UUID}:2-3`],
    ['time', time(130), `${UUID}:5`, `${UUID}:1-2,${UUID}:1-3,${UUID}:2-4`],
    ['time', time(400), '-', END],
    ['before', `${OTHER_UUID}:3`, `${OTHER_UUID}:3`,
      `${UUID}:1-2,${UUID}:1-5,${OTHER_UUID}:1,${UUID}:5-5,${OTHER_UUID}:1-1,${OTHER_UUID}:2-2`],
    ['before', `${UUID}:4`, `${UUID}:4`, `${UUID}:1-2,${UUID}:1,${UUID}:2-3`],
    ['after', `${UUID}:4`, `${UUID}:5`, `${UUID}:1-2,${UUID}:1-3,${UUID}:2-4`],
    ['after', `${OTHER_UUID}:1`, `${OTHER_UUID}:2`, `${UUID}:1-2,${UUID}:1-5,${OTHER_UUID}:1,${UUID}:5-5,${OTHER_UUID}:1-1`],
    ['after', `${OTHER_UUID}:3`, '-', END],
  ])('%s %s stops before %s', (kind, value, stop, target) => {
    expect(resolve(kind, value)).toMatchObject({ status: 0, output: `${stop} ${target}\n` });
  });

  test('is said with both neighbors, their times and their GTIDs', () => {
    expect(resolve('time', time(250)).log).toEqual([expect.stringMatching(new RegExp(
      `^the point was found in \\d s: the last transaction that is restored is ${OTHER_UUID}:1 of ${time(200)}; `
      + `the first one that is not is ${OTHER_UUID}:2 of ${time(290)}$`))]);
  });

  test('is the first later transaction in the order of the logs, whatever the clocks of later ones say', () => {
    const log = binaryLog(transaction(`${UUID}:2`, at(10)), transaction(`${OTHER_UUID}:1`, at(60)), transaction(`${OTHER_UUID}:2`, at(20)));
    const { output } = resolve('time', time(30), { logs: [{ info: LOGS[0].info, log }], base: `${UUID}:1` });
    expect(output).toBe(`${OTHER_UUID}:1 ${UUID}:1,${UUID}:1,${UUID}:2-2\n`);
  });

  test('is not at a transaction that the base has, which is said', () => {
    const run = resolve('time', time(90));
    expect(run.output).toBe(`${UUID}:3 ${UUID}:1-2,${UUID}:1,${UUID}:2-2\n`);
    expect(run.log[0]).toBe(`the base ${BASE} has ${UUID}:2 of ${time(100)}, which is later than the time: clocks differ, or the base was taken when it was almost that time`);
  });

  test('needs no log when the base has all', () => {
    expect(resolve('latest', '', { logs: [] })).toMatchObject({ status: 0, output: `- ${UUID}:1-2\n` });
  });

  test.each<[string, string, string]>([
    ['before', `${UUID}:77`,
      `the transaction ${UUID}:77 is in none of the logs that should have it: 000000000002-00000001 000000000003-00000002`],
    ['after', `${UUID}:77`,
      `the transaction ${UUID}:77 is in none of the logs that should have it: 000000000002-00000001 000000000003-00000002`],
    ['time', 'yesterdayish', '\'yesterdayish\' is no time'],
    ['never', '', 'the plan says until never, which this version does not know'],
  ])('%s %s is refused before anything is applied', (kind, value, why) => {
    expect(resolve(kind, value)).toMatchObject({ status: 1, output: '', log: [`ERROR: ${why}`] });
  });

  test('is not looked for in a log that cannot be read', () => {
    const run = resolve('before', `${UUID}:2`, { logs: [{ info: LOGS[0].info, log: Buffer.from('no log at all') }] });
    expect(run).toMatchObject({ status: 1, log: ['gtid-events.awk: this is no binary log',
      'ERROR: the log 000000000001-00000000 cannot be read, see above'] });
  });
});
