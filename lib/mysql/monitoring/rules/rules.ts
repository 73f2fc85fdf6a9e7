import { MonitoredCluster } from '../../metrics/monitored-cluster';
import { availabilityRules } from './availability';
import { backupRules } from './backups';
import { memberRules } from './members';
import { Bounds, Rule } from './rule';
import { watchingRules } from './watching';

/** All rules of a cluster, whatever they require. */
export function allRules(cluster: MonitoredCluster, bounds: Bounds): Rule[] {
  return [
    ...availabilityRules(cluster), ...memberRules(cluster, bounds), ...backupRules(cluster, bounds), ...watchingRules(cluster),
  ];
}
