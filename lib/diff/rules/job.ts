import { fieldsAt, kubectlFor } from '../../manifests/manifest';
import { differences } from '../manifests/differences';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { change, Pair } from '../manifests/rule';

const IMMUTABLE = [
  'backoffLimitPerIndex', 'completionMode', 'completions', 'managedBy', 'manualSelector', 'podFailurePolicy', 'selector', 'successPolicy',
  'template',
];

/** A Job runs what it was made to run. */
export function jobRule({ oldObject, newObject }: Pair): ManifestChange[] {
  const [oldSpec, newSpec] = [oldObject, newObject].map((object) => ({ completionMode: 'NonIndexed', ...fieldsAt(object, 'spec') }));
  // Indexed Jobs may grow and shrink: https://kubernetes.io/docs/concepts/workloads/controllers/job/#elastic-indexed-jobs
  const elastic = newSpec.completionMode === 'Indexed' && 'completions' in newSpec
    && (newSpec as Record<string, unknown>).completions === (newSpec as Record<string, unknown>).parallelism;
  return IMMUTABLE.filter((field) => field !== 'completions' || !elastic)
    .flatMap((field) => differences((oldSpec as Record<string, unknown>)[field], (newSpec as Record<string, unknown>)[field], `spec.${field}`))
    .map((difference) => change(ManifestChangeLevel.REFUSED, oldObject, difference, {
      reason: 'Kubernetes lets nobody change what an existing Job runs',
      remedy: `give it a new name, or run \`${kubectlFor(oldObject)} delete job ${oldObject.metadata.name}\` before applying: it runs again`,
    }));
}
