import { Duration, Size } from 'cdk8s';
import { GroupConsistency } from './group-consistency';
import { MemberPlacement } from './member-placement';
import { MySqlRouterOptions } from './mysql-router-options';

/** Options of `MySqlTopology.innoDbCluster()`. */
export interface InnoDbClusterOptions {
  /**
   * The number of servers in the group: 3, 5, 7 or 9. The group works while more than half of them work.
   *
   * @see https://dev.mysql.com/doc/refman/9.7/en/group-replication-fault-tolerance.html
   */
  readonly members: number;

  /**
   * The nodes of the servers.
   *
   * @default - on any node, apart from each other where there are enough
   */
  readonly placement?: MemberPlacement;

  /**
   * MySQL Routers before the group, for clients that want the ports 6446 (read and write), 6447 (read only) and 6450 (each statement to
   * where it belongs). They need MySQL Shell in an image, and the key `router-password` in the accounts' Secret.
   *
   * @default - none: the Services of the group lead clients to its primary and secondaries
   */
  readonly router?: MySqlRouterOptions;

  /**
   * The largest lag with which a secondary still serves reads: whole seconds, at least 1.
   *
   * @default Duration.seconds(30)
   */
  readonly maxLag?: Duration;

  /**
   * How long an unreachable member stays in the group before it is expelled: whole seconds, at most 3600. Failure detection takes about
   * 5 s more. Any value above 0 is rounded up to the next check of the group, which checks every 15 s. With 0 a member that stalls for
   * more than 5 s is expelled, and joins again automatically.
   *
   * @default Duration.seconds(0)
   */
  readonly memberExpelTimeout?: Duration;

  /**
   * How long a member without quorum waits for the majority before it leaves the group: whole seconds, from 1 to 3600. Until then the
   * commits of its clients wait, and then they fail.
   *
   * @default Duration.seconds(20)
   */
  readonly unreachableMajorityTimeout?: Duration;

  /**
   * The consistency of reads: how long a transaction waits for the transactions of others.
   *
   * @default GroupConsistency.BEFORE_ON_PRIMARY_FAILOVER
   */
  readonly consistency?: GroupConsistency;

  /**
   * The memory in which each member keeps the group's last messages for members that were away for a moment: at least 128 MiB. It is part
   * of the memory that must fit `resources.memory.limit`.
   *
   * @default Size.mebibytes(128)
   */
  readonly messageCacheSize?: Size;
}
