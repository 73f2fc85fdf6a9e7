/** Where a test of the end-to-end suites is. */
export interface Proof {
  /** The file, from `test/` and without `.test.ts`. */
  readonly file: string;
  /** The name of a test or of a group of tests in it, as the source writes it. */
  readonly test: string;
}

/** A trial that is no test of this repository. */
export interface Trial {
  readonly tool: string;
  /** The page that describes the trial. */
  readonly page: string;
  /** A sentence of that page, or a part of one. */
  readonly says: string;
}

/** What the library does, and what shows that it does it. */
export interface Feature {
  readonly name: string;
  /** Files of unit tests, from `test/` and without `.test.ts`. */
  readonly unit: string[];
  /** End-to-end tests; none where there are none. */
  readonly endToEnd?: Proof[];
  /** Tools of others that worked with what the library renders, outside of the end-to-end tests. */
  readonly tried?: Trial[];
  /** What no test and no trial covers. */
  readonly notTested?: string;
}

/** Features of one part of the library, which have a table of their own. */
export interface Family {
  /** In markers of documents: `<!-- status:ID -->`. */
  readonly id: string;
  readonly title: string;
  readonly features: Feature[];
}

/** An end-to-end test, by its file from `test/` without `.test.ts`. */
export function proof(file: string, test: string): Proof {
  return { file, test };
}
