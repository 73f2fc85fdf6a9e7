import { ContainerResources, EnvValue, ImagePullPolicy } from 'cdk8s-plus-27';
import { PodSecurity } from '../pod/pod-security';
import { Probe } from '../pod/probe';

/** What the pods of a `StatefulWeb` run, and how. */
export interface WebPodProps {
  /** The container image, with a tag or a digest. */
  readonly image: string;

  /**
   * The name of the container: a DNS label.
   *
   * @default - the same as `name`
   */
  readonly containerName?: string;

  /**
   * When the node pulls the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * What to run instead of the image's entrypoint.
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
   * What the container requests and may use. A kind of resource that is named here is rendered as named, without the default of that
   * kind.
   *
   * @default - cpu 100m to 500m, memory 128Mi to 256Mi, ephemeral storage 64Mi to 256Mi
   */
  readonly resources?: ContainerResources;

  /**
   * When the container has started; until then the other probes wait.
   *
   * @default - it accepts connections on its first port, tried every 2 s for up to 5 minutes
   */
  readonly startup?: Probe;

  /**
   * When the pod takes requests.
   *
   * @default - it accepts connections on its first port, tried every 5 s
   */
  readonly readiness?: Probe;

  /**
   * When the container must be restarted.
   *
   * @default - it has not accepted connections on its first port for 2 minutes
   */
  readonly liveness?: Probe;

  /**
   * What the container may do on its node.
   *
   * @default PodSecurity.restricted()
   */
  readonly security?: PodSecurity;
}
