import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';

/**
 * A claim template of a StatefulSet: every pod gets a PersistentVolumeClaim `<name>-<StatefulSet>-<ordinal>` of its own, and gets the
 * same one again after it moved or was deleted.
 *
 * Kubernetes refuses to change the templates of a StatefulSet that exists.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage
 */
export interface ClaimTemplate {
  /** The template's name and that of the volume in the pod: a DNS label. */
  readonly name: string;

  /** The absolute path at which the main container mounts the volume. */
  readonly mountPath: string;

  /** How much storage to request. Fractions of a KiB are dropped. */
  readonly size: Size;

  /**
   * How the volume may be mounted.
   *
   * @default - ReadWriteOnce
   */
  readonly accessModes?: PersistentVolumeAccessMode[];

  /**
   * The StorageClass by name. The empty string asks for a volume without a class, which no provisioner makes and no default class
   * takes away.
   *
   * @default - the class of the volumes that `reserveFor` reserves; without such volumes the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * The VolumeAttributesClass by name, which sets performance attributes of a CSI volume. On by default from Kubernetes 1.34.
   *
   * @default - the driver's own attributes
   * @see https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/
   */
  readonly volumeAttributesClassName?: string;

  /**
   * Mount only this folder of the volume: a relative path.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;

  /**
   * Whether the container may only read the volume.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
