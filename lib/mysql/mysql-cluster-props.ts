import { Duration } from 'cdk8s';
import { ContainerResources, ImagePullPolicy } from 'cdk8s-plus-27';
import { NetworkIsolation } from '../network/network-isolation';
import { DisruptionBudget } from '../pod/disruption-budget';
import { PodSecurity } from '../pod/pod-security';
import { Spreading } from '../scheduling/spreading';
import { ClaimRetention } from '../storage/claim-retention';
import { MySqlAccounts } from './accounts/mysql-accounts';
import { MySqlDatabase } from './accounts/mysql-database';
import { MySqlUser } from './accounts/mysql-user';
import { MySqlStorage } from './context/mysql-storage';
import { MySqlVersion } from './context/mysql-version';
import { MySqlTls } from './mysql-tls';
import { MySqlTopology } from './topology/mysql-topology';

/** Properties of a `MySqlCluster`. */
export interface MySqlClusterProps {
  /** How the servers depend on each other. */
  readonly topology: MySqlTopology;

  /** Where the passwords of the accounts come from. */
  readonly accounts: MySqlAccounts;

  /** The volume that each server claims. */
  readonly storage: MySqlStorage;

  /**
   * What the names of all objects begin with: a DNS label of at most 41 characters.
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
   * The version in the image: options that it does not know are refused.
   *
   * @default MySqlVersion.V9_7
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
   * What each server gets. The buffer pool and the number of connections follow from the memory limit.
   *
   * @default - 500m to 2 cores, 1Gi of memory
   */
  readonly resources?: ContainerResources;

  /**
   * Options of mysqld by name, as in my.cnf. Those that the cluster needs as they are cannot be set.
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
   * Where the servers' certificates come from.
   *
   * @default MySqlTls.serverGenerated()
   */
  readonly tls?: MySqlTls;

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
   * Who may connect: with a policy only the members themselves, and whom `allowFrom` names.
   *
   * @default NetworkIsolation.POLICY
   */
  readonly isolation?: NetworkIsolation;

  /**
   * As whom all pods run: another user than that of the official images, or one that the platform chooses, as OpenShift does.
   *
   * @default PodSecurity.restricted({ user: 999 })
   */
  readonly security?: PodSecurity;

  /**
   * How long a server may take to stop: whole seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * What becomes of the claims when their pods are gone for good.
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
