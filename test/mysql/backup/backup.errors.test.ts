import { Duration, Size } from 'cdk8s';
import {
  BackupDrill, BackupRetention, BackupSchedule, EncryptionKey, MySqlBackup, MySqlBackups, MySqlBackupsOptions, MySqlClusterProps,
  MySqlDump, MySqlRestore, MySqlRestoreOptions, NetworkIsolation, PodVolume, PointInTimeArchive, RestorePoint, StoreCredentials, Warnings,
} from '../../../lib';
import { testChart } from '../../util';
import { addCluster } from '../cluster';
import { bucket, folder } from './shop';

type Case<T> = [what: string, input: T, message: string];

/** The message with which a cluster is refused. */
function messageOf(props: Partial<MySqlClusterProps>, namespace: string | undefined = 'data'): string {
  try {
    addCluster(testChart(namespace), props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

describe('refuses a store', () => {
  test.each<Case<MySqlBackup>>([
    ['whose bucket has two letters', bucket({ bucket: 'ab' }),
      '\'backups.bucket\' must be 3 to 63 lowercase letters, digits, dots and hyphens, got "ab": name a bucket that exists'],
    ['whose bucket has capitals', bucket({ bucket: 'Shop' }),
      '\'backups.bucket\' must be 3 to 63 lowercase letters, digits, dots and hyphens, got "Shop": name a bucket that exists'],
    ...[
      's3.example.com', 'ftp://s3.example.com', 'https://user@s3.example.com', 'https://s3.example.com/bucket',
    ].map((endpoint): Case<MySqlBackup> => (
      [`at ${endpoint}`, bucket({ endpoint }),
        `'backups.endpoint' must be a URL with http or https, a host and no path, got "${endpoint}": write it as in https://s3.eu-central-1.amazonaws.com`]
    )),
    ['with a prefix that is no relative path', bucket({ prefix: '/prod' }),
      '\'backups.prefix\' must be a relative path without "..", doubled or trailing slashes, got "/prod": write "prod"'],
    ['without a region', bucket({ region: '' }), `'backups.region' must be a text without blanks around it, got "": leave it out for us-east-1`],
    ['with credentials in a Secret that cannot be one', bucket({ credentials: StoreCredentials.fromSecretName('Store') }),
      `'backups.credentials' must be a DNS name of at most 253 characters, got "Store": use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part`],
    ['with a key in a Secret that cannot be one', bucket({ encryptionKey: EncryptionKey.fromSecretName('Key') }),
      `'backups.encryptionKey' must be a DNS name of at most 253 characters, got "Key": use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part`],
    ['on a volume of the cluster itself', MySqlBackup.toVolume(PodVolume.claimTemplate('data')),
      '\'backups.volume\' must be a volume of its own, got "data": the volumes of a cluster are lost with it: use toClaim, toNfs or toS3'],
    ['on an export without a path', MySqlBackup.toNfs('10.0.0.1', 'backups'),
      '\'backups.path\' must be an absolute path without "..", doubled or trailing slashes, got "backups": write "/backups"'],
  ])('%s', (_, backup, message) => {
    expect(messageOf({ backups: MySqlBackups.of(backup) })).toBe(`[test/mysql] ${message}`);
  });
});

describe('refuses backups', () => {
  const rare = '\'backups.schedule\' must be at least twice as often as the servers delete binary logs, got ';
  test.each<Case<MySqlBackupsOptions>>([
    ['at an hour that no day has', { schedule: BackupSchedule.daily({ hour: 24 }) },
      '\'backups.schedule.hour\' must be a whole number from 0 to 23, got 24: name the hour of the day'],
    ['in a time zone without a name', { schedule: BackupSchedule.daily({ hour: 2, timeZone: '+01:00' }) },
      '\'backups.schedule.timeZone\' must be the IANA name of a time zone, got "+01:00": write it as in Europe/Berlin'],
    ['by an expression with four fields', { schedule: BackupSchedule.cron('17 2 * *') },
      '\'backups.schedule\' must be an expression of cron with five fields, got "17 2 * *": write it as in 17 2 * * *'],
    ['with a dump at an hour that no day has', { dump: MySqlDump.at(BackupSchedule.daily({ hour: 24 })) },
      '\'backups.dump.schedule.hour\' must be a whole number from 0 to 23, got 24: name the hour of the day'],
    ['with a dump of a database of the server', { dump: MySqlDump.weekly({ databases: ['shop', 'mysql'] }) },
      '\'backups.dump.databases[1]\' must not be one of cdk8s_stateful, information_schema, mysql, performance_schema, sys, got "mysql": it'
      + ' belongs to the server; name a database of the application'],
    ['with a dump of a database twice', { dump: MySqlDump.weekly({ databases: ['shop', 'shop'] }) },
      '\'backups.dump.databases[1]\' must be a database name of its own, got "shop": \'backups.dump.databases[0]\' has it already'],
    ['with a dump of no database', { dump: MySqlDump.weekly({ databases: [] }) },
      '\'backups.dump.databases.length\' must be a whole number from 1 to 1000, got 0: leave it out for all databases'],
    ['with a dump of which none stays', { dump: MySqlDump.weekly({ keep: 0 }) },
      '\'backups.dump.keep\' must be a whole number from 1 to 200, got 0: leave it out for 4'],
    ['once a week, while binary logs stay a week', { schedule: BackupSchedule.weekly({ hour: 2 }) },
      `${rare}"0 2 * * 0": it starts every 7 days and binlog_expire_logs_seconds is 604800: start it more often, or set that to 1209600`],
    ['of which one stays', { retention: BackupRetention.keep({ last: 1 }) },
      '\'backups.retention.last\' must be a whole number from 2 to 200, got 1: leave it out for 3; one backup alone may be useless'],
    ['of which a broken number stays', { retention: BackupRetention.keep({ weekly: 0.5 }) },
      '\'backups.retention.weekly\' must be a whole number from 0 to 200, got 0.5: leave it out for none'],
    ['that store logs each second', { pointInTime: PointInTimeArchive.every(Duration.seconds(1)) },
      '\'backups.pointInTime.interval\' must be a whole number from 5 to 3600, got 1: say Duration.seconds(30)'],
    ['whose archive has no room', { pointInTime: PointInTimeArchive.every(Duration.seconds(30), { size: Size.mebibytes(512) }) },
      `'backups.pointInTime.size' must be at least 1Gi, got 512Mi: binary logs wait there while the store does not answer; leave it out for 5Gi`],
    ['whose copy has less room than the data', { scratch: { size: Size.gibibytes(5) } },
      `'backups.scratch.size' must be at least that of the members' claims, 10240 MiB, got 5Gi: it holds a copy of the data; leave it out for the same size`],
    ['with a bandwidth of half a MiB', { bandwidth: Size.kibibytes(512) },
      '\'backups.bandwidth\' must be whole MiB, at least 1, got 512Ki: leave it out for as much as it can'],
    ['with an empty check', { drill: BackupDrill.weekly({ check: '' }) },
      '\'backups.drill.check\' must be a text without blanks around it, got "": leave it out for no check'],
  ])('%s', (_, options, message) => {
    expect(messageOf({ backups: MySqlBackups.of(bucket(), options) })).toBe(`[test/mysql] ${message}`);
  });

  test('without a namespace, which is a part of their folder', () => {
    expect(messageOf({ backups: MySqlBackups.of(bucket()) }, '')).toBe(
      `[test/mysql] 'namespace of the chart' must be named where backups are made, since it is a part of their folder, got "": give the chart a namespace`,
    );
  });

  test('once a week only where binary logs stay for less than two weeks', () => {
    const backups = MySqlBackups.of(bucket(), { schedule: BackupSchedule.weekly({ hour: 2 }) });
    expect(messageOf({ backups, configuration: { 'binlog-expire-logs-seconds': '1209600' } })).toBe('accepted');
    expect(messageOf({ backups, configuration: { binlog_expire_logs_seconds: '0' } })).toBe('accepted');
    const withoutLogs = { schedule: BackupSchedule.weekly({ hour: 2 }), pointInTime: PointInTimeArchive.none() };
    expect(messageOf({ backups: MySqlBackups.of(bucket(), withoutLogs) })).toBe('accepted');
  });
});

describe('refuses a restore', () => {
  const gtid = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
  test.each<Case<Partial<MySqlRestoreOptions>>>([
    ['of a cluster without a namespace', { cluster: 'mysql' },
      '\'restore.cluster\' must be the namespace and the name of a cluster, got "mysql": write it as in shop/mysql'],
    ['with an id that is no label', { id: 'R1' },
      `'restore.id' must be a DNS label of at most 12 characters (it is a part of the name of a Job), got "R1": use lower-case letters, digits and hyphens, with a letter or digit at both ends`],
    ['with the id of the first timeline', { id: 'initial' },
      '\'restore.id\' must be another word than that of the timeline of data that was never restored, got "initial": write it as in r1'],
    ['with the id of the timeline that is restored', { timeline: 'r1' },
      '\'restore.id\' must be another one than the timeline that is restored, got "r1": a restore begins a new timeline: take a new id'],
    ...[
      '2026-11-28T23:28:50', '2026-11-28 23:28:50Z', '2026-13-28T23:28:50Z', 'yesterday',
    ].map((time): Case<Partial<MySqlRestoreOptions>> => (
      [`to the time ${time}`, { until: RestorePoint.time(time) },
        `'restore.until.time' must be a time with its zone, as in RFC 3339, got "${time}": write it as in 2026-11-28T23:28:50.9Z or 2026-11-29T00:28:50+01:00`]
    )),
    ...[gtid, `${gtid}:0`, `${gtid}:1-5`, 'mysql-bin.000001:4'].map((other): Case<Partial<MySqlRestoreOptions>> => (
      [`before ${other}`, { until: RestorePoint.beforeTransaction(other) },
        `'restore.until.beforeTransaction' must be the GTID of one transaction, got "${other}": write it as in ${gtid}:23`]
    )),
    ['to a backup without an id', { until: RestorePoint.backup('yesterday') },
      '\'restore.until.backup\' must be the id of a backup, got "yesterday": take it from the list: 20261129T021700Z-1a2b3c'],
    ['onto a volume with less room than the data', { scratch: { size: Size.gibibytes(1) } },
      `'restore.scratch.size' must be at least that of the members' claims, 10240 MiB, got 1Gi: it holds a copy of the data; leave it out for the same size`],
  ])('%s', (_, options, message) => {
    const restore = MySqlRestore.from(bucket(), { cluster: 'shop/mysql', id: 'r1', ...options });
    expect(messageOf({ restore })).toBe(`[test/mysql] ${message}`);
  });
});

describe('refuses to name the store', () => {
  const peer = { toNetworkPolicyPeerConfig: () => ({ ipBlock: undefined }), toPodSelector: () => undefined } as never;
  test.each<Case<Partial<MySqlClusterProps>>>([
    ['of a cluster without backups', {},
      '[test/mysql] \'backups\' must be named where allowStoreTo names their store, got nothing: name backups, or leave the call out'],
    ['of backups on a volume', { backups: MySqlBackups.of(folder()) },
      '[test/mysql/backups] \'backups\' must have a store that pods reach by network where allowStoreTo names it, got "a volume": '
      + 'leave the call out: nodes mount volumes, whatever policies say'],
    ['where there is no policy', { backups: MySqlBackups.of(bucket()), isolation: NetworkIsolation.NONE },
      '[test/mysql/backups] \'isolation\' must be NetworkIsolation.POLICY where allowStoreTo names a peer, got "None": '
      + 'leave isolation out, or the call of allowStoreTo'],
  ])('%s', (_, props, message) => {
    const cluster = addCluster(testChart('data'), props);
    expect(() => cluster.allowStoreTo(peer)).toThrow(new Error(message));
  });
});

test('a key that is not named is a warning, and so are backups that are never restored', () => {
  const chart = testChart('data');
  addCluster(chart, { backups: MySqlBackups.of(bucket({ encryptionKey: undefined }), { drill: BackupDrill.none() }) });
  expect(Warnings.below(chart)).toEqual([
    '[test/mysql] \'backups.drill\' is BackupDrill.none(): whether a backup can be restored shows when it must be.',
    '[test/mysql] \'backups.encryptionKey\' is not named: the Secret mysql-backup-key must hold it under the key password.'
    + ' Without the key no backup can be restored: keep it outside of this Kubernetes cluster, too.',
  ]);
});
