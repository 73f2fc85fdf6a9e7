import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { fail } from './errors';
import { Labels, LabelSet } from './labels';

interface Workload {
  readonly path: string;
  readonly labels: LabelSet;
}

/** The workloads of a namespace of an app, by each label=value of their pods and of their selectors. */
class Workloads {
  private readonly _byPodLabel = new Map<string, Workload[]>();
  private readonly _bySelectorLabel = new Map<string, Workload[]>();

  /** A workload whose selector matches these pods. */
  public whichSelects(podLabels: Labels): Workload | undefined {
    return pairs(podLabels).flatMap((pair) => this._bySelectorLabel.get(pair) ?? [])
      .find(({ labels }) => matches(labels.selector, podLabels));
  }

  /** A workload whose pods this selector matches. */
  public selectedBy(selector: Labels): Workload | undefined {
    const [fewest] = pairs(selector).map((pair) => this._byPodLabel.get(pair) ?? []).sort((a, b) => a.length - b.length);
    return fewest.find(({ labels }) => matches(selector, labels.common));
  }

  public add(workload: Workload): void {
    pairs(workload.labels.common).forEach((pair) => append(this._byPodLabel, pair, workload));
    pairs(workload.labels.selector).forEach((pair) => append(this._bySelectorLabel, pair, workload));
  }
}

const apps = new WeakMap<object, Map<string, Workloads>>();

/**
 * Refuses a workload whose pods another one of the app selects in the same namespace, or that selects another one's: their Services,
 * budgets and controllers would take the pods of both for their own.
 */
export function requireOwnPods(scope: Construct, labels: LabelSet): void {
  const namespace = Chart.of(scope).namespace ?? '';
  const namespaces = apps.get(scope.node.root) ?? new Map<string, Workloads>();
  apps.set(scope.node.root, namespaces);
  const workloads = namespaces.get(namespace) ?? new Workloads();
  namespaces.set(namespace, workloads);

  const [selecting, selected] = [workloads.whichSelects(labels.common), workloads.selectedBy(labels.selector)];
  const other = selecting ?? selected;
  if (other !== undefined) {
    const clash = selecting ? `'${other.path}' selects these pods too, by ${JSON.stringify(other.labels.selector)}`
      : `this selects the pods of '${other.path}' too`;
    fail(scope, {
      property: 'selectorLabels',
      rule: `tell the pods from those of every other workload of ${namespace ? `namespace ${namespace}` : 'the same namespace'}`,
      value: labels.selector,
      cure: `${clash}; give each a selector label of its own`,
    });
  }
  workloads.add({ path: scope.node.path, labels });
}

function pairs(labels: Labels): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}
