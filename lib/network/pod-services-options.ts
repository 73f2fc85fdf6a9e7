import { ServiceType } from 'cdk8s-plus-27';

/** A Service for each pod, under the pod's name. */
export interface PodServicesOptions {
  /**
   * Where the Services can be reached from.
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
