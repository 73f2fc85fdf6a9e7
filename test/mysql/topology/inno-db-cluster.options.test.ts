import { Duration, Size } from 'cdk8s';
import { GroupConsistency, InnoDbClusterOptions, MySqlTopology } from '../../../lib';
import { Manifest, objectOfKind, podOf, synth, testChart } from '../../util';
import { addCluster, fileIn, renderMySql } from '../cluster';
import { group, optionsOf } from './group';

const server = (objects: Manifest[]) => podOf(objectOfKind(objects, 'StatefulSet')).containers[0];

describe('an option', () => {
  const before = optionsOf(group());

  test.each<[what: string, options: Partial<InnoDbClusterOptions>, changed: Record<string, string>]>([
    ['memberExpelTimeout', { memberExpelTimeout: Duration.minutes(1) }, { loose_group_replication_member_expel_timeout: '60' }],
    ['unreachableMajorityTimeout', { unreachableMajorityTimeout: Duration.seconds(5) },
      { loose_group_replication_unreachable_majority_timeout: '5' }],
    ['consistency', { consistency: GroupConsistency.EVENTUAL }, { loose_group_replication_consistency: 'EVENTUAL' }],
    ['messageCacheSize', { messageCacheSize: Size.mebibytes(192) },
      { loose_group_replication_message_cache_size: '192M', max_connections: '50' }],
  ])('%s changes what it says, and nothing else', (_, options, changed) => {
    const after = optionsOf(group(options));
    expect(Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name]))).toEqual(changed);
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  test.each<[Duration | undefined, string]>([[undefined, '30'], [Duration.seconds(1), '1'], [Duration.minutes(2), '120']])(
    'maxLag %p is what the agent goes by', (maxLag, seconds) => {
      expect(server(group({ maxLag })).env).toContainEqual({ name: 'MAX_LAG', value: seconds });
    },
  );

  test.each(Object.values(GroupConsistency))('consistency may be %s, as MySQL calls it', (consistency) => {
    expect(optionsOf(group({ consistency })).loose_group_replication_consistency).toBe(consistency);
  });

  test('the defaults are those that the documentation gives reasons for', () => {
    expect(before).toMatchObject({
      loose_group_replication_autorejoin_tries: '0',
      loose_group_replication_consistency: 'BEFORE_ON_PRIMARY_FAILOVER',
      loose_group_replication_exit_state_action: 'OFFLINE_MODE',
      loose_group_replication_member_expel_timeout: '0',
      loose_group_replication_message_cache_size: '128M',
      loose_group_replication_paxos_single_leader: 'OFF',
      loose_group_replication_start_on_boot: 'OFF',
      loose_group_replication_unreachable_majority_timeout: '20',
    });
  });

  test('of the group is loose, since a server without the plugin would not start for a new copy', () => {
    const strict = Object.keys(before).filter((name) => name.includes('group_replication') && !name.startsWith('loose_'));
    expect(strict).toEqual([]);
    expect(before.plugin_load_add).toBe('mysql_clone.so;group_replication.so');
  });
});

describe('memory', () => {
  const header = (objects: Manifest[]) => fileIn(objects, 'mysql-config', 'my.cnf').split('\n')[0];

  test('of the message cache and the plugin is part of the sum', () => {
    expect(header(group())).toContain(' + 160Mi Group Replication + ');
    expect(header(group({ messageCacheSize: Size.mebibytes(256) }))).toContain(' + 288Mi Group Replication + ');
  });

  test('of no group is needed by a source with its replicas', () => {
    expect(header(renderMySql())).not.toContain('Group Replication');
  });

  test.each([[768, '50331648'], [1024, '67108864'], [4096, '150000000']])(
    'of %i MiB bounds the size of a transaction to %s bytes', (mebibytes, bytes) => {
      const { loose_group_replication_transaction_size_limit: limit } = optionsOf(group({}, {
        resources: { memory: { limit: Size.mebibytes(mebibytes) } },
      }));
      expect(limit).toBe(bytes);
    },
  );

  test('bounds the size of a transaction to what a user wants instead', () => {
    const { loose_group_replication_transaction_size_limit: limit } = optionsOf(group({}, {
      configuration: { group_replication_transaction_size_limit: '1000000' },
    }));
    expect(limit).toBe('1000000');
  });

  test('that is just enough is taken', () => {
    expect(header(group({}, { resources: { memory: { limit: Size.mebibytes(768) } } }))).toContain('of 691Mi that are 90 %');
  });
});

describe('the name of the group', () => {
  const nameIn = (namespace: string | undefined, name: string) => {
    const chart = testChart(namespace);
    addCluster(chart, { name, topology: MySqlTopology.innoDbCluster({ members: 3 }) });
    return optionsOf(synth(chart), `${name}-config`).loose_group_replication_group_name;
  };

  test('is a UUID of version 5, and stays: a group is known by it', () => {
    expect(nameIn('data', 'mysql')).toBe('4aa201cc-23de-5202-99a0-9399b57c7ba4');
  });

  test('is another one for another cluster or namespace', () => {
    const names = [nameIn('data', 'mysql'), nameIn('data', 'other'), nameIn('shop', 'mysql'), nameIn(undefined, 'mysql')];
    expect(new Set(names).size).toBe(4);
    for (const name of names) {
      expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
