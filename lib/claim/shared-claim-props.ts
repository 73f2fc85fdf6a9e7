import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { PrunePolicy } from '../storage/prune-policy';

/** Properties of `SharedClaim`. */
export interface SharedClaimProps {
  /** How much storage to request. Fractions of a KiB are dropped. */
  readonly size: Size;

  /**
   * The claim's name.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * How the volume may be mounted.
   *
   * @default - ReadWriteMany
   */
  readonly accessModes?: PersistentVolumeAccessMode[];

  /**
   * The StorageClass by name. The empty string asks for a volume without a class, which no provisioner makes and no default class
   * takes away.
   *
   * @default - the class of the volume that `reserveFor` reserves; without one the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * Further labels.
   *
   * @default - only the recommended labels `app.kubernetes.io/name`, `component` and `managed-by`
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further annotations.
   *
   * @default - only those of `prune`
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Whether GitOps tools may delete the claim when a commit removed it.
   *
   * @default PrunePolicy.KEEP
   */
  readonly prune?: PrunePolicy;
}
