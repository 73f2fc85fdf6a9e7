import { sortByReference } from '../../pod/render/references';

/** The environment of the containers of a cluster: of which pod they are, and what else their scripts need to know. */
export function renderEnvironment(environment: Record<string, string>): Record<string, unknown>[] {
  return [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    ...sortByReference(new Map(Object.entries(environment))).order.map((name) => ({ name, value: environment[name] })),
  ];
}
