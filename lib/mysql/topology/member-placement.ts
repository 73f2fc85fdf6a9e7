import { NodeRequirement } from '../../scheduling/node-requirement';
import { Toleration } from '../../scheduling/toleration';

/** On which nodes the members of one kind run. */
export interface MemberPlacement {
  /**
   * Labels that a node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * What a node must meet, all of it.
   *
   * @default - nothing beside `nodeSelector`
   */
  readonly requiredNodes?: NodeRequirement[];

  /**
   * What a node should meet, as much of it as can be had.
   *
   * @default - nothing
   */
  readonly preferredNodes?: NodeRequirement[];

  /**
   * Taints of nodes that do not keep the pods away.
   *
   * @default - none beside those that Kubernetes adds
   */
  readonly tolerations?: Toleration[];

  /**
   * The PriorityClass by name.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}
