import { IConstruct } from 'constructs';
import { warningsOf } from '../core/warnings';

/**
 * The warnings of this library's constructs about settings that work, but may do harm. The library prints nothing; a program decides.
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
