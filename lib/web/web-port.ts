import { Protocol } from 'cdk8s-plus-27';

/** A port on which the container listens. */
export interface WebPort {
  /** The port's number, from 1 to 65535, which no other port of the pod with the same protocol has. */
  readonly port: number;

  /**
   * The port's name: at most 15 lower-case letters, digits and hyphens, with at least one letter.
   *
   * @default web
   */
  readonly name?: string;

  /**
   * The protocol of the transport: UDP for HTTP/3, beside TCP on the same number.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}
