import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { Labels } from '../../core/labels';
import { requireAnnotations } from '../../core/validation';
import { PruneGuards } from '../prune-guards';
import { PrunePolicy } from '../prune-policy';

/** The annotations of an object that stands for data; undefined for none. */
export function dataAnnotations(
  scope: IConstruct, { prune = PrunePolicy.KEEP, annotations = {} }: { readonly prune?: PrunePolicy; readonly annotations?: Labels },
): Labels | undefined {
  requireAnnotations({ scope, property: 'annotations' }, annotations);
  const guards: Labels = prune === PrunePolicy.KEEP ? PruneGuards.annotations() : {};
  for (const [key, value] of Object.entries(annotations)) {
    if (guards[key] !== undefined) {
      fail(scope, {
        property: `annotations.${key}`, rule: `not replace the guard ${JSON.stringify(guards[key])}`, value,
        fix: 'leave it out, or set prune to PrunePolicy.ALLOW and write both guards yourself',
      });
    }
  }
  const all = { ...annotations, ...guards };
  return Object.keys(all).length > 0 ? all : undefined;
}
