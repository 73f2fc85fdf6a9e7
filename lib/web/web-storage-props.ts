import { VolumeMount } from '../pod/volume-mount';
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
   * Further volumes and where the container sees them.
   *
   * @default - none
   */
  readonly mounts?: VolumeMount[];
}
