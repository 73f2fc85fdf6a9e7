import { Duration, Size } from 'cdk8s';
import {
  DisruptionBudget, MySqlAccounts, MySqlClusterProps, MySqlTls, MySqlTopology, MySqlUser, MySqlUserTls, MySqlVersion,
} from '../../lib';
import { testChart } from '../util';
import { addCluster } from './cluster';

type Case<T> = [what: string, input: T, message: string];

const LABEL = 'use lower-case letters, digits and hyphens, with a letter or digit at both ends';
const DNS_NAME = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';

describe('fails with', () => {
  test.each<Case<Partial<MySqlClusterProps>>>([
    ['a name that is too long', { name: 'a'.repeat(45) },
      `'name' must be a DNS label of at most 41 characters (the CronJob <name>-switchover has at most 52), got "${'a'.repeat(45)}": ${LABEL}`],
    ['a name that begins with a digit', { name: '1mysql' },
      `'name' must be a DNS label of at most 63 characters that begins with a letter, got "1mysql": use lower-case letters, digits and hyphens, as Kubernetes asks of a Service's name`],
    ['an image without a tag', { image: 'mysql' },
      `'image' must have a tag or a digest, got "mysql": add the version that you tested, as in "nginx:1.29"; without one the image changes under you`],
    ['an image of another version', { image: 'mysql:8.4', version: MySqlVersion.V9_7 },
      `'image' must be of the series 9.7, which is the version, got "mysql:8.4": set version to MySqlVersion.of("8.4"), or choose another image`],
    ['an image whose tag names no version', { image: 'mysql:lts' },
      `'version' must be given where the tag of the image names no series, got "mysql:lts": write the one in the image, as in MySqlVersion.V9_7, or choose a tag such as "mysql:9.7"`],
    ['a version that is too old', { image: 'mysql:8.0' },
      `'version' must be 8.4 or later, got "8.0": older servers lack statements and options that the cluster uses; upgrade the data to 8.4 first`],
    ['no replica', { topology: MySqlTopology.sourceReplica({ replicas: 0 }) },
      '\'topology.replicas\' must be a whole number from 1 to 99, got 0: a source alone loses its data with its disk'],
    ['half a replica', { topology: MySqlTopology.sourceReplica({ replicas: 1.5 }) },
      '\'topology.replicas\' must be a whole number from 1 to 99, got 1.5: a source alone loses its data with its disk'],
    ['a lag below three heartbeats', { topology: MySqlTopology.sourceReplica({ replicas: 1, maxLag: Duration.seconds(5) }) },
      '\'topology.maxLag\' must be a whole number from 15 to 2147483647, got 5: leave it out for 30 s'],
    ['more acknowledgements than replicas',
      { topology: MySqlTopology.sourceReplica({ replicas: 1, semiSynchronous: { acknowledgements: 2 } }) },
      '\'topology.semiSynchronous.acknowledgements\' must be a whole number from 1 to 1, got 2: there must be as many replicas'],
    ['a size of zero', { storage: { size: Size.gibibytes(0) } },
      '\'storage.size\' must be a size above zero, got 0Ki: write it as in Size.gibibytes(1)'],
    ['a name of the claim in capitals', { storage: { size: Size.gibibytes(1), claimName: 'Data' } },
      `'storage.claimName' must be a DNS label of at most 63 characters, got "Data": ${LABEL}`],
    ['memory without a limit', { resources: { memory: { request: Size.gibibytes(1) } } },
      `'resources.memory.limit' must be named, got nothing: the buffer pool and the number of connections follow from it; write it as in Size.gibibytes(1)`],
    ['a Secret with an underscore', { accounts: MySqlAccounts.fromSecretName('my_accounts') },
      `'accounts' must be a DNS name of at most 253 characters, got "my_accounts": ${DNS_NAME}`],
    ['a Service of two names', { readOnlyServiceName: 'mysql' },
      `'readOnlyServiceName' must be a Service name that no other construct of namespace data renders, got "mysql": 'test/mysql' renders it already; give each its own name`],
    ['a budget that keeps all', { disruptionBudget: DisruptionBudget.minAvailable(3) },
      `'disruptionBudget.minAvailable' must leave one of 3 pods to be evicted, got 3: nodes could never be drained; for a budget that lets every pod go say DisruptionBudget.none()`],
    ['a certificate of an unknown kind of issuer', { tls: MySqlTls.fromCertManager({ name: 'ca', kind: 'Signer' }) },
      '\'tls.kind\' must be one of Issuer, ClusterIssuer, got "Signer": leave it out for an Issuer of the namespace'],
    ['a database of the server', { databases: [{ name: 'mysql' }] },
      `'databases[0].name' must not be one of cdk8s_stateful, information_schema, mysql, performance_schema, sys, got "mysql": it belongs to the server; choose another one`],
    ['a database with a blank', { databases: [{ name: 'my shop' }] },
      '\'databases[0].name\' must be a database name of at most 64 characters, got "my shop": use letters, digits, "_", "-" and "$"'],
    ['two databases of one name', { databases: [{ name: 'shop' }, { name: 'shop' }] },
      '\'databases[1].name\' must be a database name of its own, got "shop": \'databases[0].name\' has it already'],
    ['a character set that is none', { databases: [{ name: 'shop', characterSet: 'utf8mb4; DROP' }] },
      '\'databases[0].characterSet\' must be a character set, got "utf8mb4; DROP": leave it out for utf8mb4'],
    ['an option that is enforced', { configuration: { gtid_mode: 'OFF' } },
      `'configuration.gtid_mode' must be left to the library, which sets gtid_mode to ON, got "OFF": leave it out; replication positions itself by GTID`],
  ])('%s', (_, props, message) => {
    expect(messageOf(() => addCluster(testChart('data'), props))).toBe(`[test/mysql] ${message}`);
  });
});

describe('fails with a user', () => {
  test.each<Case<MySqlUser>>([
    ['without a name', { name: '' }, `'users[0].name' must be a user name of at most 32 characters, got "": use letters, digits, "_", "-" and "."`],
    ['of the cluster', { name: 'root' },
      `'users[0].name' must not be one of admin, clone, monitor, mysql.infoschema, mysql.session, mysql.sys, replication, root, got "root": the cluster has an account of this name; choose another one`],
    ['with a key that is none', { name: 'shop', secretKey: 'a/b' },
      '\'users[0].secretKey\' must be a key of a Secret, got "a/b": use letters, digits, "-", "_" and "."'],
    ['with a privilege in small letters', { name: 'shop', grants: [{ database: 'shop', privileges: ['select'] }] },
      '\'users[0].grants[0].privileges[0]\' must be a privilege as SQL names it, got "select": write it as in "SELECT" or "CREATE VIEW"'],
    ['with a privilege that exists only on everything', { name: 'shop', grants: [{ database: 'shop', privileges: ['SELECT', 'PROCESS'] }] },
      `'users[0].grants[0].privileges[1]' must be a privilege of a database: one of SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER, ALL PRIVILEGES, GRANT OPTION, got "PROCESS": what is granted on everything goes into globalPrivileges`],
    ['with all privileges and another one', { name: 'shop', grants: [{ database: 'shop', privileges: ['SELECT', 'ALL'] }] },
      '\'users[0].grants[0].privileges[1]\' must stand alone, got "ALL PRIVILEGES": it has the others in it; leave those out'],
    ['with a list of no privileges', { name: 'shop', grants: [{ database: 'shop', privileges: [] }] },
      '\'users[0].grants[0].privileges\' must name a privilege, got []: leave it out for ALL PRIVILEGES'],
    ['with a grant whose name is too long when it is escaped', { name: 'shop', grants: [{ database: `${'a_'.repeat(21)}ab` }] },
      `'users[0].grants[0].database' must be at most 64 characters long with each "_" counted twice, got "${'a_'.repeat(21)}ab": a grant escapes each "_", and the server keeps no longer name of it; choose a shorter name for the database`],
    ['with no privileges on everything', { name: 'shop', globalPrivileges: [] },
      '\'users[0].globalPrivileges\' must name a privilege, got []: leave it out for none'],
    ['with a privilege on everything in small letters', { name: 'shop', globalPrivileges: ['process'] },
      '\'users[0].globalPrivileges[0]\' must be a privilege as SQL names it, got "process": write it as in "SELECT" or "CREATE VIEW"'],
    ['with TLS that is neither', { name: 'shop', tls: 'maybe' as MySqlUserTls },
      '\'users[0].tls\' must be one of Required, Optional, got "maybe": use MySqlUserTls'],
    ['with the grants of the server', { name: 'shop', grants: [{ database: 'mysql' }] },
      `'users[0].grants[0].database' must not be one of cdk8s_stateful, information_schema, mysql, performance_schema, sys, got "mysql": it belongs to the server; name a database of the application`],
  ])('%s', (_, user, message) => {
    expect(messageOf(() => addCluster(testChart('data'), { users: [user] }))).toBe(`[test/mysql] ${message}`);
  });

  const everywhere = 'on everything it reaches the server\'s own tables; name the databases under grants';
  const roles = 'it changes which server is the source or the primary, and where that has its data from';
  const around = 'it gets around the fence and the rules that keep clients away from a server';
  test.each([
    ['ALL PRIVILEGES', everywhere], ['UPDATE', everywhere], ['SUPER', roles], ['GROUP_REPLICATION_ADMIN', roles],
    ['REPLICATION_SLAVE_ADMIN', roles], ['SHUTDOWN', roles], ['CONNECTION_ADMIN', around],
    ['SYSTEM_USER', 'it changes accounts of the cluster'], ['CREATE USER', 'it changes accounts of the cluster'],
    ['SYSTEM_VARIABLES_ADMIN', 'it changes what the cluster enforces of the server\'s configuration'],
    ['FILE', 'SQL reads and writes no files of the server'], ['USAGE', 'it is no privilege; an account without any may log in'],
  ])('with %s on everything', (privilege, why) => {
    const user = { name: 'shop', globalPrivileges: ['PROCESS', privilege] };
    expect(messageOf(() => addCluster(testChart('data'), { users: [user] }))).toBe(
      `[test/mysql] 'users[0].globalPrivileges[1]' must be a privilege that leaves the cluster to itself, got "${privilege}": ${why}; leave it out, or do as admin what needs it`,
    );
  });
});

test('fails with a second cluster of the same name', () => {
  const chart = testChart('data');
  addCluster(chart);
  expect(messageOf(() => addCluster(chart, { name: 'mysql' }, 'again'))).toBe(
    '[test/again] \'name\' must be a ConfigMap name that no other construct of namespace data renders, got "mysql-config": '
    + '\'test/mysql\' renders it already; give each cluster its own name',
  );
});

function messageOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
