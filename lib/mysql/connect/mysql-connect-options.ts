import { MySqlAccess } from './mysql-access';
import { MySqlBinding } from './mysql-binding';

/** The account and the database with which an application connects, and how it learns them. */
export interface MySqlConnectOptions {
  /** The user by name: one of `users` of the cluster. */
  readonly user: string;

  /**
   * The database: one of `databases` of the cluster, in which the user has a grant.
   *
   * @default - the first one of the user's grants; a user without grants connects to none
   */
  readonly database?: string;

  /**
   * The container by name: also a sidecar or an init container.
   *
   * @default - the first container of the pod
   */
  readonly container?: string;

  /**
   * What the application does with the data, which decides on the Service.
   *
   * @default MySqlAccess.READ_WRITE
   */
  readonly access?: MySqlAccess;

  /**
   * How the container gets what it needs to connect.
   *
   * @default MySqlBinding.variables()
   */
  readonly binding?: MySqlBinding;

  /**
   * A Secret in the namespace of the application that is a copy of the user's. An application in another namespace than the cluster needs
   * one, because pods read Secrets of their own namespace only.
   *
   * @default - the Secret of the user
   */
  readonly secretName?: string;

  /**
   * A Secret in the namespace of the application with the servers' authority under the key `ca.crt`. An application in another namespace
   * needs one, where the servers have a certificate of an authority.
   *
   * @default - the Secret of the servers' certificate, of which the pods get this key alone
   */
  readonly caSecretName?: string;
}
