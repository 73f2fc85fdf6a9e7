/** Requests that a Gateway hands on. */
export interface HttpRouteOptions {
  /**
   * The name of the HTTPRoute.
   *
   * @default - the workload's `name`
   */
  readonly name?: string;

  /** The name of the Gateway. */
  readonly gatewayName: string;

  /**
   * The namespace of the Gateway.
   *
   * @default - that of the workload
   */
  readonly gatewayNamespace?: string;

  /**
   * The listener of the Gateway.
   *
   * @default - every listener that admits the route
   */
  readonly sectionName?: string;

  /**
   * The hosts of the requests: DNS names, the first part of which may be `*`.
   *
   * @default - those of the listener
   */
  readonly hostnames?: string[];

  /**
   * The beginnings of the requests' paths.
   *
   * @default - every path
   */
  readonly paths?: string[];

  /**
   * The name of the container's port that answers.
   *
   * @default - the first port of the client Service
   */
  readonly portName?: string;
}
