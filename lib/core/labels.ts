import { IConstruct } from 'constructs';
import { fail } from './errors';
import { requireLabels } from './validation';

/** A map of labels or annotations. */
export type Labels = Record<string, string>;

/** What a construct of this library puts on its objects. */
export interface LabelSet {
  /** On every object. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
  readonly common: Labels;
  /** What selects the pods: the smallest set that never changes, since a StatefulSet's selector is immutable. */
  readonly selector: Labels;
}

export interface LabelOptions {
  readonly name: string;
  readonly component: string;
  readonly selector?: Labels;
  readonly extra?: Labels;
}

export function labelSet(scope: IConstruct, options: LabelOptions): LabelSet {
  requireLabels({ scope, property: 'selectorLabels' }, options.selector ?? {});
  if (options.selector !== undefined && Object.keys(options.selector).length === 0) {
    fail(scope, {
      property: 'selectorLabels', rule: 'name at least one label', value: {},
      fix: 'leave it out; without labels every pod would be selected',
    });
  }
  const selector: Labels = options.selector ? { ...options.selector } : { 'app.kubernetes.io/name': options.name };
  for (const [key, value] of Object.entries(options.extra ?? {})) {
    if ((selector[key] ?? value) !== value) {
      fail(scope, {
        property: `labels.${key}`, rule: `be ${JSON.stringify(selector[key])} as in the selector`, value,
        fix: 'say it in selectorLabels, or leave it out',
      });
    }
  }
  return { selector, common: Object.assign(commonLabels(scope, options), selector) };
}

/** The labels of objects that select nothing. */
export function commonLabels(scope: IConstruct, { name, component, extra }: LabelOptions): Labels {
  requireLabels({ scope, property: 'labels' }, extra ?? {});
  return {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'cdk8s',
    'app.kubernetes.io/name': name,
    ...extra,
  };
}
