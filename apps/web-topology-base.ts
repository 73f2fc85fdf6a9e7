import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addNamespace } from './support/base-namespace';

/** The namespace of `WebTopology`. */
export class WebTopologyBase extends Chart {
  public static readonly NAMESPACE = 'web-topology';

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    addNamespace(this, WebTopologyBase.NAMESPACE, 'baseline'); // nginx 1.9.1 starts as root
  }
}
