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
   * The requirements that a node must meet, all of them.
   *
   * @default - nothing beside `nodeSelector`
   */
  readonly requiredNodes?: NodeRequirement[];

  /**
   * The requirements that a node should meet, as many as possible.
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
