import { Duration } from 'cdk8s';
import { MemberPlacement } from './member-placement';
import { SemiSynchronousOptions } from './semi-synchronous-options';

/** Options of `MySqlTopology.sourceReplica()`. */
export interface SourceReplicaOptions {
  /** How many replicas follow the source: at least 1. */
  readonly replicas: number;

  /**
   * Where the source runs.
   *
   * @default - on any node, apart from the replicas where there are enough
   */
  readonly source?: MemberPlacement;

  /**
   * Where the replicas run.
   *
   * @default - on any node, apart from each other and the source where there are enough
   */
  readonly replica?: MemberPlacement;

  /**
   * How far a replica may be behind and still serve reads: whole seconds, at least 15, since the source is heard of every 5.
   *
   * @default Duration.seconds(30)
   */
  readonly maxLag?: Duration;

  /**
   * Let commits wait for replicas.
   *
   * @default - asynchronous: commits wait for nobody, and a source that is lost takes its last transactions with it
   */
  readonly semiSynchronous?: SemiSynchronousOptions;
}
