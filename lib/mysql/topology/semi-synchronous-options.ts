import { Duration } from 'cdk8s';

/**
 * When a commit waits for replicas.
 *
 * @see https://dev.mysql.com/doc/refman/9.7/en/replication-semisync.html
 */
export interface SemiSynchronousOptions {
  /**
   * How many replicas must have written a transaction to disk before the client hears that it is committed.
   *
   * @default 1
   */
  readonly acknowledgements?: number;

  /**
   * How long a commit waits for the replicas, with a precision of milliseconds. After the timeout the source falls back to asynchronous
   * replication until the replicas catch up: what it commits in the meantime is lost with it. Use a very long timeout to never fall back.
   *
   * While no replica is there, a statement that changes a schema or an account waits as long, and the copy (CLONE) of the source
   * for a new replica waits for it: end that statement with `KILL`, or bring the replica's volume back. The agents send none
   * meanwhile: declared databases and users are made when the first replica follows.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
}
