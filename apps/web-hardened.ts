import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { StatefulWeb } from '../lib';
import { WebHardenedBase } from './web-hardened-base';

/** The web of `WebTopology` with a current nginx, in a namespace that admits only restricted pods. */
export class WebHardened extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: WebHardenedBase.NAMESPACE });
    new StatefulWeb(this, 'web', { image: 'nginx:1.29', serviceName: 'nginx', replicas: 2 });
  }
}
