/** What shell calls: a reader of the scripts of this library, which finds the words that stand where a command does. */

const OPENING = ['if', 'then', 'elif', 'else', 'while', 'until', 'do', '!', '{', 'time', 'exec', 'command', 'env'];
const BUILT_IN = `: . [ [[ alias bg break builtin cd continue coproc declare echo eval exit export false getopts hash jobs kill let local mapfile printf pwd read shopt
  readonly return set shift source test times trap true type typeset ulimit umask unset wait done fi esac } in for case select function`.split(/\s+/);

/** What is put before a command, and how many words of its own it has beside options. */
export type Wrappers = Record<string, number>;

/** The commands that a script calls which are neither of the shell nor functions of `own`. */
export function commandsCalledBy(text: string, own: string[], wrappers: Wrappers): string[] {
  const found = new Set<string>();
  new Reader(text, wrappers, (word) => found.add(word)).read('');
  return [...found].filter((word) => !own.includes(word) && !BUILT_IN.includes(word) && !OPENING.includes(word)).sort();
}

/** The commands, each by how it begins, of which more than one part is put in place by a process. */
export function severalSubstitutionsIn(text: string): string[] {
  const found: string[] = [];
  new Reader(text, {}, () => {}, (command) => found.push(command)).read('');
  return found;
}

/** The functions that a script defines. */
export function functionsIn(text: string): string[] {
  return [...text.matchAll(/^\s*(\w+)\(\) [{(]/gm)].map(([, name]) => name);
}

class Reader {
  private _at = 0;
  /** Of the command that is read, and of those around it, how many parts a process puts in place. */
  private readonly _substitutions: number[] = [];

  public constructor(
    private readonly _text: string, private readonly _wrappers: Wrappers, private readonly _found: (word: string) => void,
    private readonly _several: (command: string) => void = () => {},
  ) {}

  /** Reads commands up to this end. */
  public read(end: string): void {
    let starts = true; // a command may begin
    let target = false; // of a redirection
    let skips = 0; // words of a wrapper
    const cases: boolean[] = []; // whether a pattern comes next
    let from = this._at;
    const begin = () => {
      if (this._substitutions.at(-1)! > 1) {
        this._several(this._text.slice(from, this._at).trim().split('\n')[0]);
      }
      this._substitutions[this._substitutions.length - 1] = 0;
      from = this._at;
      starts = true;
      skips = 0;
    };
    this._substitutions.push(0);
    while (this._at < this._text.length) {
      const rest = this._text.slice(this._at);
      if (cases.at(-1) === true && !/^(\s|#|esac\b)/.test(rest)) {
        this._list(); // the pattern
        cases[cases.length - 1] = false;
        begin();
        continue;
      }
      if (end !== '' && rest.startsWith(end)) {
        begin();
        this._at += end.length;
        this._substitutions.pop();
        return;
      }
      const separator = /^(;;|&&|\|\||[;\n|&])/.exec(rest);
      const redirection = /^\d*(<<<|>>|<>|>&|<&|>(?!\()|<(?![<(]))/.exec(rest);
      if (rest.startsWith('#')) {
        this._at += /^[^\n]*/.exec(rest)![0].length;
      } else if (/^<<-?\w+/.test(rest)) {
        const [all] = /^<<-?(\w+)[^\n]*\n[^]*?\n\s*\1(?=\n)/.exec(rest)!;
        this._at += all.length;
      } else if (separator !== null && !rest.startsWith('&>')) {
        if (separator[0] === ';;') {
          cases[cases.length - 1] = true;
        }
        begin();
        this._at += separator[0].length;
      } else if (/^\s|^\\\n/.test(rest)) {
        this._at += rest.startsWith('\\') ? 2 : 1;
      } else if (starts && rest.startsWith('((')) {
        this._arithmetic();
      } else if (/^[<>]?\(/.test(rest)) {
        this._at += rest.indexOf('(') + 1;
        this._substitute(rest.startsWith('(') ? 0 : 1);
        target = false;
      } else if (redirection !== null) {
        this._at += redirection[0].length;
        target = true;
      } else {
        const word = this._word();
        if (target) {
          target = false;
        } else if (word === 'esac') {
          cases.pop();
        } else if (word === '[[') {
          while (this._word(' ') !== ']]') { /* what it compares */ }
        } else if (starts && word.endsWith('()')) {
          begin();
        } else if (word === 'case' && starts) {
          while (this._word(' ') !== 'in') { /* what it looks at */ }
          cases.push(true);
        } else if (starts && word === 'for') {
          const loop = this._text.slice(this._at);
          this._at += /^ \(\(/.test(loop) ? loop.indexOf('))') + 2 : /^[^;\n]*/.exec(loop)![0].length;
        } else if (starts && skips > 0 && !word.startsWith('-')) {
          skips--;
        } else if (starts && !/^(\w+(\[.*\])?\+?=|-)/.test(word) && !OPENING.includes(word)) {
          if (word in this._wrappers) {
            skips = this._wrappers[word];
          } else {
            starts = false;
          }
          if (/^[\w.-]+$/.test(word)) {
            this._found(word);
          }
        }
      }
    }
  }

  /** A word, as it is written, with what it substitutes read on the way. */
  private _word(before = ''): string {
    while (before !== '' && /\s/.test(this._text[this._at])) {
      this._at++;
    }
    this._require();
    const from = this._at;
    while (this._at < this._text.length && !/[\s;|&)<>]/.test(this._text[this._at])) {
      if (this._text[this._at] === '(') {
        this._at++;
        if (this._text[this._at] === ')') { // of a function
          this._at++;
          break;
        }
        this._list();
      } else {
        this._part();
      }
    }
    if (this._at === from) {
      this._at++; // of a condition: (, ), <, |, &
    }
    return this._text.slice(from, this._at);
  }

  private _require(): void {
    if (this._at >= this._text.length) {
      throw new Error(`the shell ends too early: ${this._text.slice(-80)}`);
    }
  }

  /** Of an array, or a pattern. */
  private _list(): void {
    while (this._text[this._at] !== ')') {
      this._part();
    }
    this._at++;
  }

  private _part(): void {
    const rest = this._text.slice(this._at);
    if (rest.startsWith('\\')) {
      this._at += 2;
    } else if (rest.startsWith('\'')) {
      this._at += rest.indexOf('\'', 1) + 1;
    } else if (rest.startsWith('$\'')) {
      this._at += /^\$'(\\.|[^'\\])*'/.exec(rest)![0].length;
    } else if (rest.startsWith('"')) {
      this._at++;
      while (this._text[this._at] !== '"') {
        this._substitution();
      }
      this._at++;
    } else {
      this._substitution();
    }
  }

  /** One character, or what is put in its place. */
  private _substitution(): void {
    this._require();
    const rest = this._text.slice(this._at);
    if (rest.startsWith('\\')) {
      this._at += 2;
    } else if (rest.startsWith('$((')) {
      this._at++;
      this._arithmetic();
    } else if (rest.startsWith('$(')) {
      this._at += 2;
      this._substitute(1);
    } else if (rest.startsWith('${')) {
      this._at += 2;
      while (this._text[this._at] !== '}') {
        this._part();
      }
      this._at++;
    } else {
      this._at++;
    }
  }

  /** What another process runs, up to its end. */
  private _substitute(count: number): void {
    this._substitutions[this._substitutions.length - 1] += count;
    this.read(')');
  }

  private _arithmetic(): void {
    this._at += 2;
    for (let depth = 0; depth > 0 || !this._text.startsWith('))', this._at);) {
      this._require();
      if (this._text.startsWith('$', this._at)) {
        this._substitution();
        continue;
      }
      depth += this._text[this._at] === '(' ? 1 : this._text[this._at] === ')' ? -1 : 0;
      this._at++;
    }
    this._at += 2;
  }
}
