import { existsSync, readdirSync, readFileSync } from 'fs';
import { basename, dirname, join, relative, sep } from 'path';
import { checksum } from '../../core/checksum';
import { filesOf } from '../constants/program-files';
import { Bundle, BundleName, BUNDLES } from '../constants/programs';

const MYSQL = join(__dirname, '..');

/** Files of a ConfigMap. */
export interface Scripts {
  /** The content of each file, as it is, by name: what runs in the pods can be read, checked and tested as files. */
  readonly files: Record<string, string>;
  /** The path of each file below `lib/mysql`. */
  readonly sources: string[];
}

/** The files that the pods of a topology, or of Router, need, by name. */
export function scriptBundle(name: BundleName): Record<string, string> {
  return scriptsOf(bundlePaths(BUNDLES[name])).files;
}

/** The files of a bundle that are in one of these folders. */
export function scriptsIn(name: BundleName, folders: string[]): Scripts {
  return scriptsOf(bundlePaths(BUNDLES[name]).filter(([, path]) => folders.some((folder) => basename(dirname(path)) === folder)));
}

/** The files of a bundle that another one does not have. */
export function scriptsBeside(name: BundleName, other: BundleName): Scripts {
  const others = bundlePaths(BUNDLES[other]).map(([, path]) => path);
  return scriptsOf(bundlePaths(BUNDLES[name]).filter(([, path]) => !others.includes(path)));
}

/** Changes when a file changes that one of these programs is or takes. */
export function programsChecksum(name: BundleName, programs: string[]): string {
  return checksum(scriptsOf(bundlePaths(BUNDLES[name], programs)).files);
}

/**
 * The path of each file that a program of the bundle is or takes. A pod has all of them in one folder.
 *
 * @param bundle the programs and what they take
 * @param names the programs, by default all
 * @throws where a program takes what no folder has, or what two folders have
 */
export function bundlePaths(bundle: Bundle, names: string[] = Object.keys(bundle.programs)): [name: string, path: string][] {
  const { folders } = bundle;
  const present = ['scripts', 'sql'].flatMap((kind) => folders.map((folder) => join(MYSQL, kind, folder)))
    .filter((folder) => existsSync(folder)) // not every one has SQL
    .flatMap((folder) => readdirSync(folder).map((name): [string, string] => [name, join(folder, name)]));
  const all = filesOf(bundle, names).flatMap((taken) => (
    taken.startsWith('*') ? present.map(([name]) => name).filter((name) => name.endsWith(taken.slice(1))) : [taken]
  ));
  return [...new Set(all)].sort().map((name) => {
    const paths = present.filter(([other]) => other === name).map(([, path]) => path);
    if (paths.length !== 1) {
      throw new Error(`${name} must be one file of ${folders.join(', ')}, got ${paths.length === 0 ? 'none' : paths.join(', ')}`);
    }
    return [name, paths[0]];
  });
}

function scriptsOf(paths: [name: string, path: string][]): Scripts {
  return {
    files: Object.fromEntries(paths.map(([name, path]) => [name, readFileSync(path, 'utf8')])),
    sources: paths.map(([, path]) => relative(MYSQL, path).replaceAll(sep, '/')),
  };
}
