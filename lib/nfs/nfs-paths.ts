import { errorMessage } from '../core/errors';

/** Options of a numbered series of paths. */
export interface NumberedPathsOptions {
  /** How many paths: at least 1. */
  readonly count: number;

  /**
   * The first number: 0 or more.
   *
   * @default 0
   */
  readonly first?: number;
}

/** Makes lists of paths that an NFS server exports. */
export class NfsPaths {
  /**
   * The prefix with a number behind it: `/k8s/nfs` makes `/k8s/nfs0`, `/k8s/nfs1`...
   *
   * @throws when `count` or `first` is no whole number in its range
   */
  public static numbered(prefix: string, options: NumberedPathsOptions): string[] {
    const { count, first = 0 } = options;
    requireWhole('count', count, 1);
    requireWhole('first', first, 0);
    return Array.from({ length: count }, (_, index) => `${prefix}${first + index}`);
  }

  private constructor() {}
}

/** There is no construct yet that the message could name. */
function requireWhole(property: string, value: number, min: number): void {
  if (!Number.isInteger(value) || value < min) {
    throw new Error(`[NfsPaths.numbered] ${errorMessage({
      property, rule: `be a whole number from ${min}`, value, fix: 'as in NfsPaths.numbered("/k8s/nfs", { count: 3 })',
    })}`);
  }
}
