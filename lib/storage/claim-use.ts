/** The kind of data on the volume of a claim. */
export enum ClaimUse {
  /** Files, e.g. the pages of a web server. */
  FILES = 'FILES',

  /** The files of a database, which needs locks that work and writes that last. Volumes that cannot promise both warn. */
  DATABASE = 'DATABASE',
}
