import { readFileSync } from 'fs';
import { join, relative } from 'path';
import { Size } from 'cdk8s';
import { IContainer } from 'kubernetes-models/v1/Container';
import { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { BackupDrill, MySqlAccounts, MySqlBackups, MySqlDump, MySqlMetrics, MySqlRestore, MySqlTopology } from '../../../lib';
import { Bundle, BundleName, BUNDLES, READ_BY } from '../../../lib/mysql/constants/programs';
import { bundlePaths } from '../../../lib/mysql/files/script-bundle';
import { ROOT } from '../../support/paths';
import { BESIDE, commandsOf, filesUsedBy, programsRunBy, READ, SCRIPT_FILES, usedBy } from '../../support/script-uses';
import { Manifest } from '../../util';
import { bucket } from '../backup/shop';
import { renderMySql } from '../cluster';

const MYSQL = join(ROOT, 'lib', 'mysql');
const GUIDE = ['mysql-operations.md', 'mysql-status.md'].map((name) => readFileSync(join(ROOT, 'docs', name), 'utf8')).join('\n');

/** The pods whose scripts are from these ConfigMaps. */
function podsWith(configMaps: string[], value: unknown): IPodSpec[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { containers, volumes } = value as Partial<IPodSpec>;
  if (containers !== undefined && volumes !== undefined) {
    const { configMap, projected } = volumes.find((volume) => volume.name === 'scripts')!;
    const names = projected === undefined ? [configMap!.name] : projected.sources!.map((source) => source.configMap!.name);
    return JSON.stringify(names) === JSON.stringify(configMaps) ? [value as IPodSpec] : [];
  }
  return Object.values(value).flatMap((part) => podsWith(configMaps, part));
}

const accounts = MySqlAccounts.generated('passwords');
const backup = {
  backups: MySqlBackups.of(bucket(), {
    drill: BackupDrill.weekly({ check: 'SELECT 1' }), dump: MySqlDump.weekly(), bandwidth: Size.mebibytes(1),
  }),
  restore: MySqlRestore.from(bucket(), { cluster: 'old/mysql', id: 'r1' }),
  metrics: MySqlMetrics.exporter(),
};
const ofGroup = renderMySql({ accounts, topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 1 } }), ...backup });
const ofReplicas = renderMySql({ accounts, ...backup });
const PODS: Record<BundleName, [objects: Manifest[], configMaps: string[]]> = {
  group: [ofGroup, ['mysql-scripts']],
  'source-replica': [ofReplicas, ['mysql-scripts']],
  router: [ofGroup, ['mysql-scripts', 'mysql-router-scripts']],
  'backup-group': [ofGroup, ['mysql-scripts', 'mysql-backup-scripts']],
  'backup-source-replica': [ofReplicas, ['mysql-scripts', 'mysql-backup-scripts']],
  'metrics-group': [ofGroup, ['mysql-scripts', 'mysql-metrics-scripts']],
  'metrics-source-replica': [ofReplicas, ['mysql-scripts', 'mysql-metrics-scripts']],
};

describe.each(Object.keys(BUNDLES) as BundleName[])('each program of %s', (name) => {
  const bundle: Bundle = BUNDLES[name];
  const programs = Object.entries(bundle.programs);
  const pods = podsWith(PODS[name][1], PODS[name][0]);

  test.each(programs)('%s takes the files that it sources and reads, and no other', (program, taken) => {
    const used = usedBy(program, bundle);
    const data = used.named.filter((other) => !other.endsWith('.sh'));
    expect([...taken].sort()).toEqual([...used.taken, ...data].sort());
  });

  test('is run by a container, by another program, or by an operator with the guide', () => {
    const started = [
      ...programsRunBy(pods),
      ...programs.flatMap(([program]) => startedBy(program, bundle)),
      ...[...GUIDE.matchAll(/ -- \/scripts\/([\w.-]+)/g)].map(([, script]) => script)
        .filter(() => name === 'group' || name === 'source-replica'),
    ];
    expect(Object.keys(bundle.programs).sort()).toEqual([...new Set(started)].sort());
  });

  test('starts the programs that the table names', () => {
    const started = programs.map(([program]) => [program, startedBy(program, bundle).sort()] as const)
      .filter(([, others]) => others.length > 0);
    expect(Object.fromEntries(started)).toEqual(
      Object.fromEntries(Object.entries(bundle.starts ?? {}).map(([program, others]) => [program, [...others].sort()])),
    );
  });

  test('gets the variables that it reads, and of those that only some read no other', () => {
    const containers = pods.flatMap((pod): IContainer[] => [...pod.initContainers ?? [], ...pod.containers])
      .filter(({ name: container }) => container !== 'accounts'); // it needs no name of a member
    expect(containers.length).toBeGreaterThan(1);
    const rendered = new Set(containers.flatMap(({ env }) => (env ?? []).map((variable) => variable.name)));
    for (const container of containers) {
      const wanted = Object.keys(READ_BY).filter((variable) => rendered.has(variable) && reads(programsRunBy(container), bundle, variable));
      const given = (container.env ?? []).map((variable) => variable.name);
      expect([container.name, given.filter((variable) => variable in READ_BY).sort()]).toEqual([container.name, wanted.sort()]);
    }
  });
});

test.each(Object.entries(READ_BY))('%s is read by the files that the table names', (variable, files) => {
  const found = SCRIPT_FILES.filter(({ name, folder }) => (
    new RegExp(`\\b${variable}\\b(?!=)`).test(commandsOf(name, [folder]))
  )).map(({ name }) => name);
  expect([...new Set(found)].sort()).toEqual([...files].sort());
});

describe('the files of lib/mysql/scripts and lib/mysql/sql', () => {
  test('are all taken by a program', () => {
    const taken = Object.values(BUNDLES).flatMap((bundle) => bundlePaths(bundle)).map(([, path]) => relative(MYSQL, path));
    expect([...new Set(taken)].sort()).toEqual(SCRIPT_FILES.map(({ path }) => path).sort());
  });

  test('name other files in no way but those that the tests above read', () => {
    const unread = SCRIPT_FILES.filter(({ name }) => name.endsWith('.sh')).flatMap(({ name, folder, path }) => {
      const commands = commandsOf(name, [folder]).replace('readonly SQL=${SQL:-/scripts}', '');
      const left = commands.replace(BESIDE, '').replace(READ, '');
      return [...left.matchAll(/.*(?:BASH_SOURCE\[0\]|\bSQL\b).*/g)].map(([line]) => `${path}: ${line}`);
    });
    expect(unread).toEqual([]);
  });
});

/** The programs that a program starts. */
function startedBy(program: string, bundle: Bundle): string[] {
  return usedBy(program, bundle).named.filter((other) => other in bundle.programs);
}

function reads(programs: string[], bundle: Bundle, variable: string): boolean {
  const files = filesUsedBy(programs, bundle);
  return SCRIPT_FILES.filter(({ path }) => files.includes(path))
    .some(({ name, folder }) => new RegExp(`\\b${variable}\\b(?!=)`).test(commandsOf(name, [folder])));
}
