import { Chart } from 'cdk8s';
import { LabelSelector, PodSelectorConfig } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { Labels } from '../../core/labels';

/** The pods with these labels, as the policies, Services and workloads of cdk8s-plus ask for them. */
export function podSelectorConfig(scope: IConstruct, selector: Labels): PodSelectorConfig {
  const { namespace } = Chart.of(scope);
  return { labelSelector: LabelSelector.of({ labels: selector }), namespaces: namespace ? { names: [namespace] } : undefined };
}
