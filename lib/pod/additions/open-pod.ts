import { INetworkPolicyPeer } from 'cdk8s-plus-27';

/** An environment variable as the API has it. */
export interface EnvVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Record<string, unknown>;
}

/** A volume as the API has it. */
export interface PodVolumeSpec {
  readonly name: string;
  readonly [source: string]: unknown;
}

/** A volume, and where a container gets to see it. */
export interface AddedMount {
  readonly volume: PodVolumeSpec;
  readonly mountPath: string;
  /** Whether the same volume may be at the same place already. */
  readonly isShared?: boolean;
}

/** What a container gets after its construction. */
export interface ContainerAddition {
  readonly env: EnvVariable[];
  readonly mounts: AddedMount[];
}

/** A container that can get more. */
export interface OpenContainer {
  readonly name: string;
  /** The variables that it has, each with its value if that is a text. */
  readonly variables: Map<string, string | undefined>;
  /** Where it mounts volumes, each with the volume's name. */
  readonly mounts: Map<string, string>;
  add(addition: ContainerAddition): void;
}

/** A pod whose containers can get more. The first one is the main container. */
export interface OpenPod {
  readonly containers: OpenContainer[];
  /** The volumes that it has by name, each with its source if that was added. */
  readonly volumes: Map<string, PodVolumeSpec | undefined>;
}

/** A workload of this library, to whose pods something can be added. */
export interface OpenWorkload {
  readonly _openPod: OpenPod;
  readonly networkPolicy?: object;
  allowTo(peer: INetworkPolicyPeer): void;
}

export function isOpenWorkload(value: object): value is OpenWorkload {
  return '_openPod' in value;
}
