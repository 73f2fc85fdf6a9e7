import { Duration } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';

/** A Service with an address of its own, which hands each connection to one of the pods that are ready. */
export interface ClientServiceOptions {
  /**
   * The name of the Service: a DNS label of at most 63 characters that begins with a letter.
   *
   * @default - the workload's `name` and `-client`
   */
  readonly name?: string;

  /**
   * The type of the Service: inside of the cluster, on nodes, or by a load balancer.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;

  /**
   * The port of the Service for each port of the container that it offers, by the name of the container's port.
   *
   * @default - all ports of the container under their own numbers
   */
  readonly ports?: { [portName: string]: number };

  /**
   * How long connections from one address go to the same pod: whole seconds up to a day.
   *
   * @default - any connection may go to any pod
   */
  readonly sessionAffinity?: Duration;

  /**
   * Annotations of the Service, e.g. for a cloud's load balancer.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Which implementation provides the load balancer, for `ServiceType.LOAD_BALANCER`.
   *
   * @default - the cluster's own
   */
  readonly loadBalancerClass?: string;
}
