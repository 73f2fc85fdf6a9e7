import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { Options } from './option';
import { propertyOf, UserOption } from './user-options';

const CHARACTER_SET = 'character_set_server';
const COLLATION = 'collation_server';
// MySQL 8.4 passes over the former where the latter is named.
const OLD_REDO_LOG = ['innodb_log_file_size', 'innodb_log_files_in_group'];

/** The defaults of the library that go with what the user wants: none that contradicts it, or has the server pass over it. */
export function fittingDefaults(scope: IConstruct, defaults: Options, user: Map<string, UserOption>): Options {
  const characterSet = user.get(CHARACTER_SET);
  const collation = user.get(COLLATION);
  if (characterSet === undefined && collation === undefined) {
    return defaults;
  }
  const others = Object.fromEntries(Object.entries(defaults).filter(([key]) => key !== CHARACTER_SET && key !== COLLATION));
  if (collation === undefined) { // the server takes the default of the character set
    return others;
  }
  const belongsTo = characterSetOf(collation.value);
  if (characterSet === undefined) {
    return { ...others, [CHARACTER_SET]: { value: belongsTo, why: `that of ${collation.value}` } };
  }
  if (present(characterSet.value) !== belongsTo) {
    fail(scope, {
      property: propertyOf(collation.written), rule: `be a collation of ${characterSet.value}, which is ${propertyOf(characterSet.written)}`,
      value: collation.value, fix: 'leave one of them out: the other follows from it',
    });
  }
  return others;
}

/** The options that must not be rendered from the memory limit, since the server would pass over what the user wants. */
export function yieldingOptions(user: Map<string, UserOption>): string[] {
  return OLD_REDO_LOG.some((key) => user.has(key)) ? ['innodb_redo_log_capacity'] : [];
}

/** The first part of a collation's name is its character set. */
function characterSetOf(collation: string): string {
  return present(collation.split('_')[0]);
}

/** `utf8` is the old name of `utf8mb3`. */
function present(characterSet: string): string {
  const name = characterSet.toLowerCase();
  return name === 'utf8' ? 'utf8mb3' : name;
}
