import { Arguments, Expression, Field, NamedType, Statement } from './example';
import { bracketed, capitalized, Imports, indented, quoted } from './lines';
import { target } from './targets';

const INDENT = '        ';

/** An example in Java: imports, and the body of a method. */
export function toJava(statements: Statement[]): string {
  const writer = new JavaWriter();
  const body = statements.map((statement) => writer.statement(statement));
  return `${writer.imports()}\n\n${body.join('\n')}`;
}

class JavaWriter {
  private readonly _imports = new Imports();

  public imports(): string {
    return this._imports.sorted().flatMap(([module, names]) => names.map((name) => `import ${module}.${name};`)).join('\n');
  }

  public statement({ above, isApart, comment, kind, variable, values }: Statement): string {
    const [value, text] = values.map((each) => this._expression(each));
    const code = { let: `var ${variable} = ${value}`, do: value, print: `System.out.println(${value})`, write: '' }[kind];
    if (kind === 'write') {
      ['Files', 'Path'].forEach((name) => this._imports.add('java.nio.file', name));
    }
    return (isApart ? '\n' : '') + above.map((line) => `// ${line}\n`).join('')
      + (kind === 'write' ? `Files.writeString(Path.of(${value}), ${text})` : code) + (comment === undefined ? ';' : `; // ${comment}`);
  }

  private _expression(of: Expression): string {
    switch (of.kind) {
      case 'text': return quoted(of.value);
      case 'number': case 'name': case 'boolean': return of.value;
      case 'template': return this._template(of.parts);
      case 'list': return this._collection('List', of.items.map((item) => this._expression(item)), of.multiline);
      case 'map': return this._map(of.fields, of.multiline);
      case 'struct': return this._built(`${this._type(of.type as NamedType)}.builder()`, of.fields, of.multiline);
      case 'new': return this._new(of.of, of);
      case 'static': return `${this._type(of.of)}.${of.method}${this._arguments(of.args)}`;
      case 'call': return `${this._expression(of.on)}.${of.method}${this._arguments(of.args)}`;
      case 'property': return `${this._expression(of.on)}.get${capitalized(of.name)}()`;
      case 'member': return `${this._type(of.of)}.${of.name}`;
      case 'item': return `${this._expression(of.on)}.get(${of.index})`;
      case 'length': return `${this._expression(of.on)}.size()`;
    }
  }

  private _template(parts: (string | Expression)[]): string {
    const values = parts.filter((part) => typeof part !== 'string').map((part) => this._expression(part));
    const format = parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : '%s')).join('');
    return `String.format(${[quoted(format), ...values].join(', ')})`;
  }

  /** `Map.of` has no order. */
  private _map(fields: Field[], multiline: boolean): string {
    const map = this._collection('Map', fields.map(({ name, value }) => `${quoted(name)}, ${this._expression(value)}`), multiline);
    if (fields.length < 2) {
      return map;
    }
    this._imports.add('java.util', 'TreeMap');
    return `new TreeMap<>(${map})`;
  }

  private _collection(name: 'List' | 'Map', parts: string[], multiline: boolean): string {
    this._imports.add('java.util', name);
    return multiline && parts.length > 1 ? `${name}.of(\n${indented(parts.join(',\n'), INDENT)})` : `${name}.of(${parts.join(', ')})`;
  }

  /** A class whose last parameter is a struct has a builder that takes its fields. */
  private _new(of: NamedType, { args, omitted }: Arguments): string {
    const last = args.at(-1);
    return last?.kind === 'struct' && omitted === 0
      ? this._built(`${this._type(of)}.Builder.create${this._arguments(args.slice(0, -1))}`, last.fields, last.multiline)
      : `new ${this._type(of)}${this._arguments(args)}`;
  }

  private _built(create: string, fields: Field[], multiline: boolean): string {
    const calls = fields.map(({ name, value, comment }) => (
      `.${name}(${this._expression(value)})${comment === undefined || !multiline ? '' : ` // ${comment}`}`
    ));
    return multiline ? `${create}\n${indented([...calls, '.build()'].join('\n'), INDENT)}` : `${create}${calls.join('')}.build()`;
  }

  private _arguments(args: Expression[]): string {
    return bracketed('(', args.map((each) => this._expression(each)), ')', false, '');
  }

  private _type({ name, module }: NamedType): string {
    this._imports.add(target(module).java, name);
    return name;
  }
}
