import { Arguments, Expression, Field, NamedType, Statement } from './example';
import { bracketed, Imports, quoted, withComment } from './lines';
import { target } from './targets';

/** An example in Python. */
export function toPython(statements: Statement[]): string {
  const writer = new PythonWriter();
  const body = statements.map((statement) => writer.statement(statement));
  return `${writer.imports()}\n\n${body.join('\n')}`;
}

class PythonWriter {
  private readonly _imports = new Imports();

  public imports(): string {
    return this._imports.sorted().map(([module, names]) => (names[0] === '' ? `import ${module}` : `from ${module} import ${names.join(', ')}`))
      .join('\n');
  }

  public statement({ above, isApart, comment, kind, variable, values }: Statement): string {
    const [value, text] = values.map((each) => this._expression(each));
    const code = { let: `${variable} = ${value}`, do: value, print: `print(${value})`, write: '' }[kind];
    if (kind === 'write') {
      this._imports.add('pathlib', 'Path');
    }
    return (isApart ? '\n' : '') + above.map((line) => `# ${line}\n`).join('')
      + (kind === 'write' ? `Path(${value}).write_text(${text})` : code) + (comment === undefined ? '' : `  # ${comment}`);
  }

  private _expression(of: Expression): string {
    switch (of.kind) {
      case 'text': return quoted(of.value);
      case 'number': case 'name': return of.value;
      case 'boolean': return of.value === 'true' ? 'True' : 'False';
      case 'template': return `f"${of.parts.map((part) => (
        typeof part === 'string' ? quoted(part).slice(1, -1).replace(/[{}]/g, '$&$&') : `{${this._expression(part)}}`)).join('')}"`;
      case 'list': return bracketed('[', of.items.map((item) => this._expression(item)), ']', of.multiline, '    ', true);
      case 'map': return bracketed('{', this._fields(of.fields, (name) => `${quoted(name)}: `), '}', of.multiline, '    ', true);
      case 'struct': return `${this._type(of.type as NamedType)}${this._call({ args: [of], omitted: 0 })}`;
      case 'new': return `${this._type(of.of)}${this._call(of)}`;
      case 'static': return `${this._type(of.of)}.${snakeCase(of.method)}${this._call(of)}`;
      case 'call': return `${this._expression(of.on)}.${snakeCase(of.method)}${this._call(of)}`;
      case 'property': return `${this._expression(of.on)}.${snakeCase(of.name)}`;
      case 'member': return `${this._type(of.of)}.${of.name}`;
      case 'item': return `${this._expression(of.on)}[${of.index}]`;
      case 'length': return `len(${this._expression(of.on)})`;
    }
  }

  /** Arguments in parentheses; the fields of a struct that is the last parameter are arguments with names. */
  private _call({ args, omitted }: Arguments): string {
    const last = args.at(-1);
    if (last?.kind !== 'struct' || omitted > 0) {
      return bracketed('(', args.map((each) => this._expression(each)), ')', false, '');
    }
    const parts = [...args.slice(0, -1).map((each) => this._expression(each)), ...this._fields(last.fields, (name) => `${snakeCase(name)}=`)];
    return bracketed('(', parts, ')', last.multiline, '    ', true);
  }

  private _fields(fields: Field[], key: (name: string) => string): string[] {
    return fields.map(({ name, value, comment }) => withComment(`${key(name)}${this._expression(value)}`, comment, ' #'));
  }

  private _type({ name, module }: NamedType): string {
    this._imports.add(target(module).python, name);
    return name;
  }
}

// Of methods and fields, as jsii writes them: with a `_` behind it.
const KEYWORDS = [
  'and', 'as', 'assert', 'class', 'def', 'del', 'except', 'from', 'global', 'import', 'in', 'is', 'lambda', 'not', 'or', 'pass', 'with',
];

function snakeCase(name: string): string {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return KEYWORDS.includes(snake) ? `${snake}_` : snake;
}
