/** An endpoint for clients of one kind. Clients must use TLS. */
export interface MySqlEndpoint {
  /** The name of the Service. */
  readonly serviceName: string;

  /** The DNS name: `<serviceName>.<namespace>.svc.<clusterDomain>`, or the Service's name alone when the chart names no namespace. */
  readonly host: string;

  /** The port. */
  readonly port: number;
}
