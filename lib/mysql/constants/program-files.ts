import { PATHS } from './paths';
import { Bundle, BundleName, BUNDLES, READ_BY } from './programs';

/** The programs that rendered containers run: as their command, as a probe or as a hook. */
export function programsIn(containers: unknown): string[] {
  if (typeof containers === 'string') {
    const folder = `${PATHS.scripts}/`;
    return containers.startsWith(folder) ? [containers.slice(folder.length)] : [];
  }
  return typeof containers === 'object' && containers !== null ? [...new Set(Object.values(containers).flatMap(programsIn))] : [];
}

/** The names of the files that these programs are and take, with those of the programs that they start. */
export function filesOf({ programs, starts = {} }: Bundle, names: string[]): string[] {
  const started = names.flatMap((name) => starts[name] ?? []);
  return [...new Set([...names, ...started].flatMap((name) => [name, ...programs[name]]))].sort();
}

/** The variables that these programs read. */
export function variablesFor(bundle: BundleName, programs: string[], environment: Record<string, string>): Record<string, string> {
  const files = filesOf(BUNDLES[bundle], programs);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => (
    !(name in READ_BY) || READ_BY[name].some((file) => files.includes(file))
  )));
}
