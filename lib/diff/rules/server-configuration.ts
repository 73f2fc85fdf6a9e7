import { Fields, isFields, Manifest } from '../../manifests/manifest';
import { Difference } from '../manifests/differences';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { change, Pair } from '../manifests/rule';

const OPTION_FILE = /\.cnf$/;
/** The sections that mysqld reads: `[mysqld]`, `[server]`, and those of one version. */
const SECTION = /^\[(?:mysqld|server|mysqld-\d+\.\d+)\]/;
/** What may be shown: numbers, which are no secrets. */
const NUMBER = /^\d+$/;
const UNITS: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

const PLACE = 'looks for its files in another place, where there are none';

/** Options that say what a data directory was made with, their defaults, and what a server does on one that was made with another value. */
const FIXED = new Map<string, { readonly default?: string; readonly reason: string }>(Object.entries({
  lower_case_table_names: { default: '0', reason: 'does not start on data that was made with another value' },
  innodb_page_size: { default: '16384', reason: 'does not start on data that was made with another value' },
  innodb_data_file_path: { default: 'ibdata1:12M:autoextend', reason: 'does not start on files of other sizes' },
  innodb_data_home_dir: { reason: PLACE },
  innodb_undo_directory: { reason: PLACE },
  innodb_log_group_home_dir: { reason: PLACE },
  datadir: { reason: PLACE },
}));

/** MySQL's option files in ConfigMaps and Secrets: what a server with data cannot change. */
export function serverConfiguration({ oldObject, newObject }: Pair): ManifestChange[] {
  const [before, after] = [optionFiles(oldObject), optionFiles(newObject)];
  return [...before.keys()].filter((file) => after.has(file)).flatMap((file) => (
    changesOf(oldObject, file, optionsOf(before.get(file)!), optionsOf(after.get(file)!))
  ));
}

function changesOf(object: Manifest, file: string, before: Map<string, string>, after: Map<string, string>): ManifestChange[] {
  return [...FIXED].flatMap(([name, { default: byDefault, reason }]) => {
    const [oldValue, newValue] = [before.get(name), after.get(name)];
    if ((oldValue ?? byDefault) === (newValue ?? byDefault)) {
      return [];
    }
    const difference: Difference = { field: `data[${file}].${name}`, oldValue: shown(object, oldValue), newValue: shown(object, newValue) };
    return [change(ManifestChangeLevel.DATA, object, difference, {
      reason: `the server ${reason}: the pods do not come back`,
      remedy: 'keep the value; to change it, make a new cluster with it and load a logical dump into that one',
    })];
  });
}

/** The content of the option files, in clear. */
function optionFiles(object: Manifest): Map<string, string> {
  const clear = Object.entries(fields(object.kind === 'Secret' ? object.stringData : object.data));
  const encoded = Object.entries(fields(object.kind === 'Secret' ? object.data : object.binaryData))
    .map(([name, text]) => [name, Buffer.from(String(text), 'base64').toString()]);
  const texts = [...encoded, ...clear].map(([name, text]): [string, string] => [String(name), String(text)]);
  return new Map(texts.filter(([name]) => OPTION_FILE.test(name)));
}

/** Option files take `-` for `_`, capitals, the prefix `loose_`, quotes and comments; of one option the last line counts. */
function optionsOf(text: string): Map<string, string> {
  const options = new Map<string, string>();
  let isOfServer = false;
  for (const line of text.split('\n').map((part) => part.trim())) {
    if (line.startsWith('[')) {
      isOfServer = SECTION.test(line);
    }
    const [, name, , value = ''] = /^([A-Za-z][-\w]*)\s*(=\s*(.*))?$/.exec(line) ?? [];
    if (isOfServer && name !== undefined) {
      options.set(name.toLowerCase().replaceAll('-', '_').replace(/^loose_/, ''), canonical(value));
    }
  }
  return options;
}

/** A value without quotes and comment; 16K is 16384, and a folder has no slash behind it. */
function canonical(value: string): string {
  const bare = value.replace(/\s*#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
  const [, digits, unit] = /^(\d+)([KMG])$/i.exec(bare) ?? [];
  return digits === undefined ? bare.replace(/(.)\/$/, '$1') : String(Number(digits) * UNITS[unit.toUpperCase()]);
}

/** What is in Secrets and ConfigMaps is not printed, but for numbers of these options in a ConfigMap. */
function shown(object: Manifest, value?: string): unknown {
  if (value === undefined) {
    return undefined;
  }
  return object.kind === 'ConfigMap' && NUMBER.test(value) ? Number(value) : '(content)';
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}
