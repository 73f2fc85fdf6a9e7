import { Construct } from 'constructs';
import { LabelSet, labelSet } from '../../core/labels';
import { ClusterContext } from './cluster-context';

type Labeled = Pick<ClusterContext, 'name' | 'userLabels'>;

/** The labels of the pods beside the members: of the Jobs, of Router, or of what keeps the metadata for it. */
export function componentLabels(
  scope: Construct, { name, userLabels }: Labeled, component: 'operation' | 'router' | 'router-metadata',
): LabelSet {
  return labelSet(scope, { name: `${name}-${component}`, component, extra: userLabels });
}
