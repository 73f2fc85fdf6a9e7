/** The annotations that keep GitOps tools from deleting an object that data depends on. */
export class PruneGuards {
  /**
   * The annotations that Argo CD and Flux obey: the object stays when a commit removes it, and when its application is deleted.
   *
   * Volumes and claims of this library have them. Objects that something else renders need them too, e.g. the Namespace of claims.
   * kubectl does not obey them.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
   */
  public static annotations(): Record<string, string> {
    return {
      'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    };
  }

  private constructor() {}
}
