import { join } from 'path';
import * as ts from 'typescript';
import { ApiType, Arguments, Expression, Field, NamedType, Statement } from './example';

const ROOT = join(__dirname, '../..');
const OTHER: ApiType = { kind: 'other' };
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Reads examples, all in one program; each is the text of a code block. */
export function readExamples(texts: string[]): Statement[][] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const blocks = new Map(texts.map((text, index) => [join(ROOT, `example-${index}.ts`), text]));
  const disk = ts.createCompilerHost(options);
  const fromDisk = (path: string, ...rest: [ts.ScriptTarget | ts.CreateSourceFileOptions]) => {
    if (!parsed.has(path)) {
      parsed.set(path, disk.getSourceFile(path, ...rest));
    }
    return parsed.get(path);
  };
  const program = ts.createProgram([...blocks.keys()], options, {
    ...disk,
    fileExists: (path) => blocks.has(path) || disk.fileExists(path),
    getSourceFile: (path, version) => blocks.has(path)
      ? ts.createSourceFile(path, blocks.get(path)!, ts.ScriptTarget.ES2022, true) : fromDisk(path, version),
  });
  return [...blocks.keys()].map((path) => new Reader(program.getTypeChecker(), program.getSourceFile(path)!).statements());
}

/** Reads one example. Refuses what no example has needed so far. */
class Reader {
  public constructor(private readonly _checker: ts.TypeChecker, private readonly _file: ts.SourceFile) {}

  public statements(): Statement[] {
    return this._file.statements.filter((statement) => !ts.isImportDeclaration(statement)).map((statement, index) => ({
      ...this._around(statement, index === 0), ...this._statement(statement),
    }));
  }

  private _around(node: ts.Node, isFirst: boolean): Pick<Statement, 'above' | 'isApart' | 'comment'> {
    const leading = this._file.text.slice(node.getFullStart(), node.getStart()).split('\n');
    return {
      above: leading.map((line) => line.trim()).filter((line) => line.startsWith('//') && leading.length > 1)
        .filter((_, index) => index > 0 || !this._isBehindCode(node)).map(withoutSlashes),
      isApart: !isFirst && leading.slice(1).some((line) => line.trim() === '') && leading.length > 2,
      comment: this._behind(node),
    };
  }

  /** Whether the first comment before a node is the one behind the statement before it. */
  private _isBehindCode(node: ts.Node): boolean {
    return /^[ \t]*\/\//.test(this._file.text.slice(node.getFullStart()));
  }

  private _behind(node: ts.Node): string | undefined {
    return /^[,;]?[ \t]*\/\/[ \t]*(.*)/.exec(this._file.text.slice(node.getEnd()))?.[1];
  }

  private _statement(node: ts.Statement): Pick<Statement, 'kind' | 'variable' | 'values'> {
    if (ts.isVariableStatement(node)) {
      const [{ name, initializer }] = node.declarationList.declarations;
      const variable = name.getText();
      const isUsed = new RegExp(`\\b${variable}\\b`).test(this._file.text.slice(node.getEnd()));
      return { kind: isUsed ? 'let' : 'do', variable: isUsed ? variable : undefined, values: [this._expression(initializer!)] };
    }
    if (!ts.isExpressionStatement(node)) {
      throw new Error(`no translation of a statement: ${node.getText()}`);
    }
    const { expression } = node;
    if (ts.isCallExpression(expression) && expression.expression.getText() === 'console.log') {
      return { kind: 'print', values: expression.arguments.map((argument) => this._expression(argument)) };
    }
    if (ts.isCallExpression(expression) && expression.expression.getText() === 'writeFileSync') {
      return { kind: 'write', values: expression.arguments.map((argument) => this._expression(argument)) };
    }
    return { kind: 'do', values: [this._expression(expression)] };
  }

  private _expression(node: ts.Expression): Expression {
    if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node)) {
      return this._expression(node.expression);
    }
    const type = this._type(this._checker.getTypeAtLocation(node));
    const multiline = node.getText().includes('\n');
    if (ts.isStringLiteralLike(node)) {
      return { kind: 'text', value: node.text, type: { kind: 'text' } };
    } else if (ts.isNumericLiteral(node)) {
      return { kind: 'number', value: node.text, type: { kind: 'number' } };
    } else if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
      return { kind: 'boolean', value: node.getText(), type: { kind: 'boolean' } };
    } else if (ts.isIdentifier(node)) {
      return { kind: 'name', value: node.text, type };
    } else if (ts.isTemplateExpression(node)) {
      const parts = node.templateSpans.flatMap(({ expression, literal }) => [this._expression(expression), literal.text]);
      return { kind: 'template', parts: [node.head.text, ...parts].filter((part) => part !== ''), type: { kind: 'text' } };
    } else if (ts.isArrayLiteralExpression(node)) {
      return { kind: 'list', items: node.elements.map((element) => this._expression(element)), type: this._expected(node), multiline };
    } else if (ts.isObjectLiteralExpression(node)) {
      return this._object(node, multiline);
    } else if (ts.isNewExpression(node)) {
      return { kind: 'new', of: type as NamedType, type, ...this._arguments(node) };
    } else if (ts.isCallExpression(node)) {
      return this._call(node, type);
    } else if (ts.isElementAccessExpression(node)) {
      return { kind: 'item', on: this._expression(node.expression), index: Number(node.argumentExpression.getText()), type };
    } else if (ts.isPropertyAccessExpression(node)) {
      const on = this._named(node.expression);
      if (on?.kind === 'enum') {
        return { kind: 'member', of: on, name: node.name.text, type: on };
      }
      const owner = this._expression(node.expression);
      return owner.type.kind === 'list' && node.name.text === 'length'
        ? { kind: 'length', on: owner, index: 0, type } : { kind: 'property', on: owner, name: node.name.text, type };
    }
    throw new Error(`no translation of ${ts.SyntaxKind[node.kind]}: ${node.getText()}`);
  }

  private _object(node: ts.ObjectLiteralExpression, multiline: boolean): Expression {
    const type = this._expected(node);
    const fields = node.properties.map((property): Field => {
      if (ts.isShorthandPropertyAssignment(property)) {
        return { name: property.name.text, value: this._expression(property.name), comment: this._behind(property) };
      } else if (!ts.isPropertyAssignment(property)) {
        throw new Error(`no translation of ${property.getText()}`);
      }
      const name = ts.isStringLiteral(property.name) ? property.name.text : property.name.getText();
      return { name, value: this._expression(property.initializer), comment: this._behind(property) };
    });
    const names = fields.map(({ name }) => name);
    if (type.kind === 'map' && names.join() !== [...names].sort().join()) {
      throw new Error(`no translation of a map whose keys are not sorted, since Go sorts them: ${names.join(', ')}`);
    }
    return { kind: type.kind === 'map' ? 'map' : 'struct', fields, type, multiline };
  }

  private _call(node: ts.CallExpression, type: ApiType): Expression {
    const { expression: on, name } = node.expression as ts.PropertyAccessExpression;
    const owner = this._named(on);
    if (owner !== undefined) {
      return { kind: 'static', of: owner, method: name.text, type, ...this._arguments(node) };
    }
    const value = this._expression(on);
    if (value.type.kind !== 'class') {
      throw new Error(`no translation of a method of JavaScript's own: ${node.getText()}`);
    }
    return { kind: 'call', on: value, method: name.text, type, ...this._arguments(node) };
  }

  private _arguments(node: ts.CallExpression | ts.NewExpression): Arguments {
    const args = (node.arguments ?? []).map((argument) => this._expression(argument));
    const parameters = (this._checker.getResolvedSignature(node)?.parameters ?? []).filter(({ valueDeclaration: parameter }) => (
      parameter === undefined || !ts.isParameter(parameter) || parameter.dotDotDotToken === undefined));
    return { args, omitted: Math.max(0, parameters.length - args.length) };
  }

  /** The class or enum that an expression names, e.g. the `Size` of `Size.gibibytes(1)`. */
  private _named(node: ts.Expression): NamedType | undefined {
    const symbol = this._checker.getSymbolAtLocation(node);
    const target = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? this._checker.getAliasedSymbol(symbol) : symbol;
    return target !== undefined && (target.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Enum)) !== 0 ? namedType(target) : undefined;
  }

  private _expected(node: ts.Expression): ApiType {
    const type = this._checker.getContextualType(node);
    return type === undefined ? OTHER : this._type(type);
  }

  private _type(of: ts.Type): ApiType {
    const type = this._checker.getNonNullableType(of);
    const [element] = this._checker.isArrayType(type) ? this._checker.getTypeArguments(type as ts.TypeReference) : [];
    const value = this._checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (element !== undefined) {
      return { kind: 'list', of: this._type(element) };
    } else if ((type.flags & ts.TypeFlags.StringLike) !== 0 && (type.flags & ts.TypeFlags.EnumLike) === 0) {
      return { kind: 'text' };
    } else if ((type.flags & ts.TypeFlags.NumberLike) !== 0 && (type.flags & ts.TypeFlags.EnumLike) === 0) {
      return { kind: 'number' };
    } else if (value !== undefined) {
      return { kind: 'map', of: this._type(value) };
    }
    return type.symbol === undefined ? OTHER : namedType(type.symbol);
  }
}

function namedType(symbol: ts.Symbol): NamedType {
  const [declaration] = symbol.declarations!;
  const module = /\/node_modules\/([^/]+)\//.exec(declaration.getSourceFile().fileName)?.[1] ?? 'cdk8s-stateful';
  const isStruct = ts.isInterfaceDeclaration(declaration) && !/^I[A-Z]/.test(symbol.name);
  return { kind: ts.isEnumDeclaration(declaration) ? 'enum' : isStruct ? 'struct' : 'class', name: symbol.name, module };
}

function withoutSlashes(line: string): string {
  return line.replace(/^\/\/\s*/, '');
}
