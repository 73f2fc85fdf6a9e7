import { readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';
import { ROOT } from './paths';

/** A script, by what it says of itself and what it does. */
export interface ShellModule {
  /** Below `lib/mysql/scripts`. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
  /** Whether others source it; else it is a program. */
  readonly sourced: boolean;
  /** The directives of shellcheck that it disables as a whole. */
  readonly disabled: string[];
  /** What stands behind `needs:` and `sets:` in its head. */
  readonly needs: string;
  readonly sets: string;
  /** Variables of others that it declares, so that shellcheck knows them. */
  readonly declared: string[];
  /** Variables that it gives a value outside of functions. */
  readonly owned: string[];
  /** Variables that its functions write and that are not local to them, each with the function. */
  readonly written: [string, string][];
}

const SCRIPTS = join(ROOT, 'lib', 'mysql', 'scripts');
const NAME = '[a-z_][a-z0-9_]*';

/** All scripts, as far as lines can tell. */
export function shellModules(): ShellModule[] {
  return readdirSync(SCRIPTS).flatMap((folder) => readdirSync(join(SCRIPTS, folder)).filter((name) => name.endsWith('.sh'))
    .map((name) => read(`${folder}/${name}`)));
}

/** The body of each function. */
export function functionsOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^(\w+)\(\) \{(?: # .*)?\n([\s\S]*?)^\}$/gm)].map(([, name, body]) => [name, body]));
}

/** Shell without comments and without what stands in quotes. */
export function bare(text: string): string {
  return text.replace(/\\\n\s*/g, ' ').replace(/\\./g, '""').replace(/^\s*#.*$/gm,
    '').replace(/\$?'[^']*'/g, '\'\'').replace(/"[^"]*"/g, '""').replace(/\s#\s.*$/gm, '');
}

function read(path: string): ShellModule {
  const text = readFileSync(join(SCRIPTS, path), 'utf8');
  const head = /^(?:#.*\n)+/.exec(text)![0];
  const top = text.replace(/^(\w+)\(\) \{(?: # .*)?\n([\s\S]*?)^\}$/gm, '');
  const declarations = [...bare(top).matchAll(/^declare((?: -\w+)*) (.*)$/gm)].flatMap(([, , names]) => names.split(' '));
  return {
    path, name: basename(path), text,
    sourced: /^# shellcheck shell=(ba)?sh\b/.test(head),
    disabled: (/disable=([\w,]+)/.exec(head)?.[1] ?? '').split(',').filter((code) => code !== ''),
    needs: section(head, 'needs'),
    sets: section(head, 'sets'),
    declared: declarations.filter((name) => new RegExp(`^${NAME}$`).test(name)),
    owned: [...new Set([...assigned(bare(top)), ...declarations.filter((name) => name.includes('=')).map((name) => name.split('=')[0])])],
    written: [...functionsOf(text)].flatMap(([name, body]) => {
      const locals = localsOf(body);
      return [...new Set(assigned(bare(body)))].filter((variable) => !locals.includes(variable)).map((variable): [string,
        string] => [variable, name]);
    }),
  };
}

/** The lines of the head from `# word:` on that are indented further, or belong to no other word. */
function section(head: string, word: string): string {
  const [, first = '', rest = ''] = new RegExp(`^# ${word}: +(.*)\\n((?:# {2,}.*\\n)*)`, 'm').exec(head) ?? [];
  return `${first} ${rest.replace(/^# +/gm, '').replaceAll('\n', ' ')}`.trim();
}

function localsOf(body: string): string[] {
  return [...bare(body).matchAll(/\b(?:local|declare)((?: -\w+)*) ([^;&|\n]*)/g)].flatMap(([, , names]) => (
    names.split(/\s+/).map((name) => name.split('=')[0]).filter((name) => new RegExp(`^${NAME}$`).test(name))));
}

/** Variables with lower-case names that shell writes: by an assignment, `read`, `mapfile`, `printf -v` or a descriptor. */
function assigned(shell: string): string[] {
  let flat = shell; // without what runs in a subshell, and without arithmetic
  for (let before = ''; before !== flat;) {
    before = flat;
    flat = flat.replace(/[$<]\([^()]*\)/g, '').replace(/\(\([^()]*\)\)/g, '');
  }
  const word = `${NAME}(?:\\[[^\\]]*\\])?\\+?=(?:\\([^)]*\\)|[^\\s;&|)]*)`;
  const names = [...flat.matchAll(new RegExp(`(?:^|[;&|({]|\\)\\s|\\b(?:then|do|else|local|readonly))\\s*((?:${word}\\s*)+)`, 'gm'))]
    .flatMap(([, all]) => [...all.matchAll(new RegExp(`(?:^|\\s)(${NAME})(?:\\[[^\\]]*\\])?\\+?=`, 'g'))].map(([, name]) => name));
  const reads = [...flat.matchAll(/\bread -\S+((?: [\w[\]"-]+)+)/g)]
    .flatMap(([, words]) => words.trim().split(/\s+/).map((one) => one.split('[')[0]));
  const others = [...flat.matchAll(new RegExp(`\\bmapfile -t (${NAME})|\\bprintf -v (${NAME})|exec \\{(${NAME})\\}`, 'g'))]
    .flatMap(([, ...found]) => found.filter((name) => name !== undefined));
  return [...names, ...reads, ...others].filter((name) => new RegExp(`^${NAME}$`).test(name) && name !== '_');
}
