import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Answer, Sandbox, sandbox } from '../../../support/bash';
import { ROOT } from '../../../support/paths';

export const SCRIPTS = join(ROOT, 'lib', 'mysql', 'scripts');
const FOLDERS = ['scripts/shared', 'scripts/backup', 'scripts/store', 'sql/shared', 'sql/group', 'sql/backup'];

export const BASE = '20261129T100000Z-aaaaaa';
export const UUID = 'd44ea3c9-ec12-11f1-a1df-02fc00000001';
export const OTHER_UUID = '2c877907-ec16-11f1-b2d3-02fc00000001';
export const MEMBERS = ['mysql-0', 'mysql-1', 'mysql-2'];

/** The pod of a restore of a group, with all scripts that it may need. */
export function restorePod(environment: Record<string, string> = {}): Sandbox {
  const bash = sandbox({
    POD_NAME: 'mysql-restore-r1-x7k2p', TOPOLOGY: 'group', RESTORE_ID: 'r1', POLL: '0', ANSWER_SECONDS_MAX: '0', ...environment,
  }, 'group');
  bash.remove('scripts');
  mkdirSync(join(bash.folder, 'scripts'));
  for (const folder of FOLDERS) {
    for (const name of readdirSync(join(ROOT, 'lib', 'mysql', folder))) {
      symlinkSync(join(ROOT, 'lib', 'mysql', folder, name), join(bash.folder, 'scripts', name));
    }
  }
  bash.file('topology/members', MEMBERS.map((line) => `${line}\n`).join(''));
  return bash;
}

/** A server that answers when it has read its init file, until it is told to stop. */
export const SERVER: Answer[] = [
  { command: 'mysqld', to: '--datadir', does: 'touch "$RUN/up"; trap "rm -f $RUN/up; exit 0" TERM; while :; do sleep 0.05; done' },
  { command: 'mysql', to: 'DO 1', does: '[[ -e $RUN/up ]] || exit 1' },
];

/** An information file: `KEY VALUE` a line, and `end`. */
export function information(fields: Record<string, string | number>): string {
  return [...Object.entries(fields).map(([key, value]) => `${key} ${value}`), 'end', ''].join('\n');
}

/** An event of a binary log, of which the header has its kind and size. */
export function event(kind: number, body: Buffer): Buffer {
  const header = Buffer.alloc(19);
  header.writeUInt8(kind, 4);
  header.writeUInt32LE(90, 5);
  header.writeUInt32LE(19 + body.length, 9);
  return Buffer.concat([header, body]);
}

const microseconds = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, 7);
};

/** A transaction in a binary log: GTID_LOG_EVENT, and another event. */
export function transaction(gtid: string, time: number, { copiedAt = 0, rest = 300 } = {}): Buffer {
  const [uuid, number] = gtid.split(':');
  const body = Buffer.alloc(42);
  Buffer.from(uuid.replaceAll('-', ''), 'hex').copy(body, 1);
  body.writeBigUInt64LE(BigInt(number), 17);
  const times = copiedAt === 0 ? [microseconds(time)] : [microseconds(copiedAt), microseconds(time)];
  if (copiedAt !== 0) {
    times[0][6] |= 0x80;
  }
  return Buffer.concat([event(33, Buffer.concat([body, ...times, Buffer.alloc(12)])), event(2, Buffer.alloc(rest, 33))]);
}

/** A binary log, as its receiver with the id 90 closes it. */
export function binaryLog(...parts: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('fe62696e', 'hex'), event(15, Buffer.alloc(104)), ...parts, event(4, Buffer.alloc(28))]);
}

/** The logs of a plan, unpacked, each with what its information says. */
export function unpackedLogs(bash: Sandbox, logs: { info: Record<string, string | number>; log: Buffer }[]): string[] {
  return logs.map(({ info, log }, index) => {
    const name = `${String(index + 1).padStart(12, '0')}-0000000${index}`;
    bash.file(`volume/logs/${name}.info`, information({ ...info, name }));
    bash.file(`volume/unpacked.tmp/relay-log.${String(index + 1).padStart(6, '0')}`, '');
    writeFileSync(join(bash.folder, `volume/unpacked.tmp/relay-log.${String(index + 1).padStart(6, '0')}`), log);
    return name;
  });
}
