import { IConstruct } from 'constructs';

const TYPE = 'cdk8s-stateful:warning';

/** Warns of what works but may hurt, once. */
export function warn(scope: IConstruct, text: string): void {
  if (!warningsOf(scope).includes(text)) {
    scope.node.addMetadata(TYPE, text);
  }
}

export function warningsOf(scope: IConstruct): string[] {
  return scope.node.metadata.filter(({ type }) => type === TYPE).map(({ data }) => data as string);
}
