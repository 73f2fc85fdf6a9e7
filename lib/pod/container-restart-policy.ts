/** When an init container is started again after it has ended. */
export enum ContainerRestartPolicy {
  /** Always: it is a sidecar that starts before the containers after it, and stops after the main one. From Kubernetes 1.29 on. */
  ALWAYS = 'Always',
}
