/** What a client does with the data. */
export enum MySqlAccess {
  /** Reads and writes, at the source or the primary. */
  READ_WRITE = 'ReadWrite',

  /** Only reads, at the replicas or the secondaries, and accepts their lag. */
  READ_ONLY = 'ReadOnly',
}
