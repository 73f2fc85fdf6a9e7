import { IConstruct } from 'constructs';
import { cpuQuantity, isCpu, isSize, quantity } from './quantity';

/** The origin of a value: the construct that took it, and the name of the property in the user's words. */
export interface Origin {
  readonly scope: IConstruct;
  readonly property: string;
}

/** The facts that a user needs to fix an input. */
export interface InputError {
  /** The property as the user wrote it, e.g. `claims[0].size`. */
  readonly property: string;
  /** The rule that it breaks, so that "must <rule>" reads as English. */
  readonly rule: string;
  /** The value that arrived. */
  readonly value: unknown;
  /** What to do instead. */
  readonly fix: string;
}

/** One voice for every message: `'replicas' must be ..., got -1: leave it out for 1`. */
export function errorMessage(error: InputError): string {
  return `'${error.property}' must ${error.rule}, got ${show(error.value)}: ${error.fix}`;
}

/**
 * Rejects a value where it arrives. The message begins with the construct's path in brackets, as cdk8s prints the messages of
 * `node.addValidation`.
 */
export function fail(scope: IConstruct, error: InputError): never {
  throw new Error(`[${scope.node.path}] ${errorMessage(error)}`);
}

function show(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (isSize(value)) {
    return quantity(value);
  }
  if (isCpu(value)) {
    return cpuQuantity(value);
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
