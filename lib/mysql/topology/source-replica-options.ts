import { Duration } from 'cdk8s';
import { MemberPlacement } from './member-placement';
import { SemiSynchronousOptions } from './semi-synchronous-options';

/** Options of `MySqlTopology.sourceReplica()`. */
export interface SourceReplicaOptions {
  /** How many replicas follow the source: at least 1. */
  readonly replicas: number;

  /**
   * The nodes of the source.
   *
   * @default - on any node, apart from the replicas where there are enough
   */
  readonly source?: MemberPlacement;

  /**
   * The nodes of the replicas.
   *
   * @default - on any node, apart from each other and the source where there are enough
   */
  readonly replica?: MemberPlacement;

  /**
   * How old the data that a replica serves may be: whole seconds, at least 15, since the source is heard of every 5. From 5 s before it on,
   * the replica ends the sessions of clients and lets none in until it has caught up.
   *
   * @default Duration.seconds(30)
   */
  readonly maxLag?: Duration;

  /**
   * Let commits wait for replicas.
   *
   * @default - asynchronous: commits wait for no replica, and a source that is lost takes its last transactions with it
   */
  readonly semiSynchronous?: SemiSynchronousOptions;
}
