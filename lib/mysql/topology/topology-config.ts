import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { SchedulingConfig } from '../../scheduling/scheduling';
import { BundleName } from '../constants/programs';
import { AgentAccess } from './agent-access';
import { MySqlRouterOptions } from './mysql-router-options';

/** Servers of one kind: a StatefulSet. */
export interface MemberSet {
  /** What stands behind the cluster's name in theirs. */
  readonly suffix: string;
  /** What they are for, in the labels and in the construct tree. */
  readonly component: string;
  /** What their pods have in the label `mysql.role` at first. */
  readonly role: string;
  readonly replicas: number;
  /** How many it may have after another change. By default as many as it has. */
  readonly replicasMax?: number;
  /** The `server_id` of the first one; the others count on. */
  readonly serverIdBase: number;
  readonly scheduling: Omit<SchedulingConfig, 'spreading'>;
}

/** A Service for clients. */
export interface ClientService {
  /** The value of the label `mysql.role` of the pods behind it. */
  readonly role: string;
  /** What stands behind the cluster's name in that of the Service. */
  readonly suffix: string;
}

/** MySQL Routers before the members. */
export interface RoutersConfig {
  readonly replicas: number;
  readonly options: MySqlRouterOptions;
}

/** What topologies differ in. */
export interface TopologyConfig {
  readonly memberSets: MemberSet[];
  readonly readWrite: ClientService;
  readonly readOnly: ClientService;
  /** Options of mysqld that the user may change, for servers with this much memory. */
  readonly defaultsIn: (memory: Size) => Record<string, string>;
  /** Options of mysqld that the user may not change. */
  readonly enforced: Record<string, string>;
  /** More of them, where the servers' certificates are signed by an authority. */
  readonly enforcedWithAuthority?: Record<string, string>;
  /** What the server needs of the container's memory besides. */
  readonly reservedMemory: Size;
  /** What the scripts need to know. */
  readonly environment: Record<string, string>;
  /** The programs of its members and operations. */
  readonly scripts: BundleName;
  /** Suspended CronJobs: the words behind the cluster's name, and what they run. */
  readonly operations: { readonly suffix: string; readonly command: string[] }[];
  /** The accounts with which they log in. */
  readonly operationAccounts: string[];
  /** The permissions of the agents in the Kubernetes API. */
  readonly agentAccess: AgentAccess;
  /** The additional databases and accounts that the topology reserves. */
  readonly own: { readonly databases: string[]; readonly users: string[] };
  /** What the server's container runs before it is told to stop. */
  readonly serverPreStop?: string[];
  /** At most so many members may be missing for the cluster to go on: what the budget for evictions is, and may be at most. */
  readonly mayBeMissing?: number;
  /** Left out there are none. */
  readonly routers?: RoutersConfig;
}

/** One way in which servers depend on each other. */
export interface TopologyStrategy {
  bind(scope: Construct, name: string): TopologyConfig;
}
