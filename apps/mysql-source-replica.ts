import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { MySqlAccounts, MySqlCluster, MySqlTopology } from '../lib';
import { MySqlSourceReplicaBase } from './mysql-source-replica-base';

const { NAMESPACE, SOURCE_NODE, REPLICA_NODE } = MySqlSourceReplicaBase;

/** A MySQL source and its replica on two labeled nodes. */
export class MySqlSourceReplica extends Chart {
  /** The servers, for which volumes of `MySqlSourceReplicaBase` are reserved. */
  public readonly cluster: MySqlCluster;

  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: NAMESPACE });
    this.cluster = new MySqlCluster(this, 'mysql', {
      topology: MySqlTopology.sourceReplica({
        replicas: 1, source: { nodeSelector: SOURCE_NODE }, replica: { nodeSelector: REPLICA_NODE },
      }),
      accounts: MySqlAccounts.generated(),
      storage: { size: Size.gibibytes(25) },
      readWriteServiceName: 'mysql-service',
      readOnlyServiceName: 'mysql-read-service',
    });
  }
}
