/** How an operation ended. One whose answer never came is unknown: it may have happened, or happen later. */
export type Outcome = 'ok' | 'error' | 'unknown';

/** What a client did, as it logged it. Times are microseconds of the clock of its machine: only those of one pod may be compared. */
export interface Operation {
  readonly client: string;
  readonly kind: 'connect' | 'read' | 'write';
  readonly register: number;
  /** What was read, or was to be written; undefined when nothing was. */
  readonly value?: number;
  readonly start: number;
  readonly end: number;
  readonly outcome: Outcome;
  /** The server at the other end of the connection. */
  readonly server: string;
  /** The number of the error, or `-`. */
  readonly error: string;
}

const KINDS: Record<string, Operation['kind']> = { c: 'connect', r: 'read', w: 'write' };
const LINE = /^([crw]) (\d+|-) (\d+|-) (\d+) (\d+) (ok|error|unknown) (\S+) (\S+)$/;

/** The operations in a log of clients.sh. */
export function parseOperations(client: string, log: string): Operation[] {
  return log.split('\n').filter((line) => line !== '').map((line) => {
    const [, kind, register, value, start, duration, outcome, server, error] = LINE.exec(line) ?? [];
    if (kind === undefined || outcome === 'ok' && kind !== 'c' && value === '-') {
      throw new Error(`the log of ${client} has a line that is no operation: ${line}`);
    }
    return {
      client, kind: KINDS[kind], register: Number(register), ...value === '-' ? {} : { value: Number(value) },
      start: Number(start), end: Number(start) + Number(duration), outcome: outcome as Outcome, server, error,
    };
  });
}
