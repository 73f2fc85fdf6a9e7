import { kubectl } from '../../e2e/support/kubectl';

/** A row that a writer wrote, and when the server had acknowledged it, in milliseconds since 1970. */
export interface AcknowledgedRow {
  readonly number: number;
  readonly at: number;
}

/** What a writer has written until now, in order. */
export async function acknowledgedRows(namespace: string, writer = 'writer'): Promise<AcknowledgedRow[]> {
  const log = await kubectl('--namespace', namespace, 'logs', writer);
  return log.split('\n').filter((line) => /^\d+ \d+$/.test(line)).map((line) => line.split(' ').map(Number))
    .map(([number, at]) => ({ number, at }));
}
