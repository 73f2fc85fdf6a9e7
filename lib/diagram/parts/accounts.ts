import { kindOf, listAt, Manifest, namespaceOf, textAt } from '../../manifests/manifest';
import { Graph } from '../graph/graph';
import { Objects } from '../graph/objects';
import { Workload } from './workload';

/** Draws the ServiceAccounts of each workload with what their Roles allow, as one node. */
export function drawAccounts(objects: Objects, graph: Graph, workloads: Workload[]): void {
  for (const { id, namespace, pods } of workloads) {
    const names = [...new Set(pods.flatMap((pod) => textAt(pod, 'serviceAccountName') ?? []))].filter((name) => name !== 'default').sort();
    if (names.length > 0) {
      graph.edge({ from: id, style: 'plain', to: graph.node({
        key: ['ServiceAccount', namespace, ...names], shape: 'account', namespace,
        lines: linesOf(names.map((name) => ({ name: titleOf(objects, namespace, name), may: mayOf(objects, namespace, name) }))),
      }) });
    }
  }
}

/** Accounts that may do the same are named together. */
function linesOf(accounts: { readonly name: string; readonly may: string[] }[]): string[] {
  return [...new Set(accounts.map(({ may }) => may.join('\n')))].flatMap((may) => {
    const names = accounts.filter((account) => account.may.join('\n') === may).map(({ name }) => name);
    return [...names.length === 1 ? [`ServiceAccount ${names[0]}`] : ['ServiceAccounts', ...names], ...may === '' ? [] : may.split('\n')];
  });
}

function titleOf(objects: Objects, namespace: string, name: string): string {
  return objects.find('/ServiceAccount', namespace, name) === undefined ? `${name} (not in these objects)` : name;
}

function mayOf(objects: Objects, namespace: string, name: string): string[] {
  const bindings = objects.ofKind('rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding')
    .filter((binding) => listAt(binding, 'subjects').some((subject) => (
      textAt(subject, 'kind') === 'ServiceAccount' && textAt(subject, 'name') === name
      && (textAt(subject, 'namespace') ?? namespaceOf(binding)) === namespace
    )));
  return [...new Set(bindings.flatMap((binding) => permissionsOf(objects, binding, namespace)))];
}

/** `may get secrets web`, `may get, patch 3 named pods`; the name of a role that the objects do not hold. */
function permissionsOf(objects: Objects, binding: Manifest, namespace: string): string[] {
  const [kind, name] = [textAt(binding, 'roleRef.kind') ?? 'Role', textAt(binding, 'roleRef.name') ?? ''];
  const role = objects.find(`rbac.authorization.k8s.io/${kind}`, kind === 'ClusterRole' ? '' : namespaceOf(binding), name);
  const where = kindOf(binding).endsWith('/ClusterRoleBinding') ? ' in every namespace'
    : namespaceOf(binding) === namespace ? '' : ` in ${namespaceOf(binding)}`;
  return role === undefined ? [`${kind} ${name} (not in these objects)`]
    : listAt(role, 'rules').map((rule) => `may ${ruleText(rule)}${where}`);
}

function ruleText(rule: unknown): string {
  const what = [...listAt(rule, 'resources'), ...listAt(rule, 'nonResourceURLs')].map((name) => name === '*' ? 'everything' : String(name));
  const names = listAt(rule, 'resourceNames').map(String);
  const verbs = listAt(rule, 'verbs').map((verb) => verb === '*' ? 'do all to' : String(verb));
  return [verbs.join(', '), ...names.length > 1 ? [`${names.length} named`] : [], what.join(', '), ...names.length === 1 ? names : []].join(' ');
}
