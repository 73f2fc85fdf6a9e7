import { VolumeMount } from '../pod/volume-mount';
import { ClaimRetention } from '../storage/claim-retention';
import { ClaimTemplate } from '../storage/claim-template';

/** What the pods of a `StatefulWeb` keep and what else they mount. */
export interface WebStorageProps {
  /**
   * The volumes that each pod claims for itself.
   *
   * @default - none
   */
  readonly claims?: ClaimTemplate[];

  /**
   * What becomes of the claims when their pods are gone for good.
   *
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;

  /**
   * Further volumes and where the container sees them.
   *
   * @default - none
   */
  readonly mounts?: VolumeMount[];
}
