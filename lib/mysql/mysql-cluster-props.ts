import { Duration } from 'cdk8s';
import { ContainerResources, ImagePullPolicy } from 'cdk8s-plus-27';
import { NetworkIsolation } from '../network/network-isolation';
import { AuxiliaryContainer } from '../pod/auxiliary-container';
import { DisruptionBudget } from '../pod/disruption-budget';
import { PodSecurity } from '../pod/pod-security';
import { VolumeMount } from '../pod/volume-mount';
import { Spreading } from '../scheduling/spreading';
import { ClaimRetention } from '../storage/claim-retention';
import { MySqlAccounts } from './accounts/mysql-accounts';
import { MySqlDatabase } from './accounts/mysql-database';
import { MySqlUser } from './accounts/mysql-user';
import { MySqlBackups } from './backup/mysql-backups';
import { MySqlRestore } from './backup/mysql-restore';
import { MySqlStorage } from './context/mysql-storage';
import { MySqlVersion } from './context/mysql-version';
import { MySqlMetrics } from './metrics/mysql-metrics';
import { MySqlTls } from './mysql-tls';
import { MySqlTopology } from './topology/mysql-topology';

/** Properties of a `MySqlCluster`. */
export interface MySqlClusterProps {
  /** How the servers depend on each other. */
  readonly topology: MySqlTopology;

  /** The origin of the accounts' passwords. */
  readonly accounts: MySqlAccounts;

  /** The volume that each server claims. */
  readonly storage: MySqlStorage;

  /**
   * The beginning of the names of all objects: a DNS label of at most 41 characters, 40 with
   * backups, fewer with a restore whose id is longer than 4 characters.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * The image: one with bash, mysqld, mysql, mysqladmin and curl, like the official ones. Its entrypoint is not used.
   *
   * @default mysql:9.7
   */
  readonly image?: string;

  /**
   * The version in the image, where its tag does not tell: options that the version does not know are refused.
   *
   * @default - the series that the tag of the image names
   */
  readonly version?: MySqlVersion;

  /**
   * When the node pulls the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Secrets for the image's registry, by name.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The resources of each server. The buffer pool and the number of connections are derived from the memory limit.
   *
   * @default - 500m to 2 cores, 1Gi of memory
   */
  readonly resources?: ContainerResources;

  /**
   * Options of mysqld by name, as in my.cnf. Options that the cluster must control are errors.
   *
   * @default - durable settings for utf8mb4 tables, sizes that fit the memory limit
   */
  readonly configuration?: { [option: string]: string };

  /**
   * Databases of the application. They are created when they are missing, and never dropped.
   *
   * @default - none
   */
  readonly databases?: MySqlDatabase[];

  /**
   * Accounts of the application. They are created when they are missing, and never dropped; passwords follow their Secrets.
   *
   * @default - none
   */
  readonly users?: MySqlUser[];

  /**
   * The origin of the servers' certificates.
   *
   * @default MySqlTls.serverGenerated()
   */
  readonly tls?: MySqlTls;

  /**
   * The backups: where they are, when they are made, which of them stay. Switching them on restarts no server.
   *
   * @default - none
   */
  readonly backups?: MySqlBackups;

  /**
   * The backup from which the cluster gets its data when it has none. While a member has data it does nothing, and it restarts no server.
   *
   * @default - a cluster without data begins empty
   */
  readonly restore?: MySqlRestore;

  /**
   * How Prometheus gets the metrics of the cluster. Switching them on restarts no server.
   *
   * @default - none
   */
  readonly metrics?: MySqlMetrics;

  /**
   * The name of the Service for reads and writes.
   *
   * @default - the same as `name`
   */
  readonly readWriteServiceName?: string;

  /**
   * The name of the Service for reads only.
   *
   * @default - `<name>-read`
   */
  readonly readOnlyServiceName?: string;

  /**
   * The domain of the cluster's DNS.
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;

  /**
   * On which nodes the servers run, seen from each other.
   *
   * @default Spreading.preferred()
   */
  readonly spreading?: Spreading;

  /**
   * How many servers may be evicted at a time; in a group less than half of them.
   *
   * @default - one of a source and its replicas; as many of a group as may be missing
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * Whether a NetworkPolicy restricts access to members of the cluster and to peers that `allowFrom` adds.
   *
   * @default NetworkIsolation.POLICY
   */
  readonly isolation?: NetworkIsolation;

  /**
   * The user of all pods: another one than that of the official images, or one that the platform chooses, as OpenShift does.
   *
   * @default PodSecurity.restricted({ user: 999 })
   */
  readonly security?: PodSecurity;

  /**
   * Containers that run beside the server and the agent of each member. A change of one restarts the servers, so a container that needs no
   * volume of the server belongs into a Deployment of its own. The server listens at 127.0.0.1:3306.
   *
   * @default - none
   */
  readonly sidecars?: AuxiliaryContainer[];

  /**
   * Further volumes and where the container of the server sees them.
   *
   * @default - none
   */
  readonly mounts?: VolumeMount[];

  /**
   * How long a server may take to stop: whole seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Whether claims are deleted when their pods are gone for good.
   *
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;

  /**
   * Labels of all objects and pods.
   *
   * @default - the recommended ones only
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - the checksum of configuration and scripts
   */
  readonly podAnnotations?: { [key: string]: string };
}
