/** What the two folders do not say. */
export interface ManifestDiffOptions {
  /**
   * The namespace in which objects are that name none: that of `kubectl -n`, of a kustomization or of an Argo CD destination.
   *
   * @default - an object that names no namespace is another one than those that do
   */
  readonly namespace?: string;
}
