/** Where clients of one kind connect. TLS is required of them. */
export interface MySqlEndpoint {
  /** The name of the Service. */
  readonly serviceName: string;

  /** The DNS name: `<serviceName>.<namespace>.svc.<clusterDomain>`, or the Service's name alone when the chart names no namespace. */
  readonly host: string;

  /** The port. */
  readonly port: number;
}
