/** What becomes of a change when it is applied. */
export enum ManifestChangeLevel {
  /** The API server refuses the object as long as the old one exists. */
  REFUSED = 'refused',
  /** The API server accepts it, and data is deleted or loses the pods or claims that use it. */
  DATA = 'data',
  /** Harmless or not, depending on what only the cluster knows. */
  NOTE = 'note',
}

/** A change between two folders of manifests that someone should know of before it is applied. */
export interface ManifestChange {
  /** What becomes of it. */
  readonly level: ManifestChangeLevel;

  /** The object as it was, e.g. `StatefulSet shop/web`. */
  readonly object: string;

  /**
   * The field that changed, e.g. `spec.serviceName`.
   *
   * @default - the object as a whole is removed
   */
  readonly field?: string;

  /**
   * The old value as JSON on one line.
   *
   * @default - the field was not set
   */
  readonly oldValue?: string;

  /**
   * The new value as JSON on one line.
   *
   * @default - the field is not set
   */
  readonly newValue?: string;

  /** Why it is refused, or what happens to the data. */
  readonly reason: string;

  /** What to do instead, or before and after. */
  readonly remedy: string;
}
