import { Operation } from './operation';

/** A read that returned less than what was acknowledged, or shown to another read, before it began. Times are microseconds. */
export interface StaleRead {
  readonly read: Operation;
  /** From when the next higher value was acknowledged or shown until the read began. */
  readonly age: number;
}

/** What is wrong with a history of registers, each with one writer and rising values. */
export interface Findings {
  readonly reads: number;
  readonly writes: number;
  /** Older than the bound that was allowed. */
  readonly stale: StaleRead[];
  /** The age of the oldest value that was read, within the bound or not. */
  readonly oldest: number;
  /** Reads of a value that no write had begun to write. */
  readonly invented: Operation[];
}

/** A value that a register had for certain from this time on, or a later one. */
interface Evidence {
  readonly value: number;
  readonly at: number;
}

/** The registers' value before the first write. */
const INITIAL = 0;

/**
 * Checks reads against the history of writes, and of what other reads have shown.
 *
 * @param history all operations through the read-write Service
 * @param reads those to check; each may be this old, in microseconds
 */
export function checkReads(history: Operation[], reads: Operation[], bound = 0): Findings {
  const writes = history.filter(({ kind }) => kind === 'write');
  requireOneWriter(writes);
  const evidence = evidenceOf(history);
  const begun = new Map(writes.map((write) => [`${write.register} ${write.value}`, write.start]));
  const answered = reads.filter(({ kind, outcome }) => kind === 'read' && outcome === 'ok');
  const aged = answered.map((read) => ({ read, age: ageOf(read, evidence.get(read.register) ?? []) })).filter(({ age }) => age > 0);
  return {
    reads: answered.length,
    writes: writes.filter(({ outcome }) => outcome === 'ok').length,
    stale: aged.filter(({ age }) => age > bound),
    oldest: aged.reduce((oldest, { age }) => Math.max(oldest, age), 0),
    invented: answered.filter((read) => (
      read.value !== INITIAL && !((begun.get(`${read.register} ${read.value}`) ?? Infinity) <= read.end))),
  };
}

/** The acknowledged writes, as `register value`, that are not stored. */
export function lostWrites(history: Operation[], stored: ReadonlySet<string>): string[] {
  return history.filter(({ kind, outcome }) => kind === 'write' && outcome === 'ok')
    .map(({ register, value }) => `${register} ${value}`).filter((write) => !stored.has(write));
}

/** The longest time without an acknowledged write that lies in this time, at least in part; until now, if none came any more. */
export function longestPause(history: Operation[], from: number, to: number): number {
  const writes = history.filter(({ kind, outcome }) => kind === 'write' && outcome === 'ok');
  const acknowledged = writes.map(({ end }) => end).sort((a, b) => a - b);
  const times = [...acknowledged.filter((at) => at < to), acknowledged.find((at) => at >= to) ?? to];
  return times.reduce((longest, at, index) => (at > from ? Math.max(longest, at - (times[index - 1] ?? from)) : longest), 0);
}

function requireOneWriter(writes: Operation[]): void {
  const last = new Map<number, Operation>();
  for (const write of [...writes].sort((a, b) => a.start - b.start)) {
    const before = last.get(write.register);
    if (before !== undefined && !(before.value! < write.value! && before.end <= write.start)) {
      throw new Error(`register ${write.register} has more than one writer, or values that do not rise: ${before.value}, then ${write.value}`);
    }
    last.set(write.register, write);
  }
}

/** By register: rising values, with the earliest time at which each or a higher one was acknowledged or read. */
function evidenceOf(history: Operation[]): Map<number, Evidence[]> {
  const evidence = new Map<number, Evidence[]>();
  const certain = history.filter(({ kind, outcome }) => kind !== 'connect' && outcome === 'ok');
  for (const { register, value, end } of certain.sort((a, b) => a.end - b.end)) {
    const known = evidence.get(register) ?? [];
    if (known.length === 0 || known[known.length - 1].value < value!) {
      known.push({ value: value!, at: end });
    }
    evidence.set(register, known);
  }
  return evidence;
}

/** 0 when no higher value was known before the read began. */
function ageOf({ value, start }: Operation, known: Evidence[]): number {
  let low = 0;
  let high = known.length;
  while (low < high) { // the first one with a higher value
    const middle = (low + high) >> 1;
    if (known[middle].value > value!) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low < known.length ? Math.max(0, start - known[low].at) : 0;
}
