import { ApiObjectProps, Chart, Duration, Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import { IContainer } from 'kubernetes-models/v1/Container';
import { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import {
  BackupDrill, BackupRetention, BackupSchedule, MySqlBackup, MySqlBackups, MySqlClusterProps, MySqlDump, MySqlRestore, MySqlTls,
  MySqlTopology, PointInTimeArchive, RestorePoint, SharedClaim, StoreCredentials,
} from '../../../lib';
import { Manifest, objectsOfKind, synth, testChart } from '../../util';
import { addCluster, fileIn, renderMySql, withoutScripts } from '../cluster';
import { bucket, folder } from './shop';

const GROUP: Partial<MySqlClusterProps> = { topology: MySqlTopology.innoDbCluster({ members: 3 }) };
const RESTORE = MySqlRestore.from(bucket(), { cluster: 'old/mysql', id: 'r1' });

/** The objects that a cluster has besides with these properties. */
function added(props: Partial<MySqlClusterProps>, base: Partial<MySqlClusterProps> = GROUP): Manifest[] {
  const before = renderMySql(base).map((object) => JSON.stringify(object));
  return renderMySql({ ...base, ...props }).filter((object) => !before.includes(JSON.stringify(object)));
}

/** The pods of an object, whatever it is. */
function podOf(value: unknown): IPodSpec | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  return 'containers' in value && 'volumes' in value ? value as IPodSpec : Object.values(value).map(podOf).find((pod) => pod !== undefined);
}

const containersOf = ({ initContainers = [], containers }: IPodSpec): IContainer[] => [...initContainers, ...containers];
const named = (objects: Manifest[], kind: string, name: string): Manifest | undefined => (
  objects.find((object) => object.kind === kind && object.metadata?.name === name)
);
const variables = ({ env = [] }: IContainer): Record<string, string | undefined> => (
  Object.fromEntries(env.map(({ name, value }) => [name, value]))
);

test('backups of a group in a bucket, with a restore, are rendered as before', () => {
  expect(withoutScripts(added({
    backups: MySqlBackups.of(bucket({ prefix: 'prod', region: 'eu-central-1', certificateAuthoritySecretName: 'store-ca' }), {
      schedule: BackupSchedule.daily({ hour: 2, minute: 17, timeZone: 'Europe/Berlin' }),
      retention: BackupRetention.keep({ last: 2, daily: 7 }),
      pointInTime: PointInTimeArchive.every(Duration.seconds(10), { size: Size.gibibytes(2), storageClassName: 'fast' }),
      drill: BackupDrill.weekly({ check: 'SELECT COUNT(*) > 0 FROM shop.orders;' }),
      scratch: { size: Size.gibibytes(20), storageClassName: 'slow' },
      bandwidth: Size.mebibytes(50),
    }),
    restore: MySqlRestore.from(bucket(), { cluster: 'old/mysql', id: 'r1', until: RestorePoint.time('2026-11-29T00:28:50.123+01:00') }),
  }))).toMatchSnapshot();
});

test('backups of a source and its replicas on a claim, without logs and drills, are rendered as before', () => {
  expect(withoutScripts(added({
    backups: MySqlBackups.of(MySqlBackup.toClaim('backups'), { pointInTime: PointInTimeArchive.none(), drill: BackupDrill.none() }),
  }, {}))).toMatchSnapshot();
});

describe.each([['a group', GROUP], ['a source and its replicas', {}]] as const)('%s', (_, base) => {
  test.each<[string, Partial<MySqlClusterProps>]>([
    ['backups', { backups: MySqlBackups.of(bucket(), { drill: BackupDrill.weekly({ check: 'SELECT 1' }) }) }],
    ['a restore', { restore: RESTORE }],
  ])('restarts no server for %s', (_what, props) => {
    const sets = (objects: Manifest[]) => objectsOfKind(objects, 'StatefulSet')
      .filter(({ metadata }) => !metadata!.name!.endsWith('-archive'));
    expect(sets(renderMySql({ ...base, ...props }))).toEqual(sets(renderMySql(base)));
  });
});

describe('the pods of backups', () => {
  const props = { backups: MySqlBackups.of(bucket(), { dump: MySqlDump.weekly() }), restore: RESTORE };
  const pods = added(props, { ...GROUP, tls: MySqlTls.fromSecretName('tls') })
    .map((object): [string, IPodSpec | undefined] => [`${object.kind} ${object.metadata!.name!}`, podOf(object)])
    .filter((entry): entry is [string, IPodSpec] => entry[1] !== undefined && entry[0] !== 'StatefulSet mysql');
  const all = pods.flatMap(([owner, pod]) => (
    containersOf(pod).map((container): [string, IContainer] => [`${owner}: ${container.name}`, container])
  ));

  test('are those of the tasks, of the first backup, of the restore and of the archive', () => {
    expect(pods.map(([owner]) => owner).sort()).toEqual([
      'CronJob mysql-backup', 'CronJob mysql-backup-list', 'CronJob mysql-drill', 'CronJob mysql-dump',
      expect.stringMatching(/^Job mysql-backup-r1-[0-9a-f]{8}$/),
      expect.stringMatching(/^Job mysql-restore-r1-[0-9a-f]{8}$/), 'StatefulSet mysql-archive',
    ]);
  });

  test.each(pods)('%s has no token of the API server', (_, pod) => {
    expect(pod).toMatchObject({ automountServiceAccountToken: false });
    expect(pod.serviceAccountName).toBeUndefined();
  });

  test.each(pods)('%s mounts no volume of a member', (_, { volumes }) => {
    expect(volumes!.filter(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined)).toEqual([]);
  });

  test.each(all)('%s has either passwords of accounts or credentials of the store', (_, { image, volumeMounts = [] }) => {
    const mounts = volumeMounts.map(({ name }) => name);
    expect(mounts.includes('store-credentials')).toBe(image !== 'mysql:9.7');
    expect(mounts.includes('encryption-key')).toBe(image !== 'mysql:9.7');
    expect(mounts.includes('accounts') && mounts.includes('store-credentials')).toBe(false);
  });

  test.each(all)('%s has a root file system that is read-only, and no capability', (_, { securityContext }) => {
    expect(securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
  });

  test.each(pods.map(([owner, pod]): [string, string[]] => [
    owner, (pod.volumes!.find(({ name }) => name === 'accounts')?.secret?.items ?? []).map(({ key }) => key),
  ]))('%s has the passwords that it needs: %j', (owner, keys) => {
    const needed: Record<string, string[]> = {
      'CronJob mysql-backup': ['clone-password', 'monitor-password'],
      'StatefulSet mysql-archive': ['monitor-password', 'replication-password'],
      'CronJob mysql-drill': [],
      'CronJob mysql-dump': [],
      'CronJob mysql-backup-list': [],
    };
    expect(keys).toEqual(needed[owner.replace(/^Job (mysql-backup)-r1-.*/, 'CronJob $1')] ?? ['admin', 'clone', 'monitor', 'replication', 'root'].map((account) => `${account}-password`));
  });
});

test('dumps are rendered as before', () => {
  const dump = MySqlDump.at(BackupSchedule.daily({ hour: 5 }), { databases: ['shop', 'stock'], keep: 2 });
  const objects = renderMySql({ ...GROUP, backups: MySqlBackups.of(bucket(), { dump, scratch: { size: Size.gibibytes(30) } }) });
  expect(named(objects, 'CronJob', 'mysql-dump')).toMatchSnapshot();
});

test.each(['drill', 'dump'])('a %s cannot reach the cluster', (task) => {
  const selected = [{ key: 'app.kubernetes.io/name', operator: 'In', values: ['mysql-drill', 'mysql-dump', 'mysql-backup-list'] }];
  const objects = renderMySql({ ...GROUP, backups: MySqlBackups.of(bucket(), { dump: MySqlDump.weekly() }) });
  expect(named(objects, 'NetworkPolicy', 'mysql-drill')).toMatchObject({
    spec: { podSelector: { matchExpressions: selected },
      egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }, { ports: [{ port: 443 }] }], ingress: [] },
  });
  expect(JSON.stringify(named(objects, 'NetworkPolicy', 'mysql'))).not.toContain(task);
});

test('without a dump, a drill and logs there is none of them', () => {
  const backups = MySqlBackups.of(bucket(), { pointInTime: PointInTimeArchive.none(), drill: BackupDrill.none() });
  const objects = renderMySql({ backups });
  expect(objects.filter(({ metadata }) => /-(archive|drill|dump)$/.test(metadata!.name!))).toEqual([]);
});

test('a store on a volume is mounted where the store is reached, and no port is open for it', () => {
  const objects = renderMySql({ backups: MySqlBackups.of(folder()) });
  const pod = podOf(named(objects, 'CronJob', 'mysql-backup'))!;
  expect(pod.volumes).toContainEqual({ name: 'store', nfs: { server: '10.0.0.1', path: '/backups' } });
  const mounting = containersOf(pod).filter(({ volumeMounts }) => volumeMounts!.some(({ mountPath }) => mountPath === '/store'));
  expect(mounting.map(({ name }) => name)).toEqual(['look', 'store', 'keep']);
  expect(variables(pod.containers[0])).toMatchObject({ STORE_KIND: 'folder', STORE_PATH: '/store/data/mysql' });
  expect(JSON.stringify(named(objects, 'NetworkPolicy', 'mysql-drill'))).toContain('"egress":[{"ports":[{"port":53');
  expect(named(objects, 'NetworkPolicy', 'mysql-drill')).toMatchObject({ spec: { egress: [expect.anything()] } });
});

test('a claim of a SharedClaim is a store', () => {
  const chart = testChart('data');
  const claim = new SharedClaim(chart, 'backups', { size: Size.gibibytes(100) });
  addCluster(chart, { backups: MySqlBackups.of(MySqlBackup.toVolume(claim.asVolume('store'))) });
  expect(podOf(named(synth(chart), 'CronJob', 'mysql-backup'))!.volumes)
    .toContainEqual({ name: 'store', persistentVolumeClaim: { claimName: 'backups' } });
});

test('the identity of the platform takes the place of credentials', () => {
  const chart = testChart('data');
  const account = new ServiceAccount(chart, 'uploader', { metadata: { name: 'uploader' } });
  addCluster(chart, { backups: MySqlBackups.of(bucket({ credentials: StoreCredentials.fromServiceAccount(account) })) });
  const pod = podOf(named(synth(chart), 'CronJob', 'mysql-backup'))!;
  expect(pod).toMatchObject({ serviceAccountName: 'uploader', automountServiceAccountToken: false });
  expect(JSON.stringify(pod)).not.toContain('store-credentials');
});

describe('a store that is named', () => {
  const peer = (chart: Chart) => addCluster(chart, {}, 'store'); // any workload

  test('is what pods of backups reach in place of its port at any address', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, { backups: MySqlBackups.of(bucket({ endpoint: 'http://store:9000' })), restore: RESTORE });
    cluster.allowStoreTo(peer(chart));
    const objects = synth(chart);
    const ports = { backup: 9000, drill: 9000, restore: 443 };
    for (const [component, port] of Object.entries(ports)) {
      const { spec } = named(objects, 'NetworkPolicy', `mysql-${component}`) as unknown as { spec: { egress: unknown[] } };
      expect(spec.egress.slice(-1)).toEqual([
        {
          to: [expect.objectContaining({ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'store' } } })],
          ports: [{ port, protocol: 'TCP' }],
        },
      ]);
      expect(JSON.stringify(spec.egress)).not.toContain(`{"ports":[{"port":${port}}]}`);
    }
  });
});

describe('a restore', () => {
  const jobOf = (until: RestorePoint) => {
    const restore = MySqlRestore.from(bucket(), { cluster: 'old/mysql', id: 'r1', until });
    const objects = renderMySql({ restore }) as ApiObjectProps[];
    return objects.find(({ kind, metadata }) => kind === 'Job' && metadata!.name!.includes('-restore-'))!;
  };
  const gtid = '3E11FA47-71CA-11E1-9E33-C80AA9429562:23';

  test.each<[string, RestorePoint, string]>([
    ['to the latest transaction', RestorePoint.latest(), 'latest'],
    ['to a time in UTC', RestorePoint.time('2026-11-28T23:28:50.9Z'), 'time 2026-11-28T23:28:50.9Z'],
    ['to a time in another zone', RestorePoint.time('2026-11-29T00:28:50+01:00'), 'time 2026-11-28T23:28:50Z'],
    ['to a time with microseconds', RestorePoint.time('2026-11-29T00:28:50.123456-00:30'), 'time 2026-11-29T00:58:50.123456Z'],
    ['before a transaction', RestorePoint.beforeTransaction(gtid), `before ${gtid.toLowerCase()}`],
    ['after a transaction', RestorePoint.afterTransaction(gtid), `after ${gtid.toLowerCase()}`],
    ['after one with a tag', RestorePoint.afterTransaction(gtid.replace(':', ':load:')), `after ${gtid.toLowerCase().replace(':', ':load:')}`],
    ['to a backup', RestorePoint.backup('20261129T021700Z-1a2b3c'), 'backup 20261129T021700Z-1a2b3c'],
  ])('%s says so to its programs', (_, until, text) => {
    const told = containersOf(podOf(jobOf(until))!).map((container) => variables(container).RESTORE_UNTIL)
      .filter((value) => value !== undefined);
    expect(new Set(told)).toEqual(new Set([text]));
  });

  test('to another point is another Job, since what a Job runs cannot change', () => {
    const name = (until: RestorePoint) => jobOf(until).metadata!.name;
    expect(name(RestorePoint.latest())).not.toBe(name(RestorePoint.afterTransaction(gtid)));
    expect(name(RestorePoint.latest())).toBe(name(RestorePoint.latest()));
  });

  test('looks for its timeline where the backups of the cluster are, too, if they are in the same store', () => {
    const told = (props: Partial<MySqlClusterProps>) => {
      const objects = renderMySql({ ...props, restore: RESTORE }) as ApiObjectProps[];
      const job = objects.find(({ kind, metadata }) => kind === 'Job' && metadata!.name!.includes('-restore-'));
      return containersOf(podOf(job)!).flatMap((container) => variables(container).RESTORE_OWN_PATH ?? []);
    };
    expect(new Set(told({ backups: MySqlBackups.of(bucket()) }))).toEqual(new Set(['shop-backups/data/mysql']));
    expect(told({ backups: MySqlBackups.of(bucket({ endpoint: 'https://other.example.com' })) })).toEqual([]);
    expect(told({})).toEqual([]);
  });

  test('tells the members where its server is, in a file that they read while they run', () => {
    expect(fileIn(renderMySql({ restore: RESTORE }), 'mysql-topology', 'restore')).toBe('mysql-restore.data.svc.cluster.local\n');
    expect(fileIn(renderMySql(), 'mysql-topology', 'restore')).toBeUndefined();
  });
});

test('the schedule and the time zone are those of the CronJob', () => {
  const schedule = BackupSchedule.cron('17 */6 * * *', 'Europe/Berlin');
  const objects = renderMySql({ backups: MySqlBackups.of(bucket(), { schedule }) });
  const job = named(objects, 'CronJob', 'mysql-backup') as unknown as ICronJob;
  expect(job.spec).toMatchObject({ schedule: '17 */6 * * *', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' });
});

test('a cluster gives the objects of its backups to who patches them', () => {
  const chart = testChart('data');
  const cluster = addCluster(chart, { backups: MySqlBackups.of(bucket()), restore: RESTORE });
  const objects = [cluster.backupCronJob, cluster.drillCronJob, cluster.archiveStatefulSet, cluster.restoreJob];
  expect(objects.map((object) => object?.name)).toEqual([
    'mysql-backup', 'mysql-drill', 'mysql-archive', expect.stringContaining('mysql-restore-r1-'),
  ]);
  const without = addCluster(chart, {}, 'other');
  expect([without.backupCronJob, without.drillCronJob, without.archiveStatefulSet, without.restoreJob]).toEqual([
    undefined, undefined, undefined, undefined,
  ]);
});
