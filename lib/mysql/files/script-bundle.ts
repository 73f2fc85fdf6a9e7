import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Bundle, BundleName, BUNDLES } from '../constants/programs';

/**
 * The files that the pods of a topology, or of Router, need, by name, as they are: what runs in the pods can be read, checked and tested
 * as files.
 */
export function scriptBundle(name: BundleName): Record<string, string> {
  return Object.fromEntries(bundlePaths(BUNDLES[name]).map(([file, path]) => [file, readFileSync(path, 'utf8')]));
}

/**
 * The path of each file that a program of the bundle is or takes. A pod has all of them in one folder.
 *
 * @throws where a program takes what no folder has, or what two folders have
 */
export function bundlePaths({ folders, programs }: Bundle): [name: string, path: string][] {
  const present = ['scripts', 'sql'].flatMap((kind) => folders.map((folder) => join(__dirname, '..', kind, folder)))
    .flatMap((folder) => readdirSync(folder).map((name): [string, string] => [name, join(folder, name)]));
  const names = Object.entries(programs).flatMap(([program, taken]) => [program, ...taken]).flatMap((taken) => (
    taken.startsWith('*') ? present.map(([name]) => name).filter((name) => name.endsWith(taken.slice(1))) : [taken]
  ));
  return [...new Set(names)].sort().map((name) => {
    const paths = present.filter(([other]) => other === name).map(([, path]) => path);
    if (paths.length !== 1) {
      throw new Error(`${name} must be one file of ${folders.join(', ')}, got ${paths.length === 0 ? 'none' : paths.join(', ')}`);
    }
    return [name, paths[0]];
  });
}
