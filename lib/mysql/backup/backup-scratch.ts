import { Size } from 'cdk8s';

/** The volume on which a Job has a copy of the data while it runs. */
export interface BackupScratch {
  /**
   * How much storage to request.
   *
   * @default - as much as a member has
   */
  readonly size?: Size;

  /**
   * The StorageClass by name.
   *
   * @default - that of the members' claims, when it is named; else the cluster's default class
   */
  readonly storageClassName?: string;
}
