import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { PrunePolicy } from '../storage/prune-policy';
import { NfsVolumeType } from './nfs-volume-type';

/** Properties of `NfsPersistentVolumes`. */
export interface NfsPersistentVolumesProps {
  /** The NFS server: a host name or an IP address that the nodes reach. */
  readonly server: string;

  /** The exported folders, one volume each: absolute paths. `NfsPaths.numbered` makes a numbered list. */
  readonly paths: string[];

  /** How large each volume is. NFS does not enforce it: claims that ask for more are refused, files that need more are not. */
  readonly capacity: Size;

  /**
   * The beginning of the volumes' names. A number of at least three digits follows: `pv` makes `pv000`, `pv001`... The names are those of
   * the whole cluster.
   *
   * @default - the construct's id and a hyphen
   */
  readonly namePrefix?: string;

  /**
   * The program that mounts the folders. It determines the possible access modes and reclaim policies.
   *
   * @default NfsVolumeType.inTree()
   */
  readonly volumeType?: NfsVolumeType;

  /**
   * How the volumes may be mounted. NFS enforces none of ReadWriteOnce, ReadOnlyMany and ReadWriteMany.
   *
   * @default - ReadWriteOnce; ReadOnlyMany when `readOnly`
   */
  readonly accessModes?: PersistentVolumeAccessMode[];

  /**
   * Whether the nodes mount the folders read-only. It adds the mount option `ro`, since the kubelet does not honor the field `readOnly` of
   * a PersistentVolume's source.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * How Kubernetes treats a volume whose claim was deleted. DELETE needs `NfsVolumeType.csi()`; an in-tree volume with it would end up
   * Failed.
   *
   * @default PersistentVolumeReclaimPolicy.RETAIN
   */
  readonly reclaimPolicy?: PersistentVolumeReclaimPolicy;

  /**
   * Options of nfs(5), e.g. `nfsvers=4.1`, in place of the default. An empty list leaves all to the node. They are checked against those
   * that nfs(5) and mount(8) know, since Kubernetes checks none: a wrong one shows only when a pod mounts the volume.
   *
   * @default - `nfsvers=4.1`, `hard` and `noatime`: a protocol whose locks expire with their holder, no errors while the server is away,
   * and no write for every read; the rest is the node's, in Linux `proto=tcp`, `timeo=600`, `retrans=2`
   */
  readonly mountOptions?: string[];

  /**
   * Further mount options that this library does not know, unchecked. They come after `mountOptions`.
   *
   * @default - none
   */
  readonly uncheckedMountOptions?: string[];

  /**
   * The class that claims must name. No StorageClass object of this name is needed.
   *
   * @default - none; claims must name none either (the empty string)
   */
  readonly storageClassName?: string;

  /**
   * Further labels for every volume.
   *
   * @default - only the recommended labels `app.kubernetes.io/name`, `component` and `managed-by`
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further annotations for every volume.
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
