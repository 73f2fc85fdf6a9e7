import { ISecret } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { nameOf } from '../../core/held-objects';
import { requireDnsName, requireText } from '../../core/validation';

const DEFAULT_KEY = 'password';

/**
 * The key with which everything in the store is encrypted. Without it no backup can be restored, so keep it outside of the Kubernetes
 * cluster, too: a key that exists only there is lost with the data that it should give back. So the library never generates one.
 */
export class EncryptionKey {
  /**
   * A Secret of the cluster's namespace.
   *
   * @param key the key of the Secret: `password` when it is left out. Its value is one line.
   */
  public static fromSecretName(secretName: string, key?: string): EncryptionKey {
    return new EncryptionKey(secretName, key ?? DEFAULT_KEY, (scope, property) => requireDnsName({ scope, property }, secretName));
  }

  /**
   * A Secret of cdk8s-plus, in the cluster's namespace. The cluster depends on it.
   *
   * @param key the key of the Secret: `password` when it is left out. Its value is one line.
   */
  public static fromSecret(secret: ISecret, key?: string): EncryptionKey {
    return new EncryptionKey(secret.name, key ?? DEFAULT_KEY, (scope, property) => (
      requireDnsName({ scope, property }, nameOf(scope, secret))
    ));
  }

  private constructor(
    /** @internal */
    public readonly _secretName: string,
    /** @internal */
    public readonly _key: string,
    private readonly _check: (scope: IConstruct, property: string) => void,
  ) {}

  /** @internal */
  public _requireValid(scope: IConstruct, property: string): void {
    this._check(scope, property);
    requireText({ scope, property: `${property}.key` }, this._key, `leave it out for ${DEFAULT_KEY}`);
  }
}
