import { App, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { fail } from './errors';
import { Labels, LabelSet } from './labels';

interface Workload {
  readonly scope: IConstruct;
  readonly labels: LabelSet;
}

/** Workloads by the keys and values of labels. */
class LabelIndex {
  private readonly _workloads = new Map<string, Map<string, Workload[]>>();

  public find(key: string, value: string): Workload[] {
    return this._workloads.get(key)?.get(value) ?? [];
  }

  public add(key: string, value: string, workload: Workload): void {
    const ofKey = this._workloads.get(key) ?? new Map<string, Workload[]>();
    this._workloads.set(key, ofKey);
    const all = ofKey.get(value) ?? [];
    ofKey.set(value, all);
    all.push(workload);
  }
}

/** The workloads of a namespace of an app. */
class Workloads {
  private readonly _byPodLabel = new LabelIndex();
  private readonly _bySelectorLabel = new LabelIndex();

  /** A workload whose selector matches these pods. */
  public whichSelects(podLabels: Labels): Workload | undefined {
    return Object.entries(podLabels).flatMap(([key, value]) => this._bySelectorLabel.find(key, value))
      .find(({ labels }) => matches(labels.selector, podLabels));
  }

  /** A workload whose pods this selector matches. */
  public selectedBy(selector: Labels): Workload | undefined {
    const [fewest] = Object.entries(selector).map(([key, value]) => this._byPodLabel.find(key, value)).sort((a, b) => a.length - b.length);
    return fewest.find(({ labels }) => matches(selector, labels.common));
  }

  public add(workload: Workload): void {
    Object.entries(workload.labels.common).forEach(([key, value]) => this._byPodLabel.add(key, value, workload));
    Object.entries(workload.labels.selector).forEach(([key, value]) => this._bySelectorLabel.add(key, value, workload));
  }
}

const apps = new WeakMap<object, Map<string, Workloads>>();

/**
 * Refuses a workload whose pods another one of the app selects in the same namespace, or that selects another one's: their Services,
 * budgets and controllers would take the pods of both for their own.
 */
export function requireOwnPods(scope: Construct, labels: LabelSet): void {
  const namespace = Chart.of(scope).namespace ?? '';
  const app = App.of(scope);
  const namespaces = apps.get(app) ?? new Map<string, Workloads>();
  apps.set(app, namespaces);
  const workloads = namespaces.get(namespace) ?? new Workloads();
  namespaces.set(namespace, workloads);

  const [selecting, selected] = [workloads.whichSelects(labels.common), workloads.selectedBy(labels.selector)];
  const other = selecting ?? selected;
  if (other !== undefined) {
    const clash = selecting ? `'${other.scope.node.path}' selects these pods too, by ${JSON.stringify(other.labels.selector)}`
      : `this selects the pods of '${other.scope.node.path}' too`;
    fail(scope, {
      property: 'selectorLabels',
      rule: `tell the pods from those of every other workload of ${namespace ? `namespace ${namespace}` : 'the same namespace'}`,
      value: labels.selector,
      fix: `${clash}; give each a selector label of its own`,
    });
  }
  workloads.add({ scope, labels });
}

function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
