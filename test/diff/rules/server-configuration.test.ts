import { ManifestChange, ManifestDiff } from '../../../lib';
import { report } from '../../../lib/diff/report';
import { Manifest } from '../../../lib/manifests/manifest';
import { Folders } from '../folders';

const SECRET = 'hunter2';
const REMEDY = 'keep the value; to change it, make a new cluster with it and load a logical dump into that one';
const NO_START = 'the server does not start on data that was made with another value: the pods do not come back';
const NO_PLACE = 'the server looks for its files in another place, where there are none: the pods do not come back';

const configMap = (text: string, file = 'my.cnf'): Manifest => (
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mysql-config', namespace: 'data' }, data: { [file]: text } }
);
const mysqld = (...lines: string[]) => configMap(`[mysqld]\n${lines.join('\n')}\n`);

function compare(before: Manifest, after: Manifest): ManifestChange[] {
  const folders = new Folders().write('old', [before]).write('new', [after]);
  try {
    return ManifestDiff.compare(folders.old, folders.new);
  } finally {
    folders.remove();
  }
}

describe('an option that a server with data cannot change is named', () => {
  test.each<[string, string[], string[], string | undefined, string | undefined, string]>([
    ['lower_case_table_names', [], ['lower_case_table_names = 1'], undefined, '1', NO_START],
    ['lower_case_table_names', ['lower_case_table_names=1'], [], '1', undefined, NO_START],
    ['lower_case_table_names', ['lower-case-table-names=1'], ['LOWER_CASE_TABLE_NAMES = 2'], '1', '2', NO_START],
    ['lower_case_table_names', [], ['loose-lower_case_table_names="1" # no capitals'], undefined, '1', NO_START],
    ['lower_case_table_names', ['lower_case_table_names = 0'], ['lower_case_table_names = 0', 'lower_case_table_names = 1'], '0', '1',
      NO_START],
    ['innodb_page_size', [], ['innodb_page_size = 8K'], undefined, '8192', NO_START],
    ['innodb_page_size', ['innodb_page_size = 64k'], ['innodb_page_size = 32768'], '65536', '32768', NO_START],
    ['innodb_data_file_path', [], ['innodb_data_file_path = ibdata1:1G'], undefined, '"(content)"',
      'the server does not start on files of other sizes: the pods do not come back'],
    ['innodb_data_home_dir', [], ['innodb_data_home_dir = /a'], undefined, '"(content)"', NO_PLACE],
    ['innodb_undo_directory', ['innodb_undo_directory = /a'], ['innodb_undo_directory = /b'], '"(content)"', '"(content)"', NO_PLACE],
    ['innodb_log_group_home_dir', ['innodb_log_group_home_dir = /a'], [], '"(content)"', undefined, NO_PLACE],
    ['datadir', ['datadir = /data'], ['datadir = /data/new'], '"(content)"', '"(content)"', NO_PLACE],
  ])('%s from %j to %j', (option, before, after, oldValue, newValue, reason) => {
    expect(compare(mysqld(...before), mysqld(...after))).toEqual([{
      level: 'data', object: 'ConfigMap data/mysql-config', field: `data[my.cnf].${option}`, oldValue, newValue, reason, remedy: REMEDY,
    }]);
  });
});

describe('no change is', () => {
  test.each<[string, Manifest, Manifest]>([
    ['a default that is written out', mysqld(), mysqld('lower_case_table_names = 0', 'innodb_page_size = 16k')],
    ['one in another spelling', mysqld('innodb_page_size = 8192', 'datadir = /data/'), mysqld('innodb-page-size=8K', 'datadir="/data"')],
    ['one in another section', mysqld(), configMap('[mysqld]\n[mysql]\nlower_case_table_names = 1\n[client]\ndatadir = /a\n')],
    ['a comment', mysqld(), mysqld('# lower_case_table_names = 1', '; lower_case_table_names = 1')],
    ['an option that may change', mysqld('max_connections = 1'), mysqld('max_connections = 2', `init_connect = ${SECRET}`)],
    ['another file', configMap('[mysqld]\n', 'a.txt'), configMap('[mysqld]\nlower_case_table_names = 1\n', 'a.txt')],
    ['a new file', configMap('', 'a.cnf'), configMap('[mysqld]\nlower_case_table_names = 1\n', 'b.cnf')],
  ])('%s', (_, before, after) => {
    expect(compare(before, after)).toEqual([]);
  });
});

test('the section of a version and that of every server count', () => {
  const after = configMap('[mysqld-9.7]\nlower_case_table_names = 1\n[server]\ninnodb_page_size = 4k\n');
  expect(compare(mysqld(), after).map(({ field }) => field))
    .toEqual(['data[my.cnf].lower_case_table_names', 'data[my.cnf].innodb_page_size']);
});

describe('nothing else of the content is printed', () => {
  const lines = (value: number) => `[mysqld]\nlower_case_table_names = ${value}\ndatadir = /${SECRET}${value}\ninit_connect = ${SECRET}${value}\n`;
  const secret = (fields: object): Manifest => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'mysql' }, ...fields });
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  test.each<[string, Manifest, Manifest]>([
    ['a ConfigMap', configMap(lines(0)), configMap(lines(1))],
    ['binaryData of a ConfigMap', { ...configMap(''), data: undefined, binaryData: { 'my.cnf': base64(lines(0)) } }, configMap(lines(1))],
    ['a Secret', secret({ stringData: { 'my.cnf': lines(0) } }), secret({ data: { 'my.cnf': base64(lines(1)) } })],
  ])('of %s', (_, before, after) => {
    const changes = compare(before, after);
    expect(changes.map(({ field }) => field)).toEqual(['data[my.cnf].lower_case_table_names', 'data[my.cnf].datadir']);
    expect(report(changes)).not.toContain(SECRET);
    expect([changes[0].oldValue, changes[0].newValue]).toEqual(before.kind === 'Secret' ? ['"(content)"', '"(content)"'] : ['0', '1']);
  });
});
