import { ApiType, Arguments, Expression, Field, NamedType, Statement } from './example';
import { bracketed, capitalized, Imports, quoted, withComment } from './lines';
import { target } from './targets';

/** An example in Go: imports, and the body of a function. */
export function toGo(statements: Statement[]): string {
  const writer = new GoWriter();
  const body = statements.map((statement) => writer.statement(statement));
  return `${writer.imports()}\n\n${body.join('\n')}`;
}

class GoWriter {
  private readonly _imports = new Imports();

  public imports(): string {
    const paths = this._imports.sorted().map(([path]) => path);
    const [standard, others] = [paths.filter((path) => !path.includes('.')), paths.filter((path) => path.includes('.'))];
    return `import (\n${[standard, others].filter((group) => group.length > 0)
      .map((group) => group.map((path) => `\t${quoted(path)}`).join('\n')).join('\n\n')}\n)`;
  }

  public statement({ above, isApart, comment, kind, variable, values }: Statement): string {
    return (isApart ? '\n' : '') + above.map((line) => `// ${line}\n`).join('')
      + this._code(kind, variable, values) + (comment === undefined ? '' : ` // ${comment}`);
  }

  private _code(kind: Statement['kind'], variable: string | undefined, [value, text]: Expression[]): string {
    switch (kind) {
      case 'let': return `${variable} := ${this._expression(value)}`;
      case 'do': return this._expression(value);
      case 'print': return `${this._package('fmt')}.Println(${this._value(value)})`;
      case 'write': return `${this._package('os')}.WriteFile(${this._value(value)}, []byte(${this._value(text)}), 0o644)`;
    }
  }

  /** As functions of jsii take it: texts, numbers, lists and maps by their address. */
  private _expression(of: Expression): string {
    switch (of.kind) {
      case 'text': return `${this._jsii()}.String(${quoted(of.value)})`;
      case 'number': return `${this._jsii()}.Number(${of.value})`;
      case 'boolean': return `${this._jsii()}.Bool(${of.value})`;
      case 'name': return of.value;
      case 'template': return `${this._jsii()}.String(${this._value(of)})`;
      case 'list': return this._list(of.items, of.type, of.multiline);
      case 'map': return `&map[string]${this._typeName(elementOf(of.type))}${this._fields(of.fields, of.multiline, quoted)}`;
      case 'struct': return `&${this._qualified(of.type as NamedType)}${this._fields(of.fields, of.multiline, capitalized)}`;
      case 'new': return `${this._package(of.of.module)}.New${of.of.name}${this._call(of)}`;
      case 'static': return `${this._qualified(of.of)}_${capitalized(of.method)}${this._call(of)}`;
      case 'call': return `${this._expression(of.on)}.${capitalized(of.method)}${this._call(of)}`;
      case 'property': return `${this._expression(of.on)}.${capitalized(of.name)}${of.on.type.kind === 'struct' ? '' : '()'}`;
      case 'member': return `${this._qualified(of.of)}_${of.name}`;
      case 'item': return `(*${this._expression(of.on)})[${of.index}]`;
      case 'length': return `${this._jsii()}.Number(${this._value(of)})`;
    }
  }

  /** As Go's own functions take it. */
  private _value(of: Expression): string {
    switch (of.kind) {
      case 'text': return quoted(of.value);
      case 'template': {
        const format = of.parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : '%v')).join('');
        const values = of.parts.filter((part) => typeof part !== 'string').map((part) => this._value(part));
        return `${this._package('fmt')}.Sprintf(${[quoted(format), ...values].join(', ')})`;
      }
      case 'length': return `len(*${this._expression(of.on)})`;
      default: return ['text', 'number', 'boolean'].includes(of.type.kind) ? `*${this._expression(of)}` : this._expression(of);
    }
  }

  private _list(items: Expression[], type: ApiType, multiline: boolean): string {
    const element = elementOf(type);
    // Go knows the type of what is in a list of structs.
    const parts = items.map((item) => this._expression(item).replace(element.kind === 'struct' ? /^&[\w.]+/ : /(?!)/, ''));
    return element.kind === 'text' && items.every(({ kind }) => kind === 'text')
      ? `${this._jsii()}.Strings(${items.map((item) => this._value(item)).join(', ')})`
      : bracketed(`&[]${this._typeName(element)}{`, parts, '}', multiline, '\t', true);
  }

  private _fields(fields: Field[], multiline: boolean, key: (name: string) => string): string {
    const parts = fields.map(({ name, value, comment }) => withComment(`${key(name)}: ${this._expression(value)}`, comment, '//'));
    return bracketed('{', parts, '}', multiline, '\t', true);
  }

  private _call({ args, omitted }: Arguments): string {
    return `(${[...args.map((each) => this._expression(each)), ...Array<string>(omitted).fill('nil')].join(', ')})`;
  }

  private _typeName(type: ApiType): string {
    switch (type.kind) {
      case 'text': return '*string';
      case 'number': return '*float64';
      case 'struct': return `*${this._qualified(type)}`;
      case 'class': case 'enum': return this._qualified(type);
      default: throw new Error(`no translation of a list or map of ${type.kind}`);
    }
  }

  private _qualified({ name, module }: NamedType): string {
    return `${this._package(module)}.${name}`;
  }

  private _jsii(): string {
    this._imports.add('github.com/aws/jsii-runtime-go');
    return 'jsii';
  }

  /** The name of a package, which is imported. */
  private _package(module: string): string {
    if (['fmt', 'os'].includes(module)) {
      this._imports.add(module);
      return module;
    }
    const { go, goPath } = target(module);
    this._imports.add(goPath);
    return go;
  }
}

function elementOf(type: ApiType): ApiType {
  return type.kind === 'list' || type.kind === 'map' ? type.of : type;
}
