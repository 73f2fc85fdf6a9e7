import { at, fieldsAt, listAt, Manifest, namespaceOf, textAt } from '../../manifests/manifest';
import { Graph } from '../graph/graph';
import { Objects } from '../graph/objects';
import { runTimeLabels, selectorText } from '../graph/selectors';
import { Workload } from './workload';

/** Labels that tell the pods of one StatefulSet apart. */
const OF_ONE_POD = ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'];

/** A Service and the workloads that it selects, each with the labels that their pods get at run time. */
interface Selected {
  readonly service: Manifest;
  readonly targets: { readonly workload: Workload; readonly labels: string[] }[];
  /** Equal for Services that select a pod each of one StatefulSet. */
  readonly group: string;
}

/** Draws the Services and what they select. Returns the ids of their nodes by `namespace/name`. */
export function drawServices(objects: Objects, graph: Graph, workloads: Workload[]): Map<string, string> {
  const all = objects.ofKind('/Service').map((service) => selected(service, workloads));
  const ids = new Map<string, string>();
  for (const group of new Set(all.map((one) => one.group))) {
    const members = all.filter((one) => one.group === group);
    const [{ service, targets }] = members;
    const namespace = namespaceOf(service);
    const names = members.map((member) => member.service.metadata.name);
    const id = graph.node({
      key: ['Service', namespace, names[0]],
      shape: 'service',
      namespace,
      lines: [
        names.length === 1 ? `Service ${names[0]}` : `Services ${names.join(', ')}`, ...linesOf(service),
        ...targets.length === 0 ? [aimOf(service)] : [],
      ],
    });
    for (const { workload, labels } of targets) {
      const atRunTime = labels.length > 0 ? labels.map(ofPod).join(', ') : undefined;
      graph.edge({ from: id, to: workload.id, style: 'plain', label: names.length > 1 ? 'a pod each' : atRunTime });
    }
    names.forEach((name) => ids.set(`${namespace}/${name}`, id));
  }
  return ids;
}

function selected(service: Manifest, workloads: Workload[]): Selected {
  const labels = fieldsAt(service, 'spec.selector');
  const candidates = Object.keys(labels).length === 0 ? [] : workloads.filter((workload) => workload.namespace === namespaceOf(service))
    .map((workload) => ({ workload, labels: runTimeLabels(labels, workload.labels, workload.fixed) ?? podNames(labels, workload) }));
  const found = candidates.flatMap((one) => one.labels === undefined ? [] : [{ ...one, labels: one.labels }]);
  const exact = found.filter((one) => one.labels.length === 0);
  const targets = exact.length > 0 ? exact : found;
  const ofOnePod = OF_ONE_POD.some((key) => key in labels) && targets.length === 1;
  const alike = ofOnePod ? [targets[0].workload.id, ...linesOf(service)] : [namespaceOf(service), service.metadata.name];
  return { service, targets, group: JSON.stringify(alike) };
}

/** `pod web-0` */
function ofPod(label: string): string {
  return label.startsWith(`${OF_ONE_POD[0]}=`) ? `pod ${label.slice(OF_ONE_POD[0].length + 1)}` : label;
}

/** For a selector that has nothing but the name of a pod. */
function podNames(labels: Record<string, unknown>, { objects: [object] }: Workload): string[] | undefined {
  const name = String(labels[OF_ONE_POD[0]]);
  const isPod = object.kind === 'StatefulSet' && Object.keys(labels).length === 1 && name.replace(/-\d+$/, '') === object.metadata.name;
  return isPod && name !== object.metadata.name ? [`${OF_ONE_POD[0]}=${name}`] : undefined;
}

function linesOf(service: Manifest): string[] {
  const type = textAt(service, 'spec.type') ?? 'ClusterIP';
  const ports = listAt(service, 'spec.ports').map((port) => {
    const protocol = textAt(port, 'protocol') ?? 'TCP';
    return `${textAt(port, 'port')}${protocol === 'TCP' ? '' : `/${protocol}`}`;
  });
  return [
    ...at(service, 'spec.clusterIP') === 'None' ? ['headless'] : type === 'ClusterIP' ? [] : [type],
    ...ports.length > 0 ? [`${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`] : [],
  ];
}

/** Where a Service leads that selects no pod of the picture. */
function aimOf(service: Manifest): string {
  const host = textAt(service, 'spec.externalName');
  const selector = selectorText({ matchLabels: fieldsAt(service, 'spec.selector') });
  return host !== undefined ? `alias of ${host}` : selector === '' ? 'no selector' : `selects nothing here: ${selector}`;
}
