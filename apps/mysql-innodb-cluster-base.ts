import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addNamespace } from './support/base-namespace';

/** The namespace of `MySqlInnoDbCluster`, which holds the claims of the servers and the Secret of their accounts. */
export class MySqlInnoDbClusterBase extends Chart {
  public static readonly NAMESPACE = 'mysql-innodb-cluster';

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    addNamespace(this, MySqlInnoDbClusterBase.NAMESPACE, 'restricted');
  }
}
