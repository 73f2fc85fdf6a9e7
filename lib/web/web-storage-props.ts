import { VolumeMount } from '../pod/volume-mount';
import { ClaimRetention } from '../storage/claim-retention';
import { ClaimTemplate } from '../storage/claim-template';

/** The claims of a `StatefulWeb` and its other volumes. */
export interface WebStorageProps {
  /**
   * The volumes that each pod claims for itself.
   *
   * @default - none
   */
  readonly claims?: ClaimTemplate[];

  /**
   * Whether claims are deleted when their pods are gone for good.
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
