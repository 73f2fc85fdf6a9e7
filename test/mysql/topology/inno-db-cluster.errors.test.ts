import { Duration, Size } from 'cdk8s';
import { GroupConsistency, InnoDbClusterOptions, MySqlClusterProps, MySqlTopology } from '../../../lib';
import { testChart } from '../../util';
import { addCluster } from '../cluster';

type Case<T> = [what: string, input: T, message: string];

const MEMBERS = 'more than half must be left for the group to go on: an even number bears no more failures than the odd one below it, '
  + '1 bears none, and a group has 9 members at most';

describe('refuses a group', () => {
  test.each<Case<Partial<InnoDbClusterOptions>>>([
    ...[0, 1, 2, 4, 6, 8, 10, 11, -3, 3.5, NaN, Infinity].map((members): Case<Partial<InnoDbClusterOptions>> => (
      [`of ${members}`, { members }, `'topology.members' must be one of 3, 5, 7, 9, got ${members}: ${MEMBERS}`]
    )),
    ['without a lag', { maxLag: Duration.seconds(0) },
      '\'topology.maxLag\' must be a whole number from 1 to 2147483647, got 0: leave it out for 30 s'],
    ['with half a second of lag', { maxLag: Duration.millis(500) },
      '\'topology.maxLag\' must be a whole number from 1 to 2147483647, got 0.5: leave it out for 30 s'],
    ['that puts nobody out for hours', { memberExpelTimeout: Duration.seconds(3601) },
      '\'topology.memberExpelTimeout\' must be a whole number from 0 to 3600, got 3601: leave it out'],
    ['that puts members out after half a second', { memberExpelTimeout: Duration.millis(500) },
      '\'topology.memberExpelTimeout\' must be a whole number from 0 to 3600, got 0.5: leave it out'],
    ['whose members wait for ever without a majority', { unreachableMajorityTimeout: Duration.seconds(0) },
      '\'topology.unreachableMajorityTimeout\' must be a whole number from 1 to 3600, got 0: leave it out'],
    ['whose members wait for hours without a majority', { unreachableMajorityTimeout: Duration.hours(2) },
      '\'topology.unreachableMajorityTimeout\' must be a whole number from 1 to 3600, got 7200: leave it out'],
    ['with a consistency that is none', { consistency: 'STRONG' as GroupConsistency },
      `'topology.consistency' must be one of EVENTUAL, BEFORE_ON_PRIMARY_FAILOVER, BEFORE, AFTER, BEFORE_AND_AFTER, got "STRONG": use GroupConsistency`],
    ['with a message cache that the server does not take', { messageCacheSize: Size.mebibytes(127) },
      `'topology.messageCacheSize' must be whole MiB, at least 128, got 127Mi: leave it out for 128 MiB, the least that the server takes`],
    ['with a message cache of a broken number of MiB', { messageCacheSize: Size.kibibytes(131073) },
      `'topology.messageCacheSize' must be whole MiB, at least 128, got 131073Ki: leave it out for 128 MiB, the least that the server takes`],
    ['whose message cache takes all memory', { messageCacheSize: Size.gibibytes(1) },
      `'resources.memory.limit' must be at least 1792Mi, got 1Gi: 90 % of it, 921Mi, must hold 344Mi server + 16Mi log buffer + 32Mi temporary tables + 10Mi write-set history + 1056Mi Group Replication + 70Mi buffer pool + 45Mi for 20 connections = 1573Mi`],
  ])('%s', (_, options, message) => {
    const topology = MySqlTopology.innoDbCluster({ members: 3, ...options });
    expect(messageOf({ topology })).toBe(`[test/mysql] ${message}`);
  });
});

describe('refuses for a group', () => {
  test.each<Case<Partial<MySqlClusterProps>>>([
    ['too little memory', { resources: { memory: { limit: Size.mebibytes(704) } } },
      `'resources.memory.limit' must be at least 768Mi, got 704Mi: 90 % of it, 633Mi, must hold 344Mi server + 16Mi log buffer + 22Mi temporary tables + 7Mi write-set history + 160Mi Group Replication + 70Mi buffer pool + 45Mi for 20 connections = 664Mi`],
    ['an option that the topology sets', { configuration: { group_replication_consistency: 'EVENTUAL' } },
      `'configuration.group_replication_consistency' must be left to the library, which sets group_replication_consistency to BEFORE_ON_PRIMARY_FAILOVER, got "EVENTUAL": leave it out; the topology depends on it`],
    ['such an option in another spelling', { configuration: { 'loose-Group-Replication-start-on-boot': 'ON' } },
      `'configuration.loose-Group-Replication-start-on-boot' must be left to the library, which sets group_replication_start_on_boot to OFF, got "ON": leave it out; the topology depends on it`],
    ['an address that the agent sets', { configuration: { group_replication_local_address: '127.0.0.1:3306' } },
      `'configuration.group_replication_local_address' must be left to the library, got "127.0.0.1:3306": leave it out; the agent sets it to the member's name in DNS`],
    ['seeds that the agent sets', { configuration: { loose_group_replication_group_seeds: 'mysql-0:3306' } },
      `'configuration.loose_group_replication_group_seeds' must be left to the library, got "mysql-0:3306": leave it out; the agent sets it from the list of members`],
    ['a weight that the agent sets', { configuration: { group_replication_member_weight: '50' } },
      `'configuration.group_replication_member_weight' must be left to the library, got "50": leave it out; the agent sets it by the member's number`],
    ['other plugins', { configuration: { plugin_load_add: 'auth_socket.so' } },
      `'configuration.plugin_load_add' must be left to the library, which sets plugin_load_add to mysql_clone.so;group_replication.so, got "auth_socket.so": leave it out; the topology depends on it`],
  ])('%s', (_, props, message) => {
    expect(messageOf({ topology: MySqlTopology.innoDbCluster({ members: 3 }), ...props })).toBe(`[test/mysql] ${message}`);
  });
});

test('a name of the group\'s StatefulSet is taken once', () => {
  const chart = testChart('data');
  const topology = MySqlTopology.innoDbCluster({ members: 3 });
  addCluster(chart, { topology });
  expect(() => addCluster(chart, { topology, name: 'mysql' }, 'again')).toThrow(new Error(
    '[test/again] \'name\' must be a ConfigMap name that no other construct of namespace data renders, got "mysql-config": '
    + '\'test/mysql\' renders it already; give each cluster its own name',
  ));
});

function messageOf(props: Partial<MySqlClusterProps>): string {
  try {
    addCluster(testChart('data'), props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
