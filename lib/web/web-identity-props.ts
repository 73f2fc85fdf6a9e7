/** What a `StatefulWeb` is called and how many pods it has. */
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
}
