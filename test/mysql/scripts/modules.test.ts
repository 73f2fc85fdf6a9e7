import { severalSubstitutionsIn } from '../../support/shell-commands';
import { functionsOf, ShellModule, shellModules } from '../../support/shell-modules';

const MODULES = shellModules();
const SOURCED = MODULES.filter(({ sourced }) => sourced);
/** Those that shellcheck reads with all its rules: what they use of others they declare. */
const STRICT = SOURCED.filter(({ disabled }) => !disabled.includes('SC2154'));

const byName = (name: string): ShellModule[] => MODULES.filter((module) => module.name === name);
const words = (text: string): string[] => text.match(/[a-z_][a-z0-9_]*/g) ?? [];
const ownedBy = ({ owned, sets, written }: ShellModule): string[] => [...owned, ...words(sets), ...written.map(([name]) => name)];

/** What a head names, also what a file sets or needs that it names as a whole: `what observe.sh sets`. In parentheses is whose one is. */
function named(text: string, seen: string[] = []): string[] {
  const files = [...text.replace(/\([^)]*\)/g, '').matchAll(/[\w-]+\.sh/g)].map(([file]) => file).filter((file) => !seen.includes(file));
  const whole = files.flatMap(byName).flatMap((module) => [...ownedBy(module), ...module.declared, ...named(module.needs, [...seen,
    ...files])]);
  return [...words(text), ...whole];
}

describe('a script that others source', () => {
  test('is one by its first line, and is a program else', () => {
    expect(SOURCED.length).toBeGreaterThan(20);
    const others = MODULES.filter(({ path, sourced, text }) => (
      !sourced && !text.startsWith(path.startsWith('store/') ? '#!/bin/sh\n' : '#!/usr/bin/env bash\n')));
    expect(others.map(({ path }) => path)).toEqual([]);
  });

  test('of the store is for the shell of BusyBox, and is one by its first line, or a program', () => {
    const store = MODULES.filter(({ path }) => path.startsWith('store/'));
    expect(store.length).toBeGreaterThan(2);
    expect(store.filter(({ text }) => !/^(# shellcheck shell=sh\b|#!\/bin\/sh\n)/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('of a topology, or a shared one, is read by shellcheck with the rule about variables that nothing sets', () => {
    const all = MODULES.filter(({ path }) => /^(backup|group|shared|source-replica)\//.test(path));
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(({ text }) => /disable=.*SC2154/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('says in its head what it needs of others, for all that it declares', () => {
    const silent = STRICT.flatMap((module) => {
      const said = named(`${module.needs} ${module.sets}`);
      return module.declared.filter((name) => !said.includes(name) && !module.owned.includes(name)).map((name) => `${module.path}: ${name}`);
    });
    expect(silent).toEqual([]);
  });

  test('names the right file for what it needs', () => {
    const wrong = STRICT.flatMap(({ path, needs }) => [...needs.matchAll(/([^;()]*) \(([\w-]+\.sh)\)/g)].flatMap(([, names, file]) => {
      const owned = byName(file).flatMap((module) => [...ownedBy(module), ...functionsOf(module.text).keys()]);
      return words(names.replace(/[\w*-]*\*[\w*-]*/g, '').replace(/(?:the )?(?:other )?variables of [\w-]+\.sh|what [\w-]+\.sh \w+/g, ''))
        .filter((name) => !['and', 'the',
          'other'].includes(name) && !owned.includes(name)).map((name) => `${path}: ${name} is not of ${file}`);
    }));
    expect(wrong).toEqual([]);
  });

  test('says in its head what it sets of others', () => {
    // The shell of the store's images has no local variables.
    const unseen = STRICT.filter(({ path }) => !path.startsWith('store/')).flatMap((module) => {
      const said = [...named(module.sets), ...module.owned];
      const locals = ['REPLY'];
      return module.written.filter(([name]) => !said.includes(name) && !locals.includes(name)).map(([name,
        where]) => `${module.path}: ${name} in ${where}`);
    });
    expect(unseen).toEqual([]);
  });
});

describe('a trap', () => {
  /** The functions that `stop` of an agent may run, with their bodies. */
  function reached(module: ShellModule): Map<string, string> {
    const sourced = [...module.text.matchAll(/^source .*\/([\w-]+\.sh)"$/gm)].flatMap(([, file]) => byName(file));
    const all = new Map([module, ...sourced].flatMap(({ text }) => [...functionsOf(text)]));
    const found = new Map<string, string>();
    const open = ['stop'];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const body = all.get(name)!;
      found.set(name, body);
      open.push(...[...all.keys()].filter((other) => !found.has(other) && new RegExp(`(^|[\\s;&|!($"])${other}([\\s;)"]|$)`,
        'm').test(body)));
    }
    return found;
  }

  test('of the agent of a group runs no `return` without a number, which would give the status of the command before the signal', () => {
    const [agent] = MODULES.filter(({ path }) => path === 'group/agent.sh');
    const functions = reached(agent);
    expect([...functions.keys()]).toEqual(expect.arrayContaining(['hand_over', 'move_primary', 'label_pod', 'ask_api', 'api',
      'observe_self', 'secret']));
    const without = [...functions].filter(([, body]) => /\breturn\s*($|[;&|}#])/m.test(body.replace(/^\s*#.*$/gm,
      ''))).map(([name]) => name);
    expect(without).toEqual([]);
  });

  /*
   * bash runs a trap also where it begins to parse a substitution, while its parser waits for the `)` of that: the trap is lost, or it
   * ends the program with status 2 (measured: 5.2.15). A signal that arrives while the first part of a command is made must not meet
   * a second one.
   */
  test('is never run between two substitutions of one command, where bash would lose it', () => {
    const several = MODULES.filter(({ text }) => /^#!.*\bbash$|^# shellcheck shell=bash\b/.test(text.split('\n')[0]))
      .flatMap(({ path, text }) => severalSubstitutionsIn(text).map((command) => `${path}: ${command}`));
    expect(several).toEqual([]);
  });

  test.each([
    'x="$(a) $(b)"', 'f "$(a)" "$(b)" || g', '[[ $(a) == 1 && $(b) == 2 ]]', 'f <<<"$(a)\n$(b)"', 'x=$(a) y=$(b)', 'f <(a) "${x:-$(b)}"',
    'y=$(x="$(a)$(b)")', 'if f $(a) $(b); then c; fi',
  ])('would be found there: %s', (command) => {
    expect(severalSubstitutionsIn(`${command}\n`)).toHaveLength(1);
  });

  test.each([
    'x=$(a); y=$(b)', 'x=$(a) && y=$(b)', 'f "$(a "$(b)")"', 'x=$(a) | y=$(b)', '$((1 + 2)) $((3 + 4)) $(a)',
  ])('may be run in %s', (command) => {
    expect(severalSubstitutionsIn(`${command}\n`)).toEqual([]);
  });
});
