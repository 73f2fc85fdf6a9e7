import { readdirSync, readFileSync } from 'fs';
import { join, relative } from 'path';
import { MySqlAccounts, MySqlTopology } from '../../../lib';
import { Bundle, BundleName, BUNDLES } from '../../../lib/mysql/constants/programs';
import { bundlePaths } from '../../../lib/mysql/files/script-bundle';
import { Manifest, ROOT } from '../../util';
import { renderMySql } from '../cluster';

const MYSQL = join(ROOT, 'lib', 'mysql');
const GUIDE = readFileSync(join(ROOT, 'docs', 'mysql-operations.md'), 'utf8');
const BESIDE = /\$\{BASH_SOURCE\[0\]%\/\*\}\/([\w.-]+)/g;
const SOURCED = /^source "\$\{BASH_SOURCE\[0\]%\/\*\}\/([\w.-]+)"$/gm;
const READ = /"\$SQL(?:\/([\w-]+\.sql)"|"\/([\w*-]+\.sql))/g; // "$SQL/survey.sql", "$SQL"/*-accounts.sql
const FILES = ['scripts', 'sql'].flatMap((kind) => readdirSync(join(MYSQL, kind)).flatMap((folder) => (
  readdirSync(join(MYSQL, kind, folder)).map((name) => ({ name, folder, path: join(kind, folder, name) })))));

interface PodSpec {
  readonly containers: object[];
  readonly volumes: { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

/** The commands of a script, without its comments. Empty where the bundle has no such script. */
function commandsOf(name: string, { folders }: Bundle): string {
  const file = FILES.find((one) => one.name === name && name.endsWith('.sh') && folders.includes(one.folder));
  return file === undefined ? '' : readFileSync(join(MYSQL, file.path), 'utf8').replace(/^\s*#.*$/gm, '');
}

/** Of a script and what it sources: the files that it sources or reads, and the others that it names. */
function usedBy(program: string, bundle: Bundle): { taken: string[]; named: string[] } {
  const taken = new Set<string>();
  const named = new Set<string>();
  const open = [program];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const commands = commandsOf(name, bundle);
    const sourced = [...commands.matchAll(SOURCED)].map(([, other]) => other);
    open.push(...sourced.filter((other) => !taken.has(other)));
    [...sourced, ...[...commands.matchAll(READ)].map(([, sql, pattern]) => sql ?? pattern)].forEach((other) => taken.add(other));
    const beside = [...commands.matchAll(BESIDE)].map(([, other]) => other);
    beside.filter((other) => !sourced.includes(other)).forEach((other) => named.add(other));
  }
  return { taken: [...taken], named: [...named] };
}

/** The scripts that the containers of pods with a ConfigMap run, also as probes and before they stop. */
function commandsWith(configMap: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { containers, volumes } = value as Partial<PodSpec>;
  if (containers !== undefined && volumes !== undefined) {
    const mounts = volumes.some((volume) => volume.name === 'scripts' && volume.configMap?.name === configMap);
    return mounts ? [...JSON.stringify(value).matchAll(/"\/scripts\/([\w.-]+)"/g)].map(([, name]) => name) : [];
  }
  return Object.values(value).flatMap((part) => commandsWith(configMap, part));
}

const accounts = MySqlAccounts.generated('passwords');
const ofGroup = renderMySql({ accounts, topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 1 } }) });
const PODS: Record<BundleName, [objects: Manifest[], configMap: string]> = {
  group: [ofGroup, 'mysql-scripts'],
  'source-replica': [renderMySql({ accounts }), 'mysql-scripts'],
  router: [ofGroup, 'mysql-router-scripts'],
};

describe.each(Object.keys(BUNDLES) as BundleName[])('each program of %s', (name) => {
  const bundle: Bundle = BUNDLES[name];
  const programs = Object.entries(bundle.programs);

  test.each(programs)('%s takes the files that it sources and reads, and no other', (program, taken) => {
    const used = usedBy(program, bundle);
    const data = used.named.filter((other) => !other.endsWith('.sh'));
    expect([...taken].sort()).toEqual([...used.taken, ...data].sort());
  });

  test('is run by a container, by another program, or by an operator with the guide', () => {
    const started = [
      ...commandsWith(PODS[name][1], PODS[name][0]),
      ...programs.flatMap(([program]) => usedBy(program, bundle).named).filter((other) => commandsOf(other, bundle) !== ''),
      ...[...GUIDE.matchAll(/ -- \/scripts\/([\w.-]+)/g)].map(([, script]) => script).filter(() => name !== 'router'),
    ];
    expect(Object.keys(bundle.programs).sort()).toEqual([...new Set(started)].sort());
  });
});

describe('the files of lib/mysql/scripts and lib/mysql/sql', () => {
  test('are all taken by a program', () => {
    const taken = Object.values(BUNDLES).flatMap(bundlePaths).map(([, path]) => relative(MYSQL, path));
    expect([...new Set(taken)].sort()).toEqual(FILES.map(({ path }) => path).sort());
  });

  test('name other files in no way but those that the tests above read', () => {
    const unread = FILES.filter(({ name }) => name.endsWith('.sh')).flatMap(({ name, folder, path }) => {
      const commands = commandsOf(name, { folders: [folder], programs: {} }).replace('readonly SQL=${SQL:-/scripts}', '');
      const left = commands.replace(BESIDE, '').replace(READ, '');
      return [...left.matchAll(/.*(?:BASH_SOURCE\[0\]|\bSQL\b).*/g)].map(([line]) => `${path}: ${line}`);
    });
    expect(unread).toEqual([]);
  });
});
