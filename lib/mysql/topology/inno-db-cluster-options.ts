import { Duration, Size } from 'cdk8s';
import { GroupConsistency } from './group-consistency';
import { MemberPlacement } from './member-placement';
import { MySqlRouterOptions } from './mysql-router-options';

/** Options of `MySqlTopology.innoDbCluster()`. */
export interface InnoDbClusterOptions {
  /**
   * How many servers are in the group: 3, 5, 7 or 9. It works for as long as more than half of them do.
   *
   * @see https://dev.mysql.com/doc/refman/9.7/en/group-replication-fault-tolerance.html
   */
  readonly members: number;

  /**
   * Where they run.
   *
   * @default - on any node, apart from each other where there are enough
   */
  readonly placement?: MemberPlacement;

  /**
   * How many MySQL Routers stand before the group, for clients that want the ports 6446 (read and write), 6447 (read only) and 6450 (each
   * statement to where it belongs): 2 or more to bear the death of one, at most 99. They need MySQL Shell in an image, and the key
   * `router-password` in the accounts' Secret. Without any the Services of the group lead clients to its primary and secondaries.
   *
   * @default 0
   */
  readonly routers?: number;

  /**
   * What the Routers are like.
   *
   * @default - the official images, little of a node
   */
  readonly router?: MySqlRouterOptions;

  /**
   * How far a secondary may be behind and still serve reads: whole seconds, at least 1.
   *
   * @default Duration.seconds(30)
   */
  readonly maxLag?: Duration;

  /**
   * How long the group waits before it puts out a member that it does not hear: whole seconds, at most 3600. A primary that died is missed
   * for about 5 s, and then for this; above 0 the group looks again only every 15 s, so that 1 is as long as 15. With 0 a member that
   * stalls for more than 5 s is put out, and joins again by itself.
   *
   * @default Duration.seconds(0)
   */
  readonly memberExpelTimeout?: Duration;

  /**
   * How long a member that hears less than half of the group waits for them before it gives up: whole seconds, from 1 to 3600. Until then
   * its clients' commits wait, and then fail.
   *
   * @default Duration.seconds(20)
   */
  readonly unreachableMajorityTimeout?: Duration;

  /**
   * What a transaction waits for, so that clients see what others wrote.
   *
   * @default GroupConsistency.BEFORE_ON_PRIMARY_FAILOVER
   */
  readonly consistency?: GroupConsistency;

  /**
   * What each member keeps of the group's last messages for members that were away for a moment: at least 128 MiB. It is part of the
   * memory that must fit `resources.memory.limit`.
   *
   * @default Size.mebibytes(128)
   */
  readonly messageCacheSize?: Size;
}
