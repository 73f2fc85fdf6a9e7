import { Labels, LabelSet } from '../../core/labels';
import { NetworkIsolation } from '../../network/network-isolation';
import { PodSecurity } from '../../pod/pod-security';
import { ResolvedUser } from '../accounts/databases-and-users';
import { MySqlDatabase } from '../accounts/mysql-database';
import { TopologyConfig } from '../topology/topology-config';
import { ClusterNames } from './cluster-names';
import { MySqlVersion } from './mysql-version';

/** The resolved values that the parts of a cluster share. A value that only one part needs is an argument of that part. */
export interface ClusterContext {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: string;
  readonly imagePullSecrets?: string[];
  readonly version: MySqlVersion;
  readonly topology: TopologyConfig;
  readonly names: ClusterNames;
  readonly labels: LabelSet;
  /** The labels that the user adds to all objects. */
  readonly userLabels?: Labels;
  readonly podAnnotations?: Labels;
  readonly security: PodSecurity;
  readonly isolation?: NetworkIsolation;
  readonly accountsSecret: string;
  /** The cluster's own accounts that not every cluster of its topology has. */
  readonly moreAccounts: string[];
  readonly databases: MySqlDatabase[];
  readonly users: ResolvedUser[];
  /** The names of all members' pods. */
  readonly members: string[];
  /** The Secret with the servers' certificate and its authority; left out, each server makes its own certificate. */
  readonly tlsSecret?: string;
}
