import { closestName } from './closest-name';
import { optionName } from './option-name';
import { OPTION_NAMES, VARIABLES_ONLY } from './option-names';
import { REMOVED_OPTIONS } from './removed-options';

// Options of plugins and components that are no part of the list, since not every image has them; a name with a dot is a component's.
const OTHERS = 'audit_log|authentication_|connection_control|keyring_|mysql_firewall|ndb|telemetry|thread_pool|validate_password';
const OF_OTHERS = new RegExp(`^(?:${OTHERS})|\\.`);
// https://dev.mysql.com/doc/refman/9.7/en/program-variables.html: the most that a session may set
const MAXIMUM = /^maximum_/;

let known: Set<string> | undefined;

/** The keys of all options, which only a cluster with options of its own needs. */
function knownKeys(): Set<string> {
  known ??= new Set([...OPTION_NAMES.map((name) => optionName(name).key), ...Object.keys(REMOVED_OPTIONS)]);
  return known;
}

/** What is wrong with a name that mysqld would end with, so that "must <rule>" reads as English. */
export interface UnknownOption {
  readonly rule: string;
  readonly fix: string;
}

/** Why an option, by its key, ends mysqld; undefined when it does not. Whether the series has lost it says removed-options.ts. */
export function unknownOption(key: string): UnknownOption | undefined {
  const name = key.replace(MAXIMUM, '');
  if (knownKeys().has(name) || OF_OTHERS.test(name)) {
    return undefined;
  }
  const closest = closestName(name, [...knownKeys()]);
  const fixes = closest === undefined ? [] : [`did you mean ${closest}`];
  if (VARIABLES_ONLY.includes(name)) {
    return {
      rule: 'be an option of mysqld, not a variable that only statements set',
      fix: [...fixes, 'clients set it in their sessions'].join(' or: '),
    };
  }
  return {
    rule: 'be an option of mysqld, which ends at one that it does not know',
    fix: [...fixes, `write loose_${key} for one that only your image has`].join(' or: '),
  };
}
