import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { sandbox, Sandbox } from '../../../support/bash';
import { ROOT } from '../../../support/paths';

/** A server of a source, and another one. */
export const A = 'aaaaaaaa-0000-0000-0000-000000000000';
export const B = 'bbbbbbbb-0000-0000-0000-000000000000';

/** The scripts that `receive.sh` sources, in its order. */
export const SOURCED = 'lib.sh data-directory.sh agent-loop.sh session.sh end-without-data.sh info.sh position.sh receiver.sh '
  + 'whole-logs.sh archive-logs.sh observe-archive.sh prove-archive.sh decide-archive.sh act-archive.sh';

const FOLDERS = ['scripts/shared', 'scripts/backup', 'scripts/store', 'sql/shared', 'sql/backup'];

/** A sandbox with the scripts of the archive; its volume is `volume`. */
export function archiveSandbox(): Sandbox {
  const box = sandbox({ INTERVAL: '30', READ_WRITE_HOST: 'mysql.shop.svc.cluster.local', POD_NAME: 'mysql-archive-0' });
  box.remove('scripts');
  FOLDERS.forEach((folder) => {
    const from = join(ROOT, 'lib', 'mysql', folder);
    readdirSync(from).forEach((name) => box.file(`scripts/${name}`, readFileSync(join(from, name), 'utf8')));
  });
  return box;
}

/** An information file. */
export function info(fields: Record<string, string>): string {
  return `${Object.entries(fields).map(([key, value]) => `${key} ${value}\n`).join('')}end\n`;
}

/** The position of an archive that has the first ten transactions. */
export const POSITION = {
  timeline: 'initial', origin: '-', chain: '1', chain_start: `${A}:1-5`, sequence: '7', file: 'relay-log-archive.000002', base: `${A}:1-5`,
  end_set: `${A}:1-10`, missing: '-', settings: '-', reset: '0',
};
