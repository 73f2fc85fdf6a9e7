/**
 * Whether a tool that applies manifests replaces variables in files, as Flux does with `${NAME}` where its Kustomization says
 * `postBuild`.
 */
export enum Substitution {
  /** Files arrive as they are: their ConfigMap has the annotation `kustomize.toolkit.fluxcd.io/substitute: disabled`. */
  DISABLED = 'disabled',

  /** Variables are replaced. The checksum in the pods is that of the files before, so that another value replaces no pods. */
  ENABLED = 'enabled',
}
