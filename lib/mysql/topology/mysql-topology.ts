import { Construct } from 'constructs';
import { InnoDbCluster } from './inno-db-cluster';
import { InnoDbClusterOptions } from './inno-db-cluster-options';
import { SourceReplica } from './source-replica';
import { SourceReplicaOptions } from './source-replica-options';
import { TopologyConfig, TopologyStrategy } from './topology-config';

/** How the servers of a `MySqlCluster` depend on each other. */
export class MySqlTopology {
  /**
   * One source, which takes writes, and replicas that follow it asynchronously, or semi-synchronously. Only an operator promotes a
   * replica: two servers cannot distinguish a dead source from a cut network.
   *
   * @see https://dev.mysql.com/doc/refman/9.7/en/replication.html
   */
  public static sourceReplica(options: SourceReplicaOptions): MySqlTopology {
    return new MySqlTopology(new SourceReplica(options));
  }

  /**
   * A group of servers that replicate to each other and elect their primary, which takes writes: MySQL Group Replication. When the primary
   * dies the others elect another one; no acknowledged transaction is lost.
   *
   * @see https://dev.mysql.com/doc/refman/9.7/en/group-replication.html
   */
  public static innoDbCluster(options: InnoDbClusterOptions): MySqlTopology {
    return new MySqlTopology(new InnoDbCluster(options));
  }

  private constructor(private readonly _strategy: TopologyStrategy) {}

  /**
   * The settings in which topologies differ.
   *
   * @internal
   */
  public _bind(scope: Construct, name: string): TopologyConfig {
    return this._strategy.bind(scope, name);
  }
}
