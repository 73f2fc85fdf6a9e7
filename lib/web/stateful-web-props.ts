import { Duration } from 'cdk8s';
import { ContainerResources, EnvValue, ImagePullPolicy, ISecret, IServiceAccount, PodManagementPolicy } from 'cdk8s-plus-27';
import { ClientServiceOptions } from '../network/client-service-options';
import { NetworkIsolation } from '../network/network-isolation';
import { PodServicesOptions } from '../network/pod-services-options';
import { Autoscaling } from '../pod/autoscaling';
import { AuxiliaryContainer } from '../pod/auxiliary-container';
import { ConfigFiles } from '../pod/config-files';
import { DisruptionBudget } from '../pod/disruption-budget';
import { EnvFromSource } from '../pod/env-from-source';
import { InitContainer } from '../pod/init-container';
import { PodSecurity } from '../pod/pod-security';
import { PreStop } from '../pod/pre-stop';
import { Probe } from '../pod/probe';
import { UpdateStrategy } from '../pod/update-strategy';
import { VolumeMount } from '../pod/volume-mount';
import { NodeRequirement } from '../scheduling/node-requirement';
import { Spreading } from '../scheduling/spreading';
import { Toleration } from '../scheduling/toleration';
import { ClaimRetention } from '../storage/claim-retention';
import { ClaimTemplate } from '../storage/claim-template';
import { WebPort } from './web-port';

/** Properties of a `StatefulWeb`: its pods, its name, its volumes and its traffic. */
export interface StatefulWebProps {
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
   * How many pods run. From 2 on they are spread over nodes and zones and a PodDisruptionBudget keeps all but one running.
   *
   * @default 1
   */
  readonly replicas?: number;

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

  /**
   * The ordinal of the first pod. The names of the pods and of their claims count from it.
   *
   * @default 0
   */
  readonly firstOrdinal?: number;

  /**
   * Whether pods start and stop one after the other, each when the one before is ready, or all at once. It can never change.
   *
   * @default PodManagementPolicy.ORDERED_READY
   */
  readonly podManagementPolicy?: PodManagementPolicy;

  /**
   * Whether the headless Service names pods in DNS that are not ready, so that they find each other while they start.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;

  /**
   * How long a new pod must be ready before a rolling update goes on, in whole seconds.
   *
   * @default Duration.seconds(0)
   */
  readonly minReady?: Duration;

  /**
   * How many old templates the StatefulSet keeps for `kubectl rollout undo`.
   *
   * @default 10
   */
  readonly revisionHistoryLimit?: number;

  /**
   * How pods come to run what changed in their template.
   *
   * @default UpdateStrategy.rollingUpdate()
   */
  readonly updateStrategy?: UpdateStrategy;

  /**
   * How long a pod may take to stop before it is killed, in whole seconds from 1.
   *
   * @default Duration.seconds(30)
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * The hook that runs in the container before it is told to stop.
   *
   * @default - it serves for 5 s more, while clients and proxies learn that it stops: `PreStop.exec(['sleep', '5'])`
   */
  readonly preStop?: PreStop;

  /**
   * The volumes that each pod claims for itself.
   *
   * @default - none
   */
  readonly claims?: ClaimTemplate[];

  /**
   * Whether claims are deleted when their pods are gone for good.
   *
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;

  /**
   * Further volumes and where the container sees them.
   *
   * @default - none
   */
  readonly mounts?: VolumeMount[];

  /**
   * The ports on which the container listens. The first is the one that probes without a port mean.
   *
   * @default - port 80, named `web`
   */
  readonly ports?: WebPort[];

  /**
   * Whether a NetworkPolicy admits only requests to `ports` and questions to DNS, and what `allowFrom` and `allowTo` name.
   *
   * @default NetworkIsolation.POLICY
   */
  readonly isolation?: NetworkIsolation;

  /**
   * A Service with an address of its own beside the headless one.
   *
   * @default - none, until `exposeViaIngress` or `exposeViaHttpRoute` makes one of type ClusterIP
   */
  readonly clientService?: ClientServiceOptions;

  /**
   * A Service for each pod, under the pod's name.
   *
   * @default - none
   */
  readonly podServices?: PodServicesOptions;

  /**
   * A HorizontalPodAutoscaler that chooses the number of pods in place of `replicas`.
   *
   * @default - none
   */
  readonly autoscaling?: Autoscaling;

  /**
   * How many pods may be evicted at a time. Pods that are not ready may always be.
   *
   * @default - one; with a single pod there is no PodDisruptionBudget
   */
  readonly disruptionBudget?: DisruptionBudget;
}
