import { ContainerResources, EnvValue, ImagePullPolicy } from 'cdk8s-plus-27';
import { PodSecurity } from '../pod/pod-security';
import { Probe } from '../pod/probe';
import { VolumeMount } from '../pod/volume-mount';
import { ClaimTemplate } from '../storage/claim-template';
import { WebPort } from './web-port';

/** Properties of a `StatefulWeb`. */
export interface StatefulWebProps {
  /** The container image, with a tag or a digest. */
  readonly image: string;

  /**
   * The name of the StatefulSet, and so of its pods: a DNS label of at most 52 characters, because Kubernetes makes the label
   * `controller-revision-hash` of it and 11 characters more (https://github.com/kubernetes/kubernetes/issues/64023).
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * The name of the headless Service, and so the second part of the pods' DNS names.
   *
   * @default - the same as `name`
   */
  readonly serviceName?: string;

  /**
   * The name of the container: a DNS label.
   *
   * @default - the same as `name`
   */
  readonly containerName?: string;

  /**
   * How many pods run. From 2 on they are spread over nodes and zones and a PodDisruptionBudget keeps all but one running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The ports on which the container listens. The first is the one that probes without a port mean.
   *
   * @default - port 80, named `web`
   */
  readonly ports?: WebPort[];

  /**
   * The volumes that each pod claims for itself.
   *
   * @default - none
   */
  readonly claims?: ClaimTemplate[];

  /**
   * Further volumes and where the container sees them.
   *
   * @default - none
   */
  readonly mounts?: VolumeMount[];

  /**
   * Environment variables by name.
   *
   * @default - those of the image
   */
  readonly envVariables?: { [name: string]: EnvValue };

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

  /**
   * When the node pulls the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The labels that select the pods. They can never change, because a StatefulSet's selector is immutable, and no other workload of the
   * namespace may match them.
   *
   * @default - `app.kubernetes.io/name` with `name`
   */
  readonly selectorLabels?: { [key: string]: string };

  /**
   * Further labels for every object and pod.
   *
   * @default - only the recommended labels `app.kubernetes.io/name`, `component` and `managed-by`
   */
  readonly labels?: { [key: string]: string };

  /**
   * The DNS domain of the cluster.
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}
