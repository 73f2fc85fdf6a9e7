import { Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { kibibytes, quantity } from '../../core/quantity';
import { parseBytes, renderBytes } from './memory/byte-size';
import { mebibytes, MemoryPlan, planMemory, showShares } from './memory/memory-plan';
import { MEMORY_OPTIONS, MIB } from './memory/memory-settings';
import { propertyOf, UserOption } from './user-options';

/** What mysqld may use, and who has decided about options already. */
export interface MemoryConfig {
  /** The container's memory limit. */
  readonly limit: Size;
  /** What the topology needs in the same process. */
  readonly reserved: Size;
  /** By key. */
  readonly user: Map<string, UserOption>;
  /** What the library has set, by key. */
  readonly library: Record<string, string>;
}

/** The options that follow from the memory limit. */
export interface MemoryOptions {
  readonly options: Record<string, string>;
  /** The sum, for the reader of my.cnf. */
  readonly sum: string;
}

const COUNTS = ['innodb_buffer_pool_instances', 'max_connections', 'table_definition_cache', 'table_open_cache'];
const STEP = 64 * MIB;

export function memoryOptions(scope: IConstruct, config: MemoryConfig): MemoryOptions {
  const limit = kibibytes(config.limit) * 1024;
  const reserved = kibibytes(config.reserved) * 1024;
  const given = { ...libraryNumbers(config.library), ...userNumbers(scope, config.user) };
  const plan = planMemory(limit, reserved, given);
  if (plan.total > plan.usable) {
    refuse(scope, config, plan, leastLimit(reserved, given));
  }
  const options = Object.entries(plan.options).filter(([name]) => !config.user.has(name) && !(name in config.library));
  return {
    options: Object.fromEntries(options.map(([name, value]) => [name, isBytes(name) ? renderBytes(value) : String(value)])),
    sum: `${showShares(plan)}, of ${mebibytes(plan.usable)} that are 90 % of the memory limit`,
  };
}

function refuse(scope: IConstruct, { limit, user }: MemoryConfig, plan: MemoryPlan, least: number): never {
  const chosen = [...user.values()].filter(({ key }) => MEMORY_OPTIONS.includes(key));
  if (chosen.length === 0) {
    fail(scope, {
      property: 'resources.memory.limit', rule: `be at least ${mebibytes(least)}`, value: limit,
      fix: `90 % of it, ${mebibytes(plan.usable)}, must hold ${showShares(plan)}`,
    });
  }
  fail(scope, {
    property: 'configuration', rule: `fit into 90 % of the memory limit of ${quantity(limit)}, which is ${mebibytes(plan.usable)}`,
    value: Object.fromEntries(chosen.map(({ written, value }) => [written, value])),
    fix: `it needs ${showShares(plan)}; lower it, or raise resources.memory.limit to ${mebibytes(least)}`,
  });
}

/** The smallest limit with which the same would be accepted. */
function leastLimit(reserved: number, given: Record<string, number>): number {
  let limit = STEP;
  let plan = planMemory(limit, reserved, given);
  while (plan.total > plan.usable) {
    limit += Math.max(STEP, Math.floor((plan.total - plan.usable) / 2 / STEP) * STEP);
    plan = planMemory(limit, reserved, given);
  }
  return limit;
}

function libraryNumbers(library: Record<string, string>): Record<string, number> {
  return Object.fromEntries(Object.entries(library).filter(([name]) => MEMORY_OPTIONS.includes(name))
    .map(([name, value]) => [name, parseBytes(value) ?? NaN]));
}

function userNumbers(scope: IConstruct, user: Map<string, UserOption>): Record<string, number> {
  const options = [...user.values()].filter(({ key }) => MEMORY_OPTIONS.includes(key));
  return Object.fromEntries(options.map(({ key, value, written }) => {
    const number = parseBytes(value) ?? 0;
    if (!Number.isSafeInteger(number) || number === 0) {
      fail(scope, {
        property: propertyOf(written), rule: `be a whole number from 1 to ${Number.MAX_SAFE_INTEGER}`, value,
        fix: isBytes(key) ? 'write it as in 512M' : 'write it as in 200',
      });
    }
    return [key, number];
  }));
}

function isBytes(name: string): boolean {
  return !COUNTS.includes(name) && name !== 'binlog_transaction_dependency_history_size';
}
