import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from '../../support/paths';

const BASE = join(ROOT, 'lib', 'mysql');

/** Their pods have volumes of their own (test/mysql/backup/backup.test.ts), and what is done there can be done again. */
const OF_BACKUPS = ['backup', 'store'];
const foldersOf = (kind: string) => readdirSync(join(BASE, kind)).filter((folder) => !OF_BACKUPS.includes(folder));

/** Every script and file of SQL of the members and of Router, without lines that are comments. */
const FILES = new Map(['scripts', 'sql'].flatMap((kind) => foldersOf(kind).flatMap((folder) => (
  readdirSync(join(BASE, kind, folder)).map((name): [string, string] => [
    `${folder}/${name}`, readFileSync(join(BASE, kind, folder, name), 'utf8').replace(/^\s*(#|--).*$/gm, ''),
  ])))));

/** The lines that match, by file. */
function lines(pattern: RegExp): [string, string][] {
  return [...FILES].flatMap(([file, text]) => (
    text.split('\n').filter((line) => pattern.test(line)).map((line): [string, string] => [file, line.trim()])));
}

const filesWith = (pattern: RegExp) => [...new Set(lines(pattern).map(([file]) => file))].sort();

describe('what cannot be undone stands in one place each', () => {
  /** What, how it is written, and where it may stand, with the reason of each place that is not its own. */
  const places: [string, RegExp, string[]][] = [
    ['a group is bootstrapped', /group_replication_bootstrap_group\s*=\s*(ON|1|TRUE)\b/i, ['group/bootstrap-group.sh']],
    ['a data directory is initialised', /--initialize/, [
      'shared/data-directory.sh', // the throw-away server's own
      'shared/initialise.sh',
    ]],
    ['a data directory is moved away or removed',
      /\b(mv( -[\w-]+)* |(rm|rmdir|ln|find|truncate|shred)\b.*)"?\$\{?DATA\b/, ['shared/replace-data.sh']],
    ['a data directory gets its name', /\b(mv|cp|ln|mkdir|install)\b.* "?\$\{?DATA\}?"?( \|\||;|$)/, [
      'shared/data-directory.sh', // put_in_place, where there is none
    ]],
    ['a data directory has another name than DATA', /\$\{?VOLUME\}?"?\/data\b/, ['shared/lib.sh']],
    ['a copy is made', /CLONE INSTANCE/, ['shared/data-directory.sh']],
    ['a server is opened for writes', /\b(super_)?read_only\s*=\s*(OFF|0|FALSE|@)/i, [
      'shared/passwords.sh', // while_writable: for a moment without super_read_only, read_only stays; nothing of it is in a binary log
      'source-replica/candidates.sh', // record: a promotion is written while read_only stays
      'source-replica/open-source.sql',
    ]],
    ['the file that opens a server for writes is used', /open-source\.sql/, ['source-replica/open-for-writes.sh']],
    ['clients are let in', /\boffline_mode\s*=\s*(OFF|0|FALSE|@)/i, [
      'group/guard.sh', 'source-replica/offline.sh', 'source-replica/serve-source.sql',
    ]],
    ['the settings of a source are forgotten', /RESET REPLICA ALL/i, [
      'group/start-group.sh', // of a copy: its donor's
      'source-replica/act-replica.sh', // of a copy: its donor's
      'source-replica/act-source.sh', // of the new source, which has applied all
    ]],
    ['a schema, a table or an account is dropped', /\bDROP (TABLE|DATABASE|SCHEMA|USER)\b|\bTRUNCATE\b/i, []],
  ];

  test.each(places)('%s', (_, pattern, files) => {
    expect(filesWith(pattern)).toEqual(files);
  });

  test.each<[string, RegExp]>([
    ['binary logs and executed sets are never reset', /RESET (MASTER|BINARY LOGS)|SET (GLOBAL|PERSIST) gtid_purged|PURGE (BINARY|MASTER)/i],
    ['no membership is forced', /group_replication_force_members/i],
    ['no settings are persisted', /\bSET PERSIST/i],
  ])('%s', (_, pattern) => {
    expect(lines(pattern)).toEqual([]);
  });

  /** Who calls what acts. */
  const callers: [string, string[]][] = [
    ['bootstrap_group', ['group/joining.sh', 'group/recover.sh']],
    ['initialise', ['shared/provisioning.sh']],
    ['put_copy_in_place', ['shared/reprovision.sh']],
    ['make_room', ['shared/reprovision.sh']],
    ['remove_old', ['shared/replace-data.sh']],
    ['put_in_place', ['shared/initialise.sh', 'shared/provisioning.sh', 'shared/replace-data.sh']],
    ['open_for_writes', ['source-replica/act-source.sh']],
    ['while_writable', ['shared/passwords.sh']],
    ['lower', ['group/guard.sh']],
  ];

  test.each(callers)('%s is called where it should be, and defined once', (name, files) => {
    expect(filesWith(new RegExp(`^${name}\\(\\) \\{$`))).toHaveLength(1);
    expect(filesWith(new RegExp(`(^|[;|&!{]|\\bthen|\\belse|\\bdo|\\bif)\\s*${name}( |;|$)`))).toEqual(files);
  });

  test('what is removed from a volume is half made, or a note', () => {
    const removed = lines(/\brm\b/).flatMap(([file, line]) => (
      [...line.matchAll(/"?\$VOLUME"?\/[^\s;&|]+/g)].map(([path]) => [file, path.replaceAll('"', '')])));
    expect(removed.length).toBeGreaterThan(5);
    const notes = ['cloned', 'reprovision'].map((name) => `$VOLUME/${name}`);
    expect(removed.filter(([, path]) => !/\.tmp$/.test(path) && !notes.includes(path))).toEqual([]);
  });

  test('nothing is removed recursively but what is half made', () => {
    const targets = lines(/\brm -\w*r/).map(([file, line]) => [file, line.replace(/^.*\brm -\w+ /, '')]);
    expect(targets.filter(([, rest]) => !/\.tmp"?($| )/.test(rest))).toEqual([
      ['router/bootstrap.sh', '"$RUN/router"'],
      ['shared/data-directory.sh', '"$2"'], // where a copy goes
      ['shared/initialise.sh', '"$new"'],
    ]);
    expect(lines(/\bclone_from /).map(([, line]) => line).filter((line) => !/ "\$VOLUME\/clone\.tmp"/.test(line))).toEqual([]);
  });

  test('the throw-away server has a directory of its own, which is never the data', () => {
    const [[, line]] = lines(/--initialize.*--datadir/).filter(([file]) => file === 'shared/data-directory.sh');
    expect(line).toContain('--datadir="$work"');
    expect(FILES.get('shared/data-directory.sh')).toContain('local work=$VOLUME/recipient.tmp\n');
    expect(FILES.get('shared/initialise.sh')).toMatch(/local new=\$VOLUME\/init\.tmp /);
  });
});
