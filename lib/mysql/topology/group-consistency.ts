/**
 * The consistency of a group: how long a transaction waits for others.
 *
 * @see https://dev.mysql.com/doc/refman/9.7/en/group-replication-understanding-consistency-guarantees.html
 */
export enum GroupConsistency {
  /** Nothing: after a failover clients may read what is older than what they saw before. */
  EVENTUAL = 'EVENTUAL',

  /** On a new primary for what the old one had committed; elsewhere for nothing. */
  BEFORE_ON_PRIMARY_FAILOVER = 'BEFORE_ON_PRIMARY_FAILOVER',

  /** Before it begins, for all that was committed before it. */
  BEFORE = 'BEFORE',

  /** Before its commit is acknowledged, until all members have it: a member that stalls delays all writes. */
  AFTER = 'AFTER',

  /** For both. */
  BEFORE_AND_AFTER = 'BEFORE_AND_AFTER',
}
