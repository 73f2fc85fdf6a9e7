import { ISecret } from 'cdk8s-plus-27';
import { MySqlUserTls } from './mysql-user-tls';

/** The privileges of an account in one database. */
export interface MySqlGrant {
  /** The database, which need not be one of `databases`. A `_` in its name stands for itself. */
  readonly database: string;

  /**
   * Privileges of a database by their names in SQL.
   *
   * @default - ALL PRIVILEGES
   */
  readonly privileges?: string[];
}

/** An account of the application: `<name>@'%'`. */
export interface MySqlUser {
  /** The user name: at most 32 letters, digits, `_`, `-` and `.`. */
  readonly name: string;

  /**
   * The Secret with the password, which another tool creates.
   *
   * @default - with `MySqlAccounts.generated()` a Job creates one for the user: `<name of the cluster>-user-<name>`, in lower case and with
   * `-` in place of `_`. Otherwise the Secret of the cluster's accounts
   */
  readonly secretName?: string;

  /**
   * The same as an object of cdk8s-plus, in the cluster's namespace. The cluster depends on it.
   *
   * @default - `secretName`
   */
  readonly secret?: ISecret;

  /**
   * The key of the Secret under which the password stands. Without `secretName` and `secret` the Secret is that of the cluster's accounts.
   *
   * @default - `password` in a Secret that a Job creates for the user; otherwise `<name>-password`
   */
  readonly secretKey?: string;

  /**
   * The privileges of the account in databases.
   *
   * @default - nothing but to log in
   */
  readonly grants?: MySqlGrant[];

  /**
   * Privileges on everything (`*.*`) by their names in SQL, e.g. `PROCESS` and `REPLICATION CLIENT` for an exporter of metrics. Privileges
   * that would let an account stop, change or bypass the cluster are errors. `SELECT` reads the server's own tables too, and with them
   * the password of `replication`.
   *
   * @default - none
   */
  readonly globalPrivileges?: string[];

  /**
   * Whether connections must use TLS.
   *
   * @default MySqlUserTls.REQUIRED
   */
  readonly tls?: MySqlUserTls;
}
