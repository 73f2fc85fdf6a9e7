import { MySqlEndpoint } from '../context/mysql-endpoint';

/** What a container got to connect. */
export interface MySqlConnection {
  /** The endpoint. */
  readonly endpoint: MySqlEndpoint;

  /** The user. */
  readonly user: string;

  /**
   * The database.
   *
   * @default - none: a user without grants
   */
  readonly database?: string;

  /** The Secret with the password, in the namespace of the application. */
  readonly secretName: string;

  /** The key of the Secret under which the password stands. */
  readonly passwordKey: string;

  /** The names of the environment variables, by what they hold: `host`, `password`, ... */
  readonly variables: { [value: string]: string };

  /**
   * The folder with the files.
   *
   * @default - none: `MySqlBinding.variables()`
   */
  readonly folder?: string;

  /**
   * The file with the servers' authority.
   *
   * @default - none: each server makes its own certificate
   */
  readonly caFile?: string;
}
