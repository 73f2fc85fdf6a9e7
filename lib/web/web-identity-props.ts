import { Duration } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-27';
import { PreStop } from '../pod/pre-stop';
import { UpdateStrategy } from '../pod/update-strategy';

/** The name of a `StatefulWeb`, the number of its pods, and their updates. */
export interface WebIdentityProps {
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
}
