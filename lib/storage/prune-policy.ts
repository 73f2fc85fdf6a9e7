/** Whether GitOps tools may delete an object that a commit removed, or together with the application that holds it. */
export enum PrunePolicy {
  /**
   * They keep it.
   *
   * The object has annotations that Argo CD (`Prune=false,Delete=false`) and Flux (`prune: disabled`) honor. Argo CD then shows it as out
   * of sync, and an operator deletes it.
   */
  KEEP = 'KEEP',

  /** They delete it: the object has no annotation about it. */
  ALLOW = 'ALLOW',
}
