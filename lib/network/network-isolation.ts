/** Whether a workload's pods have a NetworkPolicy. */
export enum NetworkIsolation {
  /** A NetworkPolicy admits what is named, and nothing else. */
  POLICY = 'Policy',

  /** No NetworkPolicy: everything in and out is allowed, unless another policy of the namespace says otherwise. */
  NONE = 'None',
}
