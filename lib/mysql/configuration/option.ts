/** A value that the library gives an option. */
export interface Option {
  readonly value: string;
  /** The reason, for the message to a user who sets the option nevertheless, or for the reader of my.cnf. */
  readonly why: string;
  /** Whether the reason stands in my.cnf, too. */
  readonly noted?: boolean;
}

/** Options by name. */
export type Options = Record<string, Option>;
