import { NetworkPolicyPort } from 'cdk8s-plus-27';

/** The traffic that is allowed between a workload and a peer. */
export interface PeerOptions {
  /**
   * The ports that may be reached.
   *
   * @default - those on which the receiver listens, when it is a construct of this library; otherwise all
   */
  readonly ports?: NetworkPolicyPort[];
}
