import { at, fieldsAt, kindOf, Manifest, namespaceOf, textAt } from '../../manifests/manifest';
import { Graph } from '../graph/graph';
import { Objects } from '../graph/objects';
import { selects } from '../graph/selectors';
import { containersOf, labelsOf, podOf, portsOf, TEMPLATES, Workload } from './workload';

const OF_JOBS = ['batch/CronJob', 'batch/Job'];

/** Draws the workloads, with what autoscalers and budgets say about them. */
export function drawWorkloads(objects: Objects, graph: Graph): Workload[] {
  const groups = new Map<string, Manifest[]>();
  for (const object of objects.ofKind(...Object.keys(TEMPLATES))) {
    const labels = labelsOf(object);
    const alike = OF_JOBS.includes(kindOf(object)) && Object.keys(labels).length > 0;
    const key = alike ? JSON.stringify([namespaceOf(object), Object.entries(labels).sort()]) : `${kindOf(object)} ${groups.size}`;
    groups.set(key, [...groups.get(key) ?? [], object]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const namespace = namespaceOf(first);
    const pods = group.map(podOf);
    return {
      id: graph.node({
        key: [first.kind, namespace, first.metadata.name],
        shape: 'workload',
        namespace,
        lines: group.length === 1 ? linesOf(first, objects) : [...group.map(jobLine), ...imagesOf(group)],
      }),
      namespace,
      objects: group,
      labels: labelsOf(first),
      fixed: kindOf(first) === '/Pod' || OF_JOBS.includes(kindOf(first)) ? labelsOf(first) : fieldsAt(first, 'spec.selector.matchLabels'),
      pods,
    };
  });
}

function linesOf(object: Manifest, objects: Objects): string[] {
  const ports = portsOf([podOf(object)]).map(({ port, protocol }) => protocol === 'TCP' ? `${port}` : `${port}/${protocol}`);
  return [
    OF_JOBS.includes(kindOf(object)) ? jobLine(object) : `${object.kind} ${object.metadata.name}`,
    ...imagesOf([object]),
    ...replicasOf(object, objects),
    ...ports.length > 0 ? [`${ports.length === 1 ? 'port' : 'ports'} ${[...new Set(ports)].join(', ')}`] : [],
    ...budgetsOf(object, objects),
  ];
}

/** `CronJob tidy: 0 3 * * *`, `CronJob restore: suspended`, `Job create`. */
function jobLine(object: Manifest): string {
  const when = at(object, 'spec.suspend') === true ? 'suspended' : textAt(object, 'spec.schedule');
  return `${object.kind} ${object.metadata.name}${when === undefined ? '' : `: ${when}`}`;
}

/** Without registry and folders, and without a digest. */
function imagesOf(group: Manifest[]): string[] {
  const images = group.flatMap((object) => containersOf(podOf(object))).flatMap((container) => textAt(container, 'image') ?? []);
  return [...new Set(images)].map((image) => image.split('@')[0].split('/').at(-1)!);
}

function replicasOf(object: Manifest, objects: Objects): string[] {
  const scalers = objects.ofKind('autoscaling/HorizontalPodAutoscaler').filter((scaler) => (
    namespaceOf(scaler) === namespaceOf(object) && at(scaler, 'spec.scaleTargetRef.kind') === object.kind
    && at(scaler, 'spec.scaleTargetRef.name') === object.metadata.name
  ));
  if (scalers.length > 0) {
    return scalers.map((scaler) => (
      `${textAt(scaler, 'spec.minReplicas') ?? 1} to ${textAt(scaler, 'spec.maxReplicas')} replicas, autoscaled`
    ));
  }
  if (['DaemonSet', 'Pod', ...OF_JOBS.map((kind) => kind.split('/')[1])].includes(object.kind)) {
    return object.kind === 'DaemonSet' ? ['1 pod per node'] : [];
  }
  const replicas = textAt(object, 'spec.replicas') ?? '1';
  return [`${replicas} ${replicas === '1' ? 'replica' : 'replicas'}`];
}

function budgetsOf(object: Manifest, objects: Objects): string[] {
  return objects.ofKind('policy/PodDisruptionBudget')
    .filter((budget) => namespaceOf(budget) === namespaceOf(object) && selects(at(budget, 'spec.selector') ?? {}, labelsOf(object)))
    .map((budget) => {
      const [least, most] = [textAt(budget, 'spec.minAvailable'), textAt(budget, 'spec.maxUnavailable')];
      return least === undefined ? `budget ${budget.metadata.name}: ${most ?? '1'} may be down` : `budget ${budget.metadata.name}: ${least} must be up`;
    });
}
