import { Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { MySqlVersion } from '../context/mysql-version';
import { fittingDefaults, yieldingOptions } from './contradictions';
import { DEFAULT_OPTIONS } from './default-options';
import { ENFORCED_OPTIONS, ENFORCED_WITH_OPTIONAL_TLS } from './enforced-options';
import { MEMORY_NOTES } from './memory/memory-settings';
import { memoryOptions } from './memory-options';
import { Option, Options } from './option';
import { optionName } from './option-name';
import { renderValue } from './option-value';
import { readUserOptions } from './user-options';

/** What my.cnf is made of. Names may be written in any way that mysqld reads. */
export interface ConfigurationConfig {
  readonly version: MySqlVersion;
  /** The memory limit of mysqld's container. */
  readonly memoryLimit: Size;
  /** What the user wants: the property `configuration`. */
  readonly user: Record<string, string>;
  /** What the topology needs, above what all need. */
  readonly enforced: Record<string, string>;
  /** What the topology proposes, above what all propose. */
  readonly defaults: Record<string, string>;
  /** What the topology needs of mysqld's memory, e.g. for the message cache of a group. */
  readonly reservedMemory: Size;
  /** Whether a user of the application may connect without TLS; left out, none may. */
  readonly tlsIsOptional?: boolean;
}

interface Line extends Option {
  /** The name as it is rendered. */
  readonly name: string;
}

const TOPOLOGY: Omit<Option, 'value'> = { why: 'the topology depends on it' };

/** The text of my.cnf: defaults, over them what the user wants, over that what is enforced. */
export function renderConfiguration(scope: IConstruct, config: ConfigurationConfig): string {
  const { version, memoryLimit, reservedMemory } = config;
  version._requireSupported({ scope, property: 'version' });
  const enforced = { ...ENFORCED_OPTIONS, ...config.tlsIsOptional ? ENFORCED_WITH_OPTIONAL_TLS : {}, ...byKey(config.enforced) };
  const user = readUserOptions(scope, config.user, { version, enforced });
  const defaults = fittingDefaults(scope, { ...DEFAULT_OPTIONS, ...byKey(config.defaults) }, user);
  const library = Object.fromEntries(Object.entries({ ...defaults, ...enforced }).map(([key, { value }]) => [key, value]));
  const memory = memoryOptions(scope, { limit: memoryLimit, reserved: reservedMemory, user, library });
  const lines = new Map<string, Line>([
    ...toLines(defaults),
    ...toLines(withNotes(memory.options, yieldingOptions(user))),
    ...[...user].map(([key, { name, value }]): [string, Line] => [key, { name, value, why: '' }]),
    ...toLines(enforced),
  ]);
  return [`# MySQL ${version.series}. Memory at most: ${memory.sum}.`, '[mysqld]', ...[...lines.values()].sort(byName).flatMap(render), ''].join('\n');
}

function byKey(options: Record<string, string>): Options {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [optionName(name).key, { ...TOPOLOGY, value }]));
}

function withNotes(options: Record<string, string>, without: string[]): Options {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !without.includes(name)).map(([name, value]) => {
    return [name, { value, why: MEMORY_NOTES[name] ?? '', noted: name in MEMORY_NOTES }];
  }));
}

function toLines(options: Options): [string, Line][] {
  return Object.entries(options).map(([key, option]) => [key, { ...option, name: optionName(key).name }]);
}

function render({ name, value, why, noted }: Line): string[] {
  return [...noted ? [`# ${why}`] : [], `${name} = ${renderValue(value)}`];
}

function byName({ name: a }: Line, { name: b }: Line): number {
  return a < b ? -1 : 1;
}
