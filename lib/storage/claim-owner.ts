import { VolumeClaim } from './volume-claim';

/** Something whose pods claim volumes, e.g. a `StatefulWeb`. */
export interface IClaimOwner {
  /** Its claims in the order in which volumes are reserved: all claims of ordinal 0, then all of ordinal 1, and so on. */
  readonly claims: VolumeClaim[];
}
