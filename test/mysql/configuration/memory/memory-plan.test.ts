import { Size } from 'cdk8s';
import { MemoryPlan, planMemory } from '../../../../lib/mysql/configuration/memory/memory-plan';
import { MIB } from '../../../../lib/mysql/configuration/memory/memory-settings';
import { renderConfiguration } from '../../../../lib/mysql/configuration/render-configuration';
import { testChart } from '../../../util';
import { configuration } from '../cases';

const GIB = 1024 * MIB;

test.each([
  [576, 20, 64], [640, 30, 96], [1024, 100, 256], [2048, 150, 960], [4096, 300, 2048], [8192, 600, 4736], [65536, 1000, 50176],
])('%d MiB give %d connections and a pool of %d MiB', (limit, connections, pool) => {
  const { options, total, usable } = planMemory(limit * MIB, 0, {});
  expect([options.max_connections, options.innodb_buffer_pool_size / MIB]).toEqual([connections, pool]);
  expect(total).toBeLessThanOrEqual(usable);
});

test('more memory never gives less of anything below and above the step at 4 GiB', () => {
  for (const [from, to] of [[640, 4032], [4096, 131072]]) {
    let before: MemoryPlan | undefined;
    for (let limit = from; limit <= to; limit += 64) {
      const plan = planMemory(limit * MIB, 0, {});
      expect(plan.total).toBeLessThanOrEqual(plan.usable);
      expect(plan.options.max_connections).toBeGreaterThanOrEqual(before?.options.max_connections ?? 0);
      before = plan;
    }
  }
});

test('the pool is a multiple of instances and chunk size, or mysqld would round it up', () => {
  for (let limit = 640; limit <= 131072; limit += 192) {
    const { options } = planMemory(limit * MIB, 0, {});
    expect(options.innodb_buffer_pool_size % (options.innodb_buffer_pool_instances * options.innodb_buffer_pool_chunk_size)).toBe(0);
  }
});

test('what the topology needs comes out of pool and connections', () => {
  const { options, shares } = planMemory(GIB, 128 * MIB, {});
  expect([options.max_connections, options.innodb_buffer_pool_size / MIB]).toEqual([70, 192]);
  expect(shares).toContainEqual({ what: 'Group Replication', bytes: 128 * MIB });
});

test('a pool that is given leaves the rest to connections', () => {
  const { options } = planMemory(GIB, 0, { innodb_buffer_pool_size: 384 * MIB });
  expect([options.max_connections, options.innodb_buffer_pool_size / MIB]).toEqual([40, 384]);
});

test('connections that are given leave the rest to the pool', () => {
  const { options } = planMemory(GIB, 0, { max_connections: 40 });
  expect([options.max_connections, options.innodb_buffer_pool_size / MIB]).toEqual([40, 384]);
});

test('a pool that mysqld rounds up counts as rounded', () => {
  const { shares } = planMemory(GIB, 0, { innodb_buffer_pool_size: 200 * MIB });
  expect(shares).toContainEqual({ what: 'buffer pool', bytes: 242 * MIB });
});

test('buffers of connections count as given', () => {
  expect(planMemory(GIB, 0, { sort_buffer_size: 4 * MIB }).options.max_connections).toBe(30);
  expect(planMemory(GIB, 0, { thread_stack: 512 * 1024 }).options.max_connections).toBe(130);
});

test.each([
  ['max_connections', 152], ['table_definition_cache', 401], ['table_open_cache', 4001],
])('with %s = %d the performance schema is large', (name, value) => {
  expect(planMemory(2 * GIB, 0, { [name]: value }).shares).toContainEqual({ what: 'server', bytes: 512 * MIB });
});

test('key buffers beyond the default count', () => {
  expect(planMemory(2 * GIB, 0, { key_buffer_size: 64 * MIB }).shares).toContainEqual({ what: 'MyISAM keys', bytes: 56 * MIB });
});

describe('what does not fit is refused:', () => {
  const NEEDS = '344Mi server + 16Mi log buffer + 32Mi temporary tables + 10Mi write-set history';

  test.each<[what: string, mebibytes: number, user: Record<string, string>, reserved: number, message: string]>([
    ['a limit that is too small', 512, {}, 0,
      `'resources.memory.limit' must be at least 576Mi, got 512Mi: 90 % of it, 460Mi, must hold 344Mi server + 16Mi log buffer + 16Mi temporary tables + 5Mi write-set history + 70Mi buffer pool + 45Mi for 20 connections = 496Mi`],
    ['a limit that is too small for the topology', 640, { long_query_time: '1' }, 256,
      `'resources.memory.limit' must be at least 896Mi, got 640Mi: 90 % of it, 576Mi, must hold 344Mi server + 16Mi log buffer + 20Mi temporary tables + 7Mi write-set history + 256Mi Group Replication + 70Mi buffer pool + 45Mi for 20 connections = 758Mi`],
    ['a large pool', 1024, { 'innodb-buffer-pool-size': '1G' }, 0,
      `'configuration' must fit into 90 % of the memory limit of 1Gi, which is 921Mi, got {"innodb-buffer-pool-size":"1G"}: it needs ${NEEDS} + 1106Mi buffer pool + 45Mi for 20 connections = 1553Mi; lower it, or raise resources.memory.limit to 1792Mi`],
    ['many connections', 1024, { max_connections: '500' }, 0,
      `'configuration' must fit into 90 % of the memory limit of 1Gi, which is 921Mi, got {"max_connections":"500"}: it needs 512Mi server + 16Mi log buffer + 32Mi temporary tables + 10Mi write-set history + 70Mi buffer pool + 1110Mi for 500 connections = 1750Mi; lower it, or raise resources.memory.limit to 2048Mi`],
    ['large buffers', 1024, { max_connections: '100', sort_buffer_size: '8M', read_buffer_size: '1048576' }, 0,
      `'configuration' must fit into 90 % of the memory limit of 1Gi, which is 921Mi, got {"max_connections":"100","sort_buffer_size":"8M","read_buffer_size":"1048576"}: it needs ${NEEDS} + 70Mi buffer pool + 1085Mi for 100 connections = 1557Mi; lower it, or raise resources.memory.limit to 1792Mi`],
  ])('%s', (_, mebibytes, user, reserved, message) => {
    const config = configuration({ memoryLimit: Size.mebibytes(mebibytes), user, reservedMemory: Size.mebibytes(reserved) });
    expect(() => renderConfiguration(testChart(), config)).toThrow(new Error(`[test] ${message}`));
  });

  test.each([1, 100, 1000, 10000, 100000])('the limit that is proposed for %d connections is accepted', (connections) => {
    const user = { max_connections: String(connections) };
    const attempt = (mebibytes: number) => {
      return renderConfiguration(testChart(), configuration({ memoryLimit: Size.mebibytes(mebibytes), user }));
    };
    let message = '';
    try {
      attempt(256);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(() => attempt(Number(/raise resources\.memory\.limit to (\d+)Mi/.exec(message)?.[1]))).not.toThrow();
  });
});
