import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../../../core/checksum';
import { LabelSet } from '../../../core/labels';
import { renderJob } from '../../../pod/render/jobs';
import { ClusterContext } from '../../context/cluster-context';

const RETRIES = 6; // with pauses of 10 s to 6 minutes; each try has a volume of its own
const CHECKSUM_LENGTH = 8;

/** What stands behind the cluster's name in that of a Job; left out, the checksum is one of the same length. */
export function oneTimeJobSuffix(task: string, sum = 'x'.repeat(CHECKSUM_LENGTH)): string {
  return `${task}-${sum.slice(0, CHECKSUM_LENGTH)}`;
}

/**
 * A Job of a restore. Its name has the task and a checksum of what it runs, so that another restore is another Job: what a Job runs cannot
 * change.
 */
export function renderOneTimeJob(
  scope: Construct, context: ClusterContext, labels: LabelSet, task: string, template: Record<string, unknown>,
): ApiObject {
  const name = `${context.name}-${oneTimeJobSuffix(task, checksum(template))}`;
  return renderJob(scope, { name, labels: labels.common }, { backoffLimit: RETRIES, template });
}
