import { IConstruct } from 'constructs';
import { fail, Origin } from './errors';

/** An object of cdk8s-plus that a user holds: a Secret, a ConfigMap, a claim or an account. */
export interface HeldObject extends IConstruct {
  readonly name: string;
}

/**
 * The name of an object that a user may name or hold.
 *
 * @param origin the property that takes the name; that of the object is the same without `Name`
 * @returns undefined where neither is given
 */
export function nameOrHeld({ scope, property }: Origin, name?: string, held?: HeldObject): string | undefined {
  if (held === undefined) {
    return name;
  }
  if (name !== undefined) {
    fail(scope, {
      property, rule: `be left out where ${property.replace(/^.*\./, '').replace(/Name\b.*$/, '')} is given`, value: name, fix: 'keep one of the two',
    });
  }
  return nameOf(scope, held);
}

/** The name of an object that a user holds, after which cdk8s puts the construct: so its chart is applied after that of the object. */
export function nameOf(scope: IConstruct, held: HeldObject): string {
  scope.node.addDependency(held);
  return held.name;
}
