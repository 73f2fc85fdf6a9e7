import { execFileSync } from 'child_process';
import { join } from 'path';
import * as library from '../lib';
import { ROOT } from './support/paths';

/** What a new process prints that has the compiled package, which `npm run compile` makes, as its working folder. */
function run(program: string, ...options: string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, [...options, '--eval', program], { cwd: ROOT, encoding: 'utf8' }));
}

/** The files of the package that a process has loaded after it used these names. */
function loadedFor(...names: string[]): string[] {
  return run(`
    const library = require('.');
    for (const name of ${JSON.stringify(names)}) library[name];
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.startsWith(process.cwd() + '/build/'))));
  `) as string[];
}

describe('importing the compiled package', () => {
  test('loads one file', () => {
    expect(loadedFor()).toEqual([join(ROOT, 'build/lib/index.js')]);
  });

  test.each([['StatefulWeb', 'web'], ['MySqlCluster', 'mysql'], ['NfsPersistentVolumes', 'nfs'], ['Diagram', 'diagram']])(
    'loads no other family for %s', (name, own) => {
      const families = ['claim', 'diagram', 'diff', 'local', 'mysql', 'nfs', 'web'];
      const loaded = loadedFor(name).map((file) => file.slice(join(ROOT, 'build/lib/').length).split('/')[0]);
      expect(families.filter((family) => loaded.includes(family))).toEqual([own]);
    },
  );

  test('offers every name that has a value, which is the same whenever it is asked for', () => {
    expect((run(`console.log(JSON.stringify(Object.keys(require("."))))`) as string[]).sort()).toEqual(Object.keys(library).sort());
    expect(run(`
      const library = require('.');
      console.log(JSON.stringify(Object.keys(library).filter((name) => library[name] === undefined || library[name] !== library[name])))
    `)).toEqual([]);
  });

  test('gives an ES module the names', () => {
    expect(run(`
      import { StatefulWeb } from '${join(ROOT, 'build/lib/index.js')}';
      import * as all from '${join(ROOT, 'build/lib/index.js')}';
      console.log(JSON.stringify([StatefulWeb.name, typeof all.MySqlCluster]));
    `, '--input-type=module')).toEqual(['StatefulWeb', 'function']);
  });
});
