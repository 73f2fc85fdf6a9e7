/** Options of a numbered series of paths. */
export interface NumberedPathsOptions {
  /** How many paths. */
  readonly count: number;

  /**
   * The first number.
   *
   * @default 0
   */
  readonly first?: number;
}

/** Makes lists of paths that an NFS server exports. */
export class NfsPaths {
  /** The prefix with a number behind it: `/k8s/nfs` makes `/k8s/nfs0`, `/k8s/nfs1`... */
  public static numbered(prefix: string, options: NumberedPathsOptions): string[] {
    return Array.from({ length: options.count }, (_, index) => `${prefix}${(options.first ?? 0) + index}`);
  }

  private constructor() {}
}
