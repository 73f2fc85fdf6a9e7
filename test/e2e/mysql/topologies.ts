import { Duration } from 'cdk8s';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';

/** The clusters whose backups are tried. */
export const TOPOLOGIES = [
  { id: 'group', members: ['mysql-0', 'mysql-1', 'mysql-2'], topology: () => MySqlTopology.innoDbCluster({ members: 3 }) },
  {
    id: 'replicas',
    members: ['mysql-source-0', 'mysql-replica-0'],
    topology: () => MySqlTopology.sourceReplica({ replicas: 1, semiSynchronous: {}, maxLag: Duration.seconds(15) }),
  },
];
