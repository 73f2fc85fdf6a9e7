import * as ts from 'typescript';

const NAMING = /^(?:test|describe|diagnosed|testFolder)\b/;
const SKIPPED = /\.(?:skip|todo)\b/;

/** The names of the tests and groups of tests in a source file, as it writes them. Those that it skips are left out. */
export function namedTests(source: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.arguments.length > 1) {
      const callee = node.expression.getText();
      const [name] = node.arguments;
      if (NAMING.test(callee) && !SKIPPED.test(callee) && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name))) {
        names.push(ts.isStringLiteral(name) ? name.text : name.getText().slice(1, -1));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true));
  return names;
}
