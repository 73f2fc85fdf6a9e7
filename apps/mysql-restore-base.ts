import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addNamespace } from './support/base-namespace';

/** The namespace of `MySqlRestore`, which holds the claims of the servers, and the Secrets of their accounts and of the store. */
export class MySqlRestoreBase extends Chart {
  public static readonly NAMESPACE = 'mysql-restore';

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    addNamespace(this, MySqlRestoreBase.NAMESPACE, 'restricted');
  }
}
