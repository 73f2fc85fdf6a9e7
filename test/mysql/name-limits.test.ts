import { MySqlAccounts, MySqlBackups, MySqlClusterProps, MySqlRestore, MySqlTopology } from '../../lib';
import { Manifest, testChart } from '../util';
import { bucket } from './backup/shop';
import { addCluster, EVERYTHING, renderMySql } from './cluster';

/** What Kubernetes takes of each kind: characters of the name. Others take 253. */
const MAX: Record<string, number> = { CronJob: 52, Job: 63, Service: 63, StatefulSet: 52 };
const LABEL = 'use lower-case letters, digits and hyphens, with a letter or digit at both ends';

const LONGEST = 'the CronJob <name>-switchover has at most 52';

const TOPOLOGIES: [what: string, props: Partial<MySqlClusterProps>, most: number, longest?: string][] = [
  ['a source and its replicas', {}, 41],
  ['a source and 99 replicas, with accounts of a Job',
    { topology: MySqlTopology.sourceReplica({ replicas: 99 }), accounts: MySqlAccounts.generated() }, 41],
  ['everything', { ...EVERYTHING, name: undefined, readWriteServiceName: undefined, readOnlyServiceName: undefined }, 41],
  ['a group with backups', { topology: MySqlTopology.innoDbCluster({ members: 3 }), backups: MySqlBackups.of(bucket()) }, 40,
    'the CronJob <name>-backup-list has at most 52'],
  ['a cluster with a restore of a long id', { restore: MySqlRestore.from(bucket(), { cluster: 'shop/mysql', id: 'r'.repeat(12) }) }, 33,
    'the Job <name>-restore-rrrrrrrrrrrr-xxxxxxxx has at most 63'],
  ['a group', { topology: MySqlTopology.innoDbCluster({ members: 3 }) }, 41],
  ['a group with Routers', { topology: MySqlTopology.innoDbCluster({ members: 9, router: {} }), accounts: MySqlAccounts.generated() }, 41],
];

/** What of an object is longer than Kubernetes takes: its name, labels, and names that Kubernetes makes of them. */
function tooLong({ kind, metadata, ...rest }: Manifest): string[] {
  const name = metadata!.name!;
  const { spec } = rest as { spec?: { replicas?: number; template?: { metadata?: { labels?: Record<string, string> } } } };
  const labels = { ...metadata!.labels, ...spec?.template?.metadata?.labels };
  return [
    ...name.length > (MAX[kind] ?? 253) ? [`${kind} ${name}`] : [],
    ...Object.entries(labels).filter(([, value]) => value.length > 63).map(([key, value]) => `label ${key}=${value}`),
    ...kind === 'StatefulSet' && `${name}-${spec!.replicas! - 1}`.length > 63 ? [`pod ${name}-${spec!.replicas! - 1}`] : [],
  ];
}

describe.each(TOPOLOGIES)('%s', (_, props, most, longest = LONGEST) => {
  const name = (length: number) => 'm'.repeat(length);

  test('of the longest name has only names that Kubernetes takes', () => {
    const all = renderMySql({ ...props, name: name(most) });
    expect(all.flatMap(tooLong)).toEqual([]);
    // With one more letter there would be one.
    expect(all.flatMap((object) => {
      const found = object.metadata!.name!;
      return found.length === MAX[object.kind] ? [object.kind] : [];
    })).not.toEqual([]);
  });

  test.each([1, 2, 3, 20, 100])('of a name with %i more is refused, with the reason', (more) => {
    expect(() => addCluster(testChart('data'), { ...props, name: name(most + more) })).toThrow(new Error(
      `[test/mysql] 'name' must be a DNS label of at most ${most} characters (${longest}), got "${name(most + more)}": ${LABEL}`,
    ));
  });
});

describe('names in DNS', () => {
  const domain = (length: number) => 'd'.repeat(63).concat('.').repeat(4).slice(0, length - 2).concat('.e');
  const longest = (clusterDomain: string) => addCluster(testChart('data'), { clusterDomain }).podDnsNames
    .reduce((a, b) => (b.length > a.length ? b : a));

  test('may have 253 characters', () => {
    const rest = longest('e').length - 1;
    expect(longest(domain(253 - rest))).toHaveLength(253);
  });

  test('may not have more', () => {
    const rest = longest('e').length - 1;
    const clusterDomain = domain(254 - rest);
    const name = `mysql-replica-0.mysql-members.data.svc.${clusterDomain}`;
    expect(() => addCluster(testChart('data'), { clusterDomain })).toThrow(new Error(
      `[test/mysql] 'clusterDomain' must leave room for names of at most 253 characters in DNS, got "${clusterDomain}": ${name} would have 254; shorten it, the namespace or the name`,
    ));
  });
});
