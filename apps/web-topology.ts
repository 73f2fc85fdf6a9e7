import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { PodSecurity, StatefulWeb } from '../lib';
import { WebTopologyBase } from './web-topology-base';

/** Two nginx pods with stable names: `web-0.nginx` and `web-1.nginx`. */
export class WebTopology extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: WebTopologyBase.NAMESPACE });
    new StatefulWeb(this, 'web', {
      image: 'nginx:1.9.1',
      containerName: 'nginx',
      serviceName: 'nginx',
      selectorLabels: { app: 'nginx' },
      replicas: 2,
      security: PodSecurity.asImageBuilt(), // nginx 1.9.1 starts as root
    });
  }
}
