import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Bundle } from '../../lib/mysql/constants/programs';
import { ROOT } from './paths';

/** What containers run, take and read, as the texts of the scripts and the rendered pods say it. */
const MYSQL = join(ROOT, 'lib', 'mysql');
export const BESIDE = /\$\{(?:BASH_SOURCE\[0\]|0)%\/\*\}\/([\w.-]+)/g; // of bash, and of the shell of BusyBox
export const READ = /"\$SQL(?:\/([\w-]+\.sql)"|"\/([\w*-]+\.sql))/g; // "$SQL/survey.sql", "$SQL"/*-accounts.sql
const SOURCED = /^(?:source "\$\{BASH_SOURCE\[0\]|\. "\$\{0)%\/\*\}\/([\w.-]+)"$/gm;

/** A file of `lib/mysql/scripts` or `lib/mysql/sql`. */
export interface ScriptFile {
  readonly name: string;
  readonly folder: string;
  /** Below `lib/mysql`. */
  readonly path: string;
}

export const SCRIPT_FILES: ScriptFile[] = ['scripts', 'sql'].flatMap((kind) => readdirSync(join(MYSQL, kind)).flatMap((folder) => (
  readdirSync(join(MYSQL, kind, folder)).map((name) => ({ name, folder, path: `${kind}/${folder}/${name}` })))));

/** The commands of each script, without its comments. */
const COMMANDS = new Map(SCRIPT_FILES.filter(({ name }) => name.endsWith('.sh')).map(({ path }) => (
  [path, readFileSync(join(MYSQL, path), 'utf8').replace(/^\s*#.*$/gm, '')]
)));

/** The commands of a script, without its comments. Empty where the folders have no such script. */
export function commandsOf(name: string, folders: string[]): string {
  const file = SCRIPT_FILES.find((one) => one.name === name && folders.includes(one.folder));
  return file === undefined ? '' : COMMANDS.get(file.path) ?? '';
}

/** Of a script and what it sources: the files that it sources or reads, and the others that it names. */
export function usedBy(program: string, { folders }: Bundle): { taken: string[]; named: string[] } {
  const taken = new Set<string>();
  const named = new Set<string>();
  const open = [program];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const commands = commandsOf(name, folders);
    const sourced = [...commands.matchAll(SOURCED)].map(([, other]) => other);
    open.push(...sourced.filter((other) => !taken.has(other)));
    [...sourced, ...[...commands.matchAll(READ)].map(([, sql, pattern]) => sql ?? pattern)].forEach((other) => taken.add(other));
    const beside = [...commands.matchAll(BESIDE)].map(([, other]) => other);
    beside.filter((other) => !sourced.includes(other)).forEach((other) => named.add(other));
  }
  return { taken: [...taken], named: [...named] };
}

/** The paths of the files that programs, and the programs that they start, use. */
export function filesUsedBy(programs: string[], bundle: Bundle): string[] {
  const all = new Set(programs);
  const used = new Set<string>();
  all.forEach((program) => {
    const { taken, named } = usedBy(program, bundle);
    [program, ...taken, ...named].forEach((name) => used.add(name));
    named.filter((other) => commandsOf(other, bundle.folders) !== '').forEach((other) => all.add(other));
  });
  return SCRIPT_FILES.filter(({ name, folder }) => bundle.folders.includes(folder)
    && [...used].some((pattern) => pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : pattern === name)).map(({ path }) => path);
}

/** The scripts that something rendered runs: as commands, as probes and before a stop. */
export function programsRunBy(rendered: unknown): string[] {
  return [...new Set([...JSON.stringify(rendered).matchAll(/"\/scripts\/([\w.-]+)"/g)].map(([, name]) => name))];
}
