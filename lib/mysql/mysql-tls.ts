import { ApiObject, Chart } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { nameOf } from '../core/held-objects';
import { Labels } from '../core/labels';
import { requireDnsName, requireOneOf, requireText } from '../core/validation';

/** The issuer of a certificate of cert-manager. */
export interface CertManagerIssuer {
  /** The name of the Issuer. */
  readonly name: string;

  /**
   * `Issuer`, of the cluster's namespace, or `ClusterIssuer`.
   *
   * @default Issuer
   */
  readonly kind?: string;
}

/** @internal */
export interface TlsConfig {
  readonly secretName?: string;
  readonly labels: Labels;
  /** The names under which clients and members connect. */
  readonly dnsNames: string[];
}

/**
 * The origin of the servers' certificates. Every TCP connection must use TLS, with each choice.
 *
 * @see https://dev.mysql.com/doc/refman/9.7/en/using-encrypted-connections.html
 */
export class MySqlTls {
  /** Each server creates a self-signed certificate. Clients cannot verify the server: use `ssl-mode=REQUIRED`. */
  public static serverGenerated(): MySqlTls {
    return new MySqlTls(() => undefined, () => undefined);
  }

  /**
   * A Secret with the keys `tls.crt`, `tls.key` and `ca.crt`. The certificate must name all pods and Services (`certificateDnsNames` of
   * the cluster lists them). When it changes the servers read it again, without a restart.
   */
  public static fromSecretName(secretName: string): MySqlTls {
    return new MySqlTls(() => secretName, (scope) => {
      requireDnsName({ scope, property: 'tls' }, secretName);
      requireNamespace(scope);
    });
  }

  /** A Secret of cdk8s-plus with the same keys, in the cluster's namespace. The cluster depends on it. */
  public static fromSecret(secret: ISecret): MySqlTls {
    return new MySqlTls(() => secret.name, (scope) => {
      requireDnsName({ scope, property: 'tls' }, nameOf(scope, secret));
      requireNamespace(scope);
    });
  }

  /**
   * A Certificate of cert-manager with the right names, in the Secret `<name of the cluster>-tls`.
   *
   * @see https://cert-manager.io/docs/usage/certificate/
   */
  public static fromCertManager(issuer: CertManagerIssuer): MySqlTls {
    return new MySqlTls((clusterName) => `${clusterName}-tls`, (scope, { secretName, labels, dnsNames }) => {
      requireText({ scope, property: 'tls.name' }, issuer.name, 'name the Issuer');
      const kind = issuer.kind ?? 'Issuer';
      requireOneOf({ scope, property: 'tls.kind' }, kind, ['Issuer', 'ClusterIssuer'], 'leave it out for an Issuer of the namespace');
      requireNamespace(scope);
      new ApiObject(scope, 'Certificate', {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name: secretName, labels },
        spec: {
          dnsNames,
          issuerRef: { group: 'cert-manager.io', kind, name: issuer.name },
          privateKey: { rotationPolicy: 'Always' },
          secretName,
          usages: ['server auth', 'client auth', 'digital signature', 'key encipherment'],
        },
      });
    });
  }

  private constructor(
    private readonly _nameOf: (clusterName: string) => string | undefined,
    private readonly _renderIn: (scope: Construct, config: TlsConfig) => void,
  ) {}

  /**
   * The name of the Secret with the certificate; undefined when there is none.
   *
   * @internal
   */
  public _secretName(clusterName: string): string | undefined {
    return this._nameOf(clusterName);
  }

  /**
   * Renders the Certificate, if there is one.
   *
   * @internal
   */
  public _render(scope: Construct, config: TlsConfig): void {
    this._renderIn(scope, config);
  }
}

/** Without a namespace the DNS names of the servers are unknown. */
function requireNamespace(scope: Construct): void {
  const { namespace } = Chart.of(scope);
  if (!namespace) {
    fail(scope, {
      property: 'namespace of the chart', rule: 'be named where a certificate names the servers', value: namespace,
      fix: 'give the chart a namespace',
    });
  }
}
