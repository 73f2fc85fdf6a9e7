/** What an account may do in one database. */
export interface MySqlGrant {
  /** The database, which need not be one of `databases`. */
  readonly database: string;

  /**
   * Privileges by their names in SQL.
   *
   * @default - ALL PRIVILEGES
   */
  readonly privileges?: string[];
}

/** An account of the application: `<name>@'%'`, over TLS only. */
export interface MySqlUser {
  /** Its name: at most 32 letters, digits, `_`, `-` and `.`. */
  readonly name: string;

  /**
   * The Secret with its password.
   *
   * @default - that of the cluster's accounts
   */
  readonly secretName?: string;

  /**
   * The key of the Secret under which the password stands.
   *
   * @default - `<name>-password`
   */
  readonly secretKey?: string;

  /**
   * What it may do.
   *
   * @default - nothing but to log in
   */
  readonly grants?: MySqlGrant[];
}
