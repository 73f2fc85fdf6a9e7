import { ServiceType } from 'cdk8s-plus-27';

/** A Service for each pod, under the pod's name. */
export interface PodServicesOptions {
  /**
   * The type of the Services: inside of the cluster, on nodes, or by a load balancer.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;

  /**
   * Annotations of each Service.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
