/** Whether connections of a user must use TLS. */
export enum MySqlUserTls {
  /** The server refuses a connection without TLS. */
  REQUIRED = 'Required',

  /**
   * The server takes connections with and without TLS, for clients that cannot speak it. Then the server's `require_secure_transport` is
   * OFF, and every other account has `REQUIRE SSL`. What such a client sends and reads can be read on the network.
   */
  OPTIONAL = 'Optional',
}
