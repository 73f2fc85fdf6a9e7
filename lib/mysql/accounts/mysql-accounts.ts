import { ISecret } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { nameOf } from '../../core/held-objects';
import { requireDnsName } from '../../core/validation';

/** The keys that the Secret of the accounts must have; `users` add theirs. */
const KEYS = ['root-password', 'admin-password', 'replication-password', 'clone-password', 'monitor-password'];

/**
 * The origin of the accounts' passwords: a Secret, never this program. Each duty has an account, with the least privileges:
 *
 * | key | account | for |
 * |---|---|---|
 * | `root-password` | `root@localhost` | the agent beside the server; on the socket only |
 * | `admin-password` | `admin@'%'` | operators, the Jobs, and what keeps Router's metadata |
 * | `replication-password` | `replication@'%'` | replicas read the source's binary log; members of a group communicate |
 * | `clone-password` | `clone@'%'` | a member without data copies that of another one |
 * | `monitor-password` | `monitor@'%'` | members ask each other who has what |
 * | `router-password` | `router@'%'` | MySQL Router, if there is one: it reads the members of the group |
 * | `metrics-password` | `metrics@'%'` | what reads metrics, if `metrics` are asked for |
 *
 * A password may hold any printable characters.
 */
export class MySqlAccounts {
  /** A Secret of the cluster's namespace that another tool creates, e.g. External Secrets or Sealed Secrets. */
  public static fromSecretName(secretName: string): MySqlAccounts {
    return new MySqlAccounts(false, secretName);
  }

  /** A Secret of cdk8s-plus, in the cluster's namespace. The cluster depends on it. */
  public static fromSecret(secret: ISecret): MySqlAccounts {
    return new MySqlAccounts(false, secret.name, secret);
  }

  /**
   * A Secret with random passwords that a Job creates in the cluster if it does not exist. It is in no manifest: back it up.
   *
   * @param secretName the Secret's name; left out it is `<name of the cluster>-accounts`
   */
  public static generated(secretName?: string): MySqlAccounts {
    return new MySqlAccounts(true, secretName);
  }

  private constructor(
    /**
     * Whether a Job makes the Secret.
     *
     * @internal
     */
    public readonly _isGenerated: boolean,
    private readonly _secretName?: string,
    private readonly _secret?: ISecret,
  ) {}

  /**
   * The keys that every Secret of accounts must have.
   *
   * @internal
   */
  public get _keys(): string[] {
    return [...KEYS];
  }

  /** @internal */
  public _bind(scope: IConstruct, clusterName: string): string {
    const secretName = this._secret === undefined ? this._secretName ?? `${clusterName}-accounts` : nameOf(scope, this._secret);
    requireDnsName({ scope, property: 'accounts' }, secretName);
    return secretName;
  }
}
