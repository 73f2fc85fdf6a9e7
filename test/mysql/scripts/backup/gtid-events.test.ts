import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describeScript } from '../../../support/bash';
import { binaryLog, event, SCRIPTS, transaction, UUID } from './restore-pod';

const AWK = join(SCRIPTS, 'backup', 'gtid-events.awk');
/** GTID_TAGGED_LOG_EVENT of a server 9.7.4, with the tags `foo` and `b2`. */
const TAGGED = [
  '02720000000251039c8d022503b1032422c50385027d0304f1030000000204040606666f6f08080a100c7f5faf7fe06c6106105d041283120bd59ae120',
  '02700000000251039c8d022503b1032422c50385027d0304f1030000000204040604623208080a140c7f29b97fe06c61061059041283120b506db559',
].map((hex) => event(42, Buffer.from(hex, 'hex')));
/** GTID_LOG_EVENT of a server 9.7.4. */
const PLAIN = event(33, Buffer.from(
  '00d44ea3c9ec1211f1a1df02fc000000010300000000000000020200000000000000'
  + '0300000000000000f9a87fe06c6106fc1601506201005397c1b0', 'hex'));

function read(log: Buffer, ...variables: string[]): { lines: string[]; error: string; status: number | null } {
  const od = spawnSync('od', ['-An', '-v', '-tu1', '-w32'], { input: log, encoding: 'utf8' });
  const { stdout, stderr, status } = spawnSync('awk', [...variables.flatMap((one) => ['-v', one]), '-f', AWK], { input: od.stdout,
    encoding: 'utf8' });
  return { lines: stdout.split('\n').slice(0, -1), error: stderr.trim(), status };
}

describeScript('the transactions of a log', () => {
  test('have the time of their commit, their GTID and their place, also those with a tag', () => {
    expect(read(binaryLog(PLAIN, event(2, Buffer.alloc(56)), ...TAGGED, transaction(`${UUID}:4`, 1795970111093704)))).toEqual({
      lines: [
        `1795970111088889 ${UUID}:3 127`, `1795970111090527 ${UUID}:foo:1 281`, `1795970111093033 ${UUID}:b2:1 361`,
        `1795970111093704 ${UUID}:4 440`,
      ],
      error: '', status: 0,
    });
  });

  test('have the time of the server that they were made on, not of one that copied them', () => {
    const { lines } = read(binaryLog(transaction(`${UUID}:9`, 1795970111000001, { copiedAt: 1795970199000000 })));
    expect(lines).toEqual([`1795970111000001 ${UUID}:9 127`]);
  });

  test('are found wherever events begin and end, however large they are', () => {
    const sizes = [...Array(70).keys()].map((size) => size * 37);
    const { lines } = read(binaryLog(...sizes.map((rest, index) => transaction(`${UUID}:${index + 1}`, 1795970111000000 + index,
      { rest }))));
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' ')))
      .toEqual(sizes.map((_, index) => `${1795970111000000 + index} ${UUID}:${index + 1}`));
  });

  test('may be asked for the first one alone', () => {
    const log = binaryLog(event(2, Buffer.alloc(33)), transaction(`${UUID}:1`, 1795970111000000), transaction(`${UUID}:2`,
      1795970111000001));
    expect(read(log, 'FIRST=1').lines).toEqual([`1795970111000000 ${UUID}:1 179`]);
  });

  test.each<[string, Buffer, string]>([
    ['no binary log', Buffer.from('PK\x03\x04 and so on, for a while'), 'this is no binary log'],
    ['an encrypted one', Buffer.concat([Buffer.from('fd62696e', 'hex'), Buffer.alloc(60)]), 'the log is encrypted (binlog_encryption)'],
    ['a damaged one', Buffer.concat([binaryLog(), Buffer.alloc(60)]), 'the event at 174 is damaged'],
  ])('of %s are refused', (_, log, why) => {
    expect(read(log)).toEqual({ lines: [], error: `gtid-events.awk: ${why}`, status: 2 });
  });
});
