/** `$$`, which stands for one `$`, or what may be a reference. */
const TOKEN = /\$\$|\$\(([^)]*)\)/g;
const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/**
 * The variables that a value of `env` refers to by `$(NAME)`.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function referencesOf(value: string): string[] {
  return [...new Set([...value.matchAll(TOKEN)].flatMap(([, name]) => name !== undefined && NAME.test(name) ? name : []))];
}

/** Names in an order in which Kubernetes can resolve them, or a cycle of names that has none. */
export interface Sorted {
  readonly order: string[];
  readonly cycle?: string[];
}

/** Sorts variables by name, each behind those that it refers to: an environment knows only the variables before. */
export function sortByReference(variables: Map<string, string | undefined>): Sorted {
  const order: string[] = [];
  const path: string[] = [];
  let cycle: string[] | undefined;
  const visit = (name: string): void => {
    if (order.includes(name)) {
      return;
    }
    if (path.includes(name)) {
      cycle ??= path.slice(path.indexOf(name));
      return;
    }
    path.push(name);
    // A reference to itself means a variable of the same name that comes from elsewhere.
    referencesOf(variables.get(name) ?? '').filter((other) => other !== name && variables.has(other)).sort().forEach(visit);
    path.pop();
    order.push(name);
  };
  [...variables.keys()].sort().forEach(visit);
  return { order, cycle };
}
