/** The environment of the containers of a cluster: of which pod they are, and what else their scripts need to know. */
export function renderEnvironment(environment: Record<string, string>): Record<string, unknown>[] {
  return [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    ...Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, value })),
  ];
}
