import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Answer, describeScript, Run, Sandbox } from '../../../support/bash';
import { restorePod } from './restore-pod';

const DATABASES = 'information_schema\nmysql\nmysql_innodb_cluster_metadata\nperformance_schema\nshop\nstock\nsys\ncdk8s_stateful\n';
const WHOLE: Answer = { command: 'mysqldump', to: '', says: 'INSERT INTO t VALUES (1);\n-- Dump completed on 2026-11-29 10:00:00\n' };

/** A dump of a server with these databases, of which the restore has succeeded. */
function dumped(environment: Record<string, string>, dump: Answer): Run & { bash: Sandbox } {
  const bash = restorePod(environment);
  bash.answers(
    { command: 'mysql', to: 'SHOW DATABASES', says: DATABASES }, { command: 'mysql', to: 'VERSION', says: 'u:1-5\t9.7.4\n' }, dump,
  );
  const run = bash.run('dump.sh', 'read_plan() { base=b timeline=initial; }; replay() { :; }; sync() { :; }; main');
  const log = run.log.map((line) => line.replace(/\d+ s\b/g, 'N s').replace(/\d{8}T\d{6}Z-\w{6}/, 'ID').replaceAll(bash.folder, ''));
  return { ...run, log, bash };
}

const infoOf = (bash: Sandbox): string => readFileSync(join(bash.folder, 'volume/dump/dump.info'), 'utf8');

describeScript('a dump', () => {
  test('writes a file for each database of an application, and says what they are', () => {
    const { status, log, bash } = dumped({}, WHOLE);
    expect({ status, log }).toEqual({ status: 0, log: [
      'restored the base b and 0 logs of timeline initial', 'dumped shop: 67 bytes, in N s', 'dumped stock: 67 bytes, in N s',
      'dump ID holds 2 databases of u:1-5: shop stock',
    ] });
    expect(infoOf(bash).split('\n')).toEqual([
      'format 1', 'kind dump', expect.stringMatching(/^id \S+$/), 'timeline initial', 'base b', 'executed u:1-5', 'version 9.7.4',
      'databases shop stock', 'end', '',
    ]);
    expect(existsSync(join(bash.folder, 'volume/dump/stock.sql'))).toBe(true);
  });

  test('writes only the databases that it is asked for', () => {
    const { log, bash } = dumped({ DUMP_DATABASES: 'stock' }, WHOLE);
    expect(log.at(-1)).toBe('dump ID holds 1 databases of u:1-5: stock');
    expect(existsSync(join(bash.folder, 'volume/dump/shop.sql'))).toBe(false);
  });

  test.each<[string, Record<string, string>, Answer, string]>([
    ['a database does not exist', { DUMP_DATABASES: 'shop shop2' }, WHOLE,
      'ERROR: there is no database shop2 in the backup: nothing was stored; correct the databases of the dump'],
    ['a file has no end', {}, { command: 'mysqldump', to: '', says: 'INSERT INTO t VALUES (1);\n' },
      'ERROR: the dump of the database shop has no end: nothing was stored'],
    ['mysqldump fails', {}, { command: 'mysqldump', to: '', does: 'echo "mysqldump: Got error: 1449: no definer" >&2; exit 2' },
      'ERROR: the database shop cannot be dumped: mysqldump: Got error: 1449: no definer; nothing was stored'],
    ['the volume is full', {},
      { command: 'mysqldump', to: '', does: 'echo "mysqldump: Error writing file (Errcode: 28 - No space left on device)" >&2; exit 5' },
      'ERROR: the scratch volume /volume is full: make it larger; nothing was stored'],
  ])('stores nothing when %s', (_, environment, dump, last) => {
    const { status, log, bash } = dumped(environment, dump);
    expect({ status, last: log.at(-1) }).toEqual({ status: 1, last });
    expect(existsSync(join(bash.folder, 'volume/dump'))).toBe(false);
  });
});
