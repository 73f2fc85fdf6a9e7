import { IConstruct } from 'constructs';
import { warningsOf } from '../core/warnings';

/**
 * What constructs of this library warn of: what works, but may hurt. The library prints nothing; a program decides.
 *
 * The warnings are metadata of the constructs, of type `cdk8s-stateful:warning`.
 */
export class Warnings {
  /** The warnings of a construct and of all below it, each with the path of its construct in brackets. */
  public static below(scope: IConstruct): string[] {
    return scope.node.findAll().flatMap((construct) => warningsOf(construct).map((text) => `[${construct.node.path}] ${text}`));
  }

  private constructor() {}
}
