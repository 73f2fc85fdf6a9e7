import { HttpIngressPathType, ISecret } from 'cdk8s-plus-27';

/** Requests that an Ingress controller hands on. */
export interface IngressOptions {
  /**
   * The name of the Ingress.
   *
   * @default - the workload's `name`
   */
  readonly name?: string;

  /**
   * The host of the requests: a DNS name, the first part of which may be `*`.
   *
   * @default - any host
   */
  readonly host?: string;

  /**
   * The path of the requests, beginning with a slash.
   *
   * @default /
   */
  readonly path?: string;

  /**
   * How the path is compared.
   *
   * @default HttpIngressPathType.PREFIX
   */
  readonly pathType?: HttpIngressPathType;

  /**
   * The IngressClass.
   *
   * @default - the cluster's default class
   */
  readonly className?: string;

  /**
   * The Secret with the certificate for `host`.
   *
   * @default - the Ingress ends no TLS
   */
  readonly tlsSecretName?: string;

  /**
   * The same as an object of cdk8s-plus. The workload depends on it.
   *
   * @default - `tlsSecretName`
   */
  readonly tlsSecret?: ISecret;

  /**
   * The name of the container's port that answers.
   *
   * @default - the first port of the client Service
   */
  readonly portName?: string;

  /**
   * Annotations of the Ingress, e.g. for its controller.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
