/** A type of the API, as far as a translation needs it. */
export type ApiType =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'other' }
  | { readonly kind: 'list' | 'map'; readonly of: ApiType }
  | { readonly kind: 'struct' | 'class' | 'enum'; readonly name: string; readonly module: string };

export type NamedType = Extract<ApiType, { readonly name: string }>;

/** A field of a struct, or an entry of a map. */
export interface Field {
  readonly name: string;
  readonly value: Expression;
  readonly comment?: string;
}

/** What is passed to a function, and how many optional parameters are left out, which Go must name. */
export interface Arguments {
  readonly args: Expression[];
  readonly omitted: number;
}

/** An expression of an example. `multiline` says that it has several lines in the original. */
export type Expression =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'name'; readonly value: string; readonly type: ApiType }
  | { readonly kind: 'template'; readonly parts: (string | Expression)[]; readonly type: ApiType }
  | { readonly kind: 'list'; readonly items: Expression[]; readonly type: ApiType; readonly multiline: boolean }
  | { readonly kind: 'map' | 'struct'; readonly fields: Field[]; readonly type: ApiType; readonly multiline: boolean }
  | { readonly kind: 'new'; readonly of: NamedType; readonly type: ApiType } & Arguments
  | { readonly kind: 'static'; readonly of: NamedType; readonly method: string; readonly type: ApiType } & Arguments
  | { readonly kind: 'call'; readonly on: Expression; readonly method: string; readonly type: ApiType } & Arguments
  | { readonly kind: 'property'; readonly on: Expression; readonly name: string; readonly type: ApiType }
  | { readonly kind: 'member'; readonly of: NamedType; readonly name: string; readonly type: ApiType }
  | { readonly kind: 'item' | 'length'; readonly on: Expression; readonly index: number; readonly type: ApiType };

/** A statement of an example. */
export interface Statement {
  /** Whole lines of comment above it, and whether a blank line is above those. */
  readonly above: string[];
  readonly isApart: boolean;
  /** The comment behind it. */
  readonly comment?: string;
  readonly kind: 'let' | 'do' | 'print' | 'write';
  /** The variable; undefined when nothing uses it afterwards. */
  readonly variable?: string;
  /** What is computed or printed; with `write` the path and the text. */
  readonly values: Expression[];
}
