import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';

/** Properties of `NfsPersistentVolumes`. */
export interface NfsPersistentVolumesProps {
  /** The NFS server: a host name or an IP address that the nodes reach. */
  readonly server: string;

  /** The exported folders, one volume each: absolute paths. `NfsPaths.numbered` makes a numbered list. */
  readonly paths: string[];

  /** How large each volume is. NFS does not enforce it: claims that ask for more are refused, files that need more are not. */
  readonly capacity: Size;

  /**
   * What the volumes' names begin with; a number of at least three digits follows: `pv` makes `pv000`, `pv001`... The names are those of
   * the whole cluster.
   *
   * @default - the construct's id and a hyphen
   */
  readonly namePrefix?: string;

  /**
   * How the volumes may be mounted. NFS knows ReadWriteOnce, ReadOnlyMany and ReadWriteMany, and enforces none of them.
   *
   * @default - ReadWriteOnce
   */
  readonly accessModes?: PersistentVolumeAccessMode[];

  /**
   * What becomes of a volume whose claim was deleted. Only RETAIN works: the `nfs` volume type cannot delete, and a volume with DELETE
   * ends up Failed.
   *
   * @default PersistentVolumeReclaimPolicy.RETAIN
   */
  readonly reclaimPolicy?: PersistentVolumeReclaimPolicy;

  /**
   * Options for mount(8), e.g. `nfsvers=4.1`, `hard`. Kubernetes does not check them: a wrong one shows only when a pod mounts the volume.
   *
   * @default - those of the node
   */
  readonly mountOptions?: string[];

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
}
