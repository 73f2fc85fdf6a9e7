import { at, Fields, fieldsAt, kindOf, listAt, Manifest, textAt } from '../../manifests/manifest';

/** The kinds that have pods, and where their pod template is. */
export const TEMPLATES: Record<string, string> = {
  'apps/StatefulSet': 'spec.template',
  'apps/Deployment': 'spec.template',
  'apps/DaemonSet': 'spec.template',
  'apps/ReplicaSet': 'spec.template',
  'batch/Job': 'spec.template',
  'batch/CronJob': 'spec.jobTemplate.spec.template',
  '/Pod': '',
};

/** One node of the picture: a workload, or Jobs and CronJobs whose pods have the same labels. */
export interface Workload {
  readonly id: string;
  readonly namespace: string;
  readonly objects: Manifest[];
  /** The labels of the pods when they start. */
  readonly labels: Fields;
  /** The labels that no program changes, since the workload finds its pods by them. */
  readonly fixed: Fields;
  readonly pods: Fields[];
}

/** What a pod template says. A Pod is its own template. */
export function templateOf(object: Manifest): Fields {
  const path = TEMPLATES[kindOf(object)];
  return path === '' ? object : fieldsAt(object, path);
}

export function labelsOf(object: Manifest): Fields {
  return fieldsAt(templateOf(object), 'metadata.labels');
}

export function podOf(object: Manifest): Fields {
  return fieldsAt(templateOf(object), 'spec');
}

export function containersOf(pod: Fields): unknown[] {
  return [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')];
}

/** The ports of containers, by name where they have one. */
export function portsOf(pods: Fields[]): { readonly name?: string; readonly port: number; readonly protocol: string }[] {
  return pods.flatMap(containersOf).flatMap((container) => listAt(container, 'ports')).map((port) => ({
    name: textAt(port, 'name'), port: Number(at(port, 'containerPort')), protocol: textAt(port, 'protocol') ?? 'TCP',
  }));
}
