import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { PodSecurity, StatefulWeb } from '../lib';

/**
 * Two nginx pods that keep their pages: `www-web-0` and `www-web-1` are claims for the volumes of its base, `NfsVolumes`. Their namespace
 * is `default`, as in the original manifests.
 */
export class WebStorage extends Chart {
  /** What the volumes are reserved for. */
  public readonly web: StatefulWeb;

  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'default' });
    this.web = new StatefulWeb(this, 'web', {
      image: 'nginx:1.9.1',
      containerName: 'nginx',
      serviceName: 'nginx',
      selectorLabels: { app: 'nginx' },
      replicas: 2,
      claims: [{ name: 'www', mountPath: '/usr/share/nginx/html', size: Size.gibibytes(1) }],
      security: PodSecurity.asImageBuilt(), // nginx 1.9.1 starts as root, and so it may write to an export of root's
    });
  }
}
