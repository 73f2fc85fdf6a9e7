import { ContainerResources, EnvValue, ImagePullPolicy } from 'cdk8s-plus-27';
import { ContainerPort } from './container-port';
import { EnvFromSource } from './env-from-source';
import { PreStop } from './pre-stop';
import { Probe } from './probe';
import { VolumeMount } from './volume-mount';

/**
 * A container of a pod beside the main one. It runs as the same user and under the same rules, and sees only the volumes that it mounts
 * itself.
 */
export interface AuxiliaryContainer {
  /** The container's name, which no other container of the pod has: a DNS label of at most 55 characters. */
  readonly name: string;

  /** The container image, with a tag or a digest. */
  readonly image: string;

  /**
   * When the node pulls the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The command to run instead of the image's entrypoint.
   *
   * @default - the image's entrypoint
   */
  readonly command?: string[];

  /**
   * Arguments instead of the image's own.
   *
   * @default - the image's arguments; none, when `command` is set
   */
  readonly args?: string[];

  /**
   * Environment variables by name.
   *
   * @default - those of the image
   */
  readonly envVariables?: { [name: string]: EnvValue };

  /**
   * Environment variables from all keys of ConfigMaps and Secrets.
   *
   * @default - none
   */
  readonly envFrom?: EnvFromSource[];

  /**
   * The resources that the container requests and may use. A kind of resource that is named here is rendered as named, without the default
   * of that kind.
   *
   * @default - cpu 10m to 100m, memory 32Mi to 64Mi, ephemeral storage 16Mi to 64Mi
   */
  readonly resources?: ContainerResources;

  /**
   * The volumes that it mounts. `PodVolume.claimTemplate` is one that the pod claims for itself.
   *
   * @default - none
   */
  readonly mounts?: VolumeMount[];

  /**
   * Folders that the container must be able to write to when its root file system is read-only. They are its own and live as long as
   * the pod.
   *
   * @default - /tmp
   */
  readonly writablePaths?: string[];

  /**
   * The ports on which it listens. The first is the one that probes without a port mean.
   *
   * @default - none
   */
  readonly ports?: ContainerPort[];

  /**
   * When the container has started.
   *
   * @default - at once
   */
  readonly startup?: Probe;

  /**
   * When it takes requests. The pod takes none before all of its containers do.
   *
   * @default - as soon as it has started
   */
  readonly readiness?: Probe;

  /**
   * When it must be restarted.
   *
   * @default - when its process ends
   */
  readonly liveness?: Probe;

  /**
   * The hook that runs in the container before it is told to stop.
   *
   * @default - it is told at once
   */
  readonly preStop?: PreStop;
}
