import { App, Chart, Size } from 'cdk8s';
import { MySqlAccounts, MySqlCluster, MySqlTopology } from '../lib';
import { ownNamespace } from './support/namespace';

const NAMESPACE = 'mysql-innodb-cluster';

/**
 * Three MySQL servers in a group that elects its primary, and two MySQL Routers before it. Two charts: `namespace`, which outlives the
 * servers, since their claims are deleted with it; and the servers.
 */
export class MySqlInnoDbCluster {
  /** The servers. */
  public readonly cluster: MySqlCluster;

  public constructor(app: App, id: string) {
    ownNamespace(new Chart(app, 'namespace'), 'restricted', { name: NAMESPACE, holdsData: true });
    this.cluster = new MySqlCluster(new Chart(app, id, { namespace: NAMESPACE }), 'mysql', {
      topology: MySqlTopology.innoDbCluster({ members: 3, routers: 2 }),
      accounts: MySqlAccounts.generated(),
      storage: { size: Size.gibibytes(15) },
    });
  }
}
