import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/**
 * The files that the members of a topology need, by name, as they are: what runs in the pods can be read, checked and tested as files.
 *
 * @param topology the folder of `scripts/` and `sql/` with what this topology has beside the shared files
 */
export function scriptBundle(topology: string): Record<string, string> {
  const folders = ['shared', topology].flatMap((folder) => [join(__dirname, 'scripts', folder), join(__dirname, 'sql', folder)]);
  const files = folders.flatMap((folder) => readdirSync(folder).map((name): [string, string] => [name, join(folder, name)]));
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, file]) => [name, readFileSync(file, 'utf8')]));
}
