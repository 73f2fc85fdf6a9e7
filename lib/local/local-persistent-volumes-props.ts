import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { PrunePolicy } from '../storage/prune-policy';
import { LocalStorageClass } from './local-storage-class';
import { LocalVolume } from './local-volume';

/** Properties of `LocalPersistentVolumes`. */
export interface LocalPersistentVolumesProps {
  /** The folders of nodes, one volume each. */
  readonly volumes: LocalVolume[];

  /** How large each volume is. Kubernetes does not enforce it: claims that ask for more are refused, files that need more are not. */
  readonly capacity: Size;

  /**
   * The beginning of the volumes' names. A number of at least three digits follows: `pv` makes `pv000`, `pv001`... The names are those of
   * the whole cluster.
   *
   * @default - the construct's id and a hyphen
   */
  readonly namePrefix?: string;

  /**
   * The StorageClass of the volumes.
   *
   * @default - one that is rendered with them, named after the construct's id
   */
  readonly storageClass?: LocalStorageClass;

  /**
   * How the volumes may be mounted: ReadWriteOnce (by all pods of the node) or ReadWriteOncePod.
   *
   * @default - ReadWriteOnce
   */
  readonly accessModes?: PersistentVolumeAccessMode[];

  /**
   * Further labels for every object.
   *
   * @default - only the recommended labels `app.kubernetes.io/name`, `component` and `managed-by`
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further annotations for every object.
   *
   * @default - only those of `prune`
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Whether GitOps tools may delete volumes that a commit removed.
   *
   * @default PrunePolicy.KEEP
   */
  readonly prune?: PrunePolicy;
}
