import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { IClaimOwner, LocalPersistentVolumes, LocalStorageClass, LocalVolume } from '../lib';
import { addNamespace } from './support/base-namespace';

/** Where the volumes are and which servers use them. */
export interface MySqlSourceReplicaBaseProps {
  /** The folders of the labeled nodes. */
  readonly folders: { readonly source: string; readonly replica: string };

  /** The servers whose claims get the volumes: first the source, then the replica. */
  readonly reserveFor: IClaimOwner;
}

/** The namespace of `MySqlSourceReplica`, and the local disks of two labeled nodes with their StorageClass. */
export class MySqlSourceReplicaBase extends Chart {
  public static readonly NAMESPACE = 'data';
  /** The label of the source's node. */
  public static readonly SOURCE_NODE = { mysql: 'master' };
  /** The label of the replica's node. */
  public static readonly REPLICA_NODE = { mysql: 'slave' };

  public constructor(scope: Construct, id: string, { folders, reserveFor }: MySqlSourceReplicaBaseProps) {
    super(scope, id);
    addNamespace(this, MySqlSourceReplicaBase.NAMESPACE, 'restricted');
    const disks = new LocalPersistentVolumes(this, 'disks', {
      namePrefix: 'mysql-',
      storageClass: LocalStorageClass.create('mysql-local-storage'),
      capacity: Size.gibibytes(25),
      volumes: [
        LocalVolume.onLabelledNode(MySqlSourceReplicaBase.SOURCE_NODE, folders.source),
        LocalVolume.onLabelledNode(MySqlSourceReplicaBase.REPLICA_NODE, folders.replica),
      ],
    });
    disks.reserveFor(reserveFor);
  }
}
