import { Protocol } from 'cdk8s-plus-27';

/** A port on which a container beside the main one listens. */
export interface ContainerPort {
  /** The port's number, from 1 to 65535, which no other port of the pod with the same protocol has. */
  readonly port: number;

  /** The port's name, which no other container of the pod has: at most 15 lower-case letters, digits and hyphens. */
  readonly name: string;

  /**
   * The protocol of the transport.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}
