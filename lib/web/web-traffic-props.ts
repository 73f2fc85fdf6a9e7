import { ClientServiceOptions } from '../network/client-service-options';
import { NetworkIsolation } from '../network/network-isolation';
import { PodServicesOptions } from '../network/pod-services-options';
import { Autoscaling } from '../pod/autoscaling';
import { DisruptionBudget } from '../pod/disruption-budget';
import { WebPort } from './web-port';

/** How requests reach a `StatefulWeb`, and how many of its pods may be missing. */
export interface WebTrafficProps {
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
