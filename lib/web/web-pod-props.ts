import { ContainerResources, EnvValue, ImagePullPolicy, IServiceAccount, ISecret } from 'cdk8s-plus-27';
import { AuxiliaryContainer } from '../pod/auxiliary-container';
import { ConfigFiles } from '../pod/config-files';
import { EnvFromSource } from '../pod/env-from-source';
import { InitContainer } from '../pod/init-container';
import { PodSecurity } from '../pod/pod-security';
import { Probe } from '../pod/probe';
import { NodeRequirement } from '../scheduling/node-requirement';
import { Spreading } from '../scheduling/spreading';
import { Toleration } from '../scheduling/toleration';

/** The image, resources, environment, security and nodes of the pods of a `StatefulWeb`. */
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
   * Configuration files that the container sees. The pods are replaced when their content changes.
   *
   * @default - those of the image
   */
  readonly configFiles?: ConfigFiles[];

  /**
   * Containers that run before the main one, in order.
   *
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * Containers that run beside the main one.
   *
   * @default - none
   */
  readonly sidecars?: AuxiliaryContainer[];

  /**
   * The resources that the container requests and may use. A kind of resource that is named here is rendered as named, without the default
   * of that kind.
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
   * The rights of the container on its node.
   *
   * @default PodSecurity.restricted()
   */
  readonly security?: PodSecurity;

  /**
   * Annotations of the pods. A change of one replaces the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Which pods go first when nodes are full: the PriorityClass by name.
   *
   * @default - the cluster's default priority
   */
  readonly priorityClassName?: string;

  /**
   * The labels that a node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * The requirements on a node's labels, all of them, if they are more than equality with a value.
   *
   * @default - any node
   */
  readonly requiredNodes?: NodeRequirement[];

  /**
   * The preferred labels of a node: the more of them match, the better.
   *
   * @default - no node is better than another one
   */
  readonly preferredNodes?: NodeRequirement[];

  /**
   * The taints of nodes that do not keep the pods away.
   *
   * @default - none but those that Kubernetes adds to every pod
   */
  readonly tolerations?: Toleration[];

  /**
   * On which nodes the pods run, seen from each other.
   *
   * @default Spreading.preferred()
   */
  readonly spreading?: Spreading;

  /**
   * The ServiceAccount by name, which must exist.
   *
   * @default - the account `default`, without its token
   */
  readonly serviceAccountName?: string;

  /**
   * The same as an object of cdk8s-plus. The workload depends on it.
   *
   * @default - `serviceAccountName`
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Whether the containers get the token of the ServiceAccount, with which they can call the API server.
   *
   * @default false
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * The Secrets, by name, with which the node pulls images.
   *
   * @default - those of the ServiceAccount
   */
  readonly imagePullSecrets?: string[];

  /**
   * A Secret of cdk8s-plus with which the node pulls images, beside `imagePullSecrets`. The workload depends on it.
   *
   * @default - none
   */
  readonly dockerRegistryAuth?: ISecret;
}
