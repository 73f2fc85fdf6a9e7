import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addNamespace } from './support/base-namespace';

/** The namespace of `WebHardened`, which admits only restricted pods. */
export class WebHardenedBase extends Chart {
  public static readonly NAMESPACE = 'web-hardened';

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    addNamespace(this, WebHardenedBase.NAMESPACE, 'restricted');
  }
}
