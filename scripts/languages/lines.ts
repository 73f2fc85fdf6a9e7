/** The lines of something that is written between brackets: on one line, or each part on its own. */
export function bracketed(open: string, parts: string[], close: string, multiline: boolean, indent: string, lastComma = false): string {
  if (!multiline) {
    return `${open}${parts.join(', ')}${close}`;
  }
  const last = parts.length - 1;
  const lines = parts.map((part, index) => {
    const [, text, comment] = /^([\s\S]*?)(\0.*)?$/.exec(part)!;
    return `${indented(text, indent)}${index < last || lastComma ? ',' : ''}${comment === undefined ? '' : ` ${comment.slice(1)}`}`;
  });
  return `${open}\n${lines.join('\n')}\n${close}`;
}

/** A part with a comment, which `bracketed` writes behind the comma. */
export function withComment(part: string, comment: string | undefined, sign: string): string {
  return comment === undefined ? part : `${part}\0${sign} ${comment}`;
}

/** A text with more space before each of its lines. */
export function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}

/** The names that a translation imports, by module. */
export class Imports {
  private readonly _names = new Map<string, Set<string>>();

  public add(module: string, name = ''): void {
    this._names.set(module, (this._names.get(module) ?? new Set()).add(name));
  }

  /** The modules and their names, both sorted. */
  public sorted(): [module: string, names: string[]][] {
    return [...this._names].map(([module, names]): [string, string[]] => [module, [...names].sort()])
      .sort(([one], [other]) => (one < other ? -1 : 1));
  }
}

/** A text in quotes, with the escapes that all the languages have. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function capitalized(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}
