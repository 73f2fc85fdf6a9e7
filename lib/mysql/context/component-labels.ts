import { Construct } from 'constructs';
import { LabelSet, labelSet } from '../../core/labels';
import { ClusterContext } from './cluster-context';

type Labeled = Pick<ClusterContext, 'name' | 'userLabels'>;

/** A kind of pods beside the members. */
export type Component =
  'operation' | 'router' | 'router-metadata' | 'archive' | 'backup' | 'backup-list' | 'drill' | 'dump' | 'restore' | 'metrics';

/** The labels of the pods beside the members: of the Jobs, of Router, of what keeps the metadata for it, of backups, or of metrics. */
export function componentLabels(scope: Construct, { name, userLabels }: Labeled, component: Component): LabelSet {
  return labelSet(scope, { name: `${name}-${component}`, component, extra: userLabels });
}
