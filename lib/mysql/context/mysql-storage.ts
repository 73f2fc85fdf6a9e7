import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';

/** The volume that each server of a `MySqlCluster` claims. */
export interface MySqlStorage {
  /** How much storage to request: data, binary logs, and room for a copy of the data when a replica gets a new one. */
  readonly size: Size;

  /**
   * The name of the claim template.
   *
   * @default data
   */
  readonly claimName?: string;

  /**
   * The StorageClass by name. The empty string asks for a volume without a class.
   *
   * @default - the class of the volumes that `reserveFor` reserves; without such volumes the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * How the volume may be mounted.
   *
   * @default - ReadWriteOnce
   */
  readonly accessModes?: PersistentVolumeAccessMode[];
}
