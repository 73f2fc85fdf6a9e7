import { App, Chart, Size } from 'cdk8s';
import { LocalPersistentVolumes, LocalStorageClass, LocalVolume, MySqlAccounts, MySqlCluster, MySqlTopology } from '../lib';
import { ownNamespace } from './support/namespace';

const NAMESPACE = 'data';
const SOURCE_NODE = { mysql: 'master' };
const REPLICA_NODE = { mysql: 'slave' };

/** What differs between the places where the cluster is deployed. */
export interface MySqlSourceReplicaProps {
  /** The folders of the labelled nodes. */
  readonly folders: { readonly source: string; readonly replica: string };
}

/**
 * A MySQL source and its replica on the local disks of two labelled nodes. Two charts: `data`, which outlives the servers, with the
 * namespace, the StorageClass and the volumes; and the servers.
 */
export class MySqlSourceReplica {
  /** The servers. */
  public readonly cluster: MySqlCluster;

  public constructor(app: App, id: string, { folders }: MySqlSourceReplicaProps) {
    const data = new Chart(app, 'data');
    ownNamespace(data, 'restricted', { name: NAMESPACE, holdsData: true });
    const disks = new LocalPersistentVolumes(data, 'disks', {
      namePrefix: 'mysql-',
      storageClass: LocalStorageClass.create('mysql-local-storage'),
      capacity: Size.gibibytes(25),
      volumes: [
        LocalVolume.onLabelledNode(SOURCE_NODE, folders.source),
        LocalVolume.onLabelledNode(REPLICA_NODE, folders.replica),
      ],
    });
    this.cluster = new MySqlCluster(new Chart(app, id, { namespace: NAMESPACE }), 'mysql', {
      topology: MySqlTopology.sourceReplica({
        replicas: 1, source: { nodeSelector: SOURCE_NODE }, replica: { nodeSelector: REPLICA_NODE },
      }),
      accounts: MySqlAccounts.generated(),
      storage: { size: Size.gibibytes(25) },
      readWriteServiceName: 'mysql-service',
      readOnlyServiceName: 'mysql-read-service',
    });
    disks.reserveFor(this.cluster);
  }
}
