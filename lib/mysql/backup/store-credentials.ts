import { IServiceAccount, ISecret } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { nameOf } from '../../core/held-objects';
import { requireDnsName } from '../../core/validation';

const KEYS = ['access-key-id', 'secret-access-key'];

/** What pods of backups show to an S3 store. No pod of a member has it. */
export class StoreCredentials {
  /** A Secret of the cluster's namespace with the keys `access-key-id` and `secret-access-key`. Its changes need no restart. */
  public static fromSecretName(secretName: string): StoreCredentials {
    return new StoreCredentials((scope, property) => requireDnsName({ scope, property }, secretName), secretName);
  }

  /** A Secret of cdk8s-plus with the same keys, in the cluster's namespace. The cluster depends on it. */
  public static fromSecret(secret: ISecret): StoreCredentials {
    return new StoreCredentials((scope, property) => requireDnsName({ scope, property }, nameOf(scope, secret)), secret.name);
  }

  /**
   * The identity that the platform gives to a ServiceAccount, as IAM roles for service accounts do on EKS. It must exist.
   *
   * @param serviceAccountName a ServiceAccount of the cluster's namespace
   */
  public static workloadIdentity(serviceAccountName: string): StoreCredentials {
    return new StoreCredentials(
      (scope, property) => requireDnsName({ scope, property }, serviceAccountName), undefined, serviceAccountName,
    );
  }

  /** The same with a ServiceAccount of cdk8s-plus. The cluster depends on it. */
  public static fromServiceAccount(serviceAccount: IServiceAccount): StoreCredentials {
    return new StoreCredentials(
      (scope, property) => requireDnsName({ scope, property }, nameOf(scope, serviceAccount)), undefined, serviceAccount.name,
    );
  }

  private constructor(
    private readonly _check: (scope: IConstruct, property: string) => void,
    /** @internal */
    public readonly _secretName?: string,
    /** @internal */
    public readonly _serviceAccountName?: string,
  ) {}

  /**
   * The keys of the Secret that pods see.
   *
   * @internal
   */
  public get _keys(): string[] {
    return KEYS;
  }

  /** @internal */
  public _requireValid(scope: IConstruct, property: string): void {
    this._check(scope, property);
  }
}
