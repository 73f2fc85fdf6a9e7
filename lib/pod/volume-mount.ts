import { PodVolume } from './pod-volume';

/** Where a container sees a volume. */
export interface VolumeMount {
  /** The volume. Mount the same object in several places to share it. */
  readonly volume: PodVolume;

  /** Where the container sees it: an absolute path. */
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
