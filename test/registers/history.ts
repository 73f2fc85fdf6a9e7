import { Operation, Outcome } from '../e2e/registers/operation';

const ORIGIN = 1_700_000_000_000_000;

/** A read of register 1. Times are microseconds. */
export function read(value: number | undefined, start: number, end: number, options: Partial<Operation> = {}): Operation {
  return operation('read', value, start, end, { client: 'reader-1', ...options });
}

/** A write of register 1. Times are microseconds. */
export function write(value: number, start: number, end: number, outcome: Outcome = 'ok', options: Partial<Operation> = {}): Operation {
  return operation('write', value, start, end, { client: 'writer-1', outcome, ...options });
}

/** A time as operations have it. */
export function at(microseconds: number): number {
  return ORIGIN + microseconds;
}

function operation(kind: Operation['kind'], value: number | undefined, start: number, end: number, options: Partial<Operation>): Operation {
  return {
    client: '', kind, register: 1, ...value === undefined ? {} : { value }, start: at(start), end: at(end),
    outcome: value === undefined ? 'unknown' : 'ok', server: 'mysql-0', error: '-', ...options,
  };
}
