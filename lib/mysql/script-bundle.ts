import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** The files of `scripts/` and `sql/` by name, as they are: what runs in the pods can be read, checked and tested as files. */
export function scriptBundle(): Record<string, string> {
  const files = ['scripts', 'sql'].flatMap((folder) => readdirSync(join(__dirname, folder)).map((name) => join(__dirname, folder, name)));
  return Object.fromEntries(files.map((file): [string, string] => [file.split(/[\\/]/).pop()!, readFileSync(file, 'utf8')])
    .sort(([a], [b]) => (a < b ? -1 : 1)));
}
