import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { MySqlVersion } from '../context/mysql-version';
import { unknownOption } from './known-options';
import { parseBytes } from './memory/byte-size';
import { Options } from './option';
import { isOptionName, optionName, OptionName } from './option-name';
import { REMOVED_OPTIONS } from './removed-options';
import { RESERVED_OPTIONS } from './reserved-options';

/** What a user's options must not touch. */
export interface UserOptionsRules {
  readonly version: MySqlVersion;
  /** By key. */
  readonly enforced: Options;
}

/** An option as it is rendered. */
export interface UserOption extends OptionName {
  /** What the user wrote. */
  readonly written: string;
  readonly value: string;
}

const MAY_BE_EMPTY = ['session_track_system_variables', 'sql_mode'];
const ONE_LINE = /^\S(?:[^\p{Cc}]*\S)?$/u;
// Sizes of performance_schema_ are numbers of rows, and may be -1.
const SIZE = /^(?!performance_schema_).*(?:_size|_capacity|_max_ram|_max_mmap|_stack|max_allowed_packet|net_buffer_length)$/;

/** What the cluster itself needs of an option that is the user's otherwise. */
const LEAST: Record<string, { readonly value: string; readonly why: string }> = {
  max_allowed_packet: { value: '2M', why: 'CLONE, by which members get their data, refuses to work with less' },
  replica_net_timeout: { value: '10', why: 'sources send a heartbeat every 5 s, and replicas must not miss one' },
};

/** The options by key; refused is what mysqld would refuse or misread, and what the cluster depends on. */
export function readUserOptions(scope: IConstruct, user: Record<string, string>, rules: UserOptionsRules): Map<string, UserOption> {
  const options = new Map<string, UserOption>();
  for (const [written, value] of Object.entries(user)) {
    requireName(scope, written);
    const option: UserOption = { ...optionName(written), written, value };
    requireFree(scope, option, rules.enforced);
    requireKnown(scope, option, rules.version);
    requirePlainName(scope, option);
    requireValue(scope, option);
    const first = options.get(option.key)?.written;
    if (first !== undefined) {
      refuse(scope, option, 'be an option of its own', `'${propertyOf(first)}' sets it already; keep one of them`);
    }
    options.set(option.key, option);
  }
  return options;
}

/** What a message calls the option. */
export function propertyOf(written: string): string {
  return `configuration.${written}`;
}

function requireName(scope: IConstruct, written: string): void {
  if (!isOptionName(written)) {
    fail(scope, {
      property: 'configuration', rule: 'have names of mysqld\'s options', value: written,
      fix: 'write the name alone, with letters, digits, "_" and "-", as in max_connections',
    });
  }
}

function requireFree(scope: IConstruct, option: UserOption, enforced: Options): void {
  const { key } = option;
  if (Object.hasOwn(enforced, key)) {
    refuse(scope, option, `be left to the library, which sets ${key} to ${enforced[key].value}`, `leave it out; ${enforced[key].why}`);
  }
  if (Object.hasOwn(RESERVED_OPTIONS, key)) {
    refuse(scope, option, 'be left to the library', `leave it out; ${RESERVED_OPTIONS[key]}`);
  }
}

/** `loose_` tells the server to pass over what it does not know. */
function requireKnown(scope: IConstruct, option: UserOption, version: MySqlVersion): void {
  const removed = Object.hasOwn(REMOVED_OPTIONS, option.key) ? REMOVED_OPTIONS[option.key] : undefined;
  if (removed !== undefined && !option.loose && version._isFrom(removed.since)) {
    refuse(scope, option, `be an option of MySQL ${version.series}, which has it no longer`, removed.fix);
  }
  const unknown = option.loose ? undefined : unknownOption(option.key);
  if (unknown !== undefined) {
    refuse(scope, option, unknown.rule, unknown.fix);
  }
}

/** A modifier beside a value says the same twice, or its contrary. */
function requirePlainName(scope: IConstruct, option: UserOption): void {
  const { key, name } = option;
  if (name !== key && /^(?:loose_)?(?:skip|disable)_/.test(name)) {
    refuse(scope, option, 'be a name without "skip_" or "disable_"', `write ${key} with the value OFF`);
  }
}

function requireValue(scope: IConstruct, option: UserOption): void {
  const { key, value } = option;
  if (value === '' && MAY_BE_EMPTY.includes(key)) {
    return;
  }
  if (typeof value !== 'string' || !ONE_LINE.test(value)) {
    refuse(scope, option, 'be one line of text without blanks around it', 'write the value as in my.cnf; leave it out for the default');
  }
  if (SIZE.test(key) && parseBytes(value) === undefined) {
    refuse(scope, option, 'be a size as mysqld reads it', 'write bytes, or a whole number with K, M or G, as in 512M');
  }
  const least = Object.hasOwn(LEAST, key) ? LEAST[key] : undefined;
  if (least !== undefined && !((parseBytes(value) ?? NaN) >= parseBytes(least.value)!)) {
    refuse(scope, option, `be ${least.value} or more`, `leave it out for the default; ${least.why}`);
  }
}

function refuse(scope: IConstruct, { written, value }: UserOption, rule: string, fix: string): never {
  fail(scope, { property: propertyOf(written), rule, value, fix });
}
