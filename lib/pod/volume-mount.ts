import { PodVolume } from './pod-volume';

/** The mount of a volume in a container. */
export interface VolumeMount {
  /** The volume. Mount the same object in several places to share it. */
  readonly volume: PodVolume;

  /** The absolute path at which the container sees the volume. */
  readonly mountPath: string;

  /**
   * Mount only this file or folder of the volume: a relative path.
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
