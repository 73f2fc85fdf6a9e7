import { AuxiliaryContainer } from './auxiliary-container';
import { ContainerRestartPolicy } from './container-restart-policy';

/**
 * A container that runs before the main one: to its end, unless it is one that is always started again.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export interface InitContainer extends AuxiliaryContainer {
  /**
   * Keep the container running beside those after it, as a sidecar. From Kubernetes 1.29 on; the API server before drops the field, and
   * the pod waits for the container's end.
   *
   * @default - it runs to its end, and those after it wait for that
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly restartPolicy?: ContainerRestartPolicy;
}
