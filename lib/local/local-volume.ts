import { IConstruct } from 'constructs';
import { fail } from '../core/errors';
import { Labels } from '../core/labels';
import { requireLabels, requireMountPath } from '../core/validation';

const HOSTNAME = 'kubernetes.io/hostname';

/** A folder of a node, in which a disk is mounted or which is one's own. It must exist: Kubernetes does not make it. */
export class LocalVolume {
  /**
   * A folder of one node.
   *
   * @param hostname the node's label `kubernetes.io/hostname`, mostly its name
   * @param path the folder: an absolute path
   */
  public static onHost(hostname: string, path: string): LocalVolume {
    return new LocalVolume('hostname', { [HOSTNAME]: hostname }, path);
  }

  /**
   * A folder of the node that has these labels. It should be one node: pods may run on any node that has them, each with the folder of
   * its own node.
   *
   * @param labels labels that a node must all have
   * @param path the folder: an absolute path
   */
  public static onLabelledNode(labels: { [key: string]: string }, path: string): LocalVolume {
    return new LocalVolume('labels', { ...labels }, path);
  }

  /** The folder on the node. */
  public readonly path: string;

  private constructor(private readonly _property: string, private readonly _labels: Labels, path: string) {
    this.path = path;
  }

  /** The labels of the node. */
  public get nodeLabels(): { [key: string]: string } {
    return { ...this._labels };
  }

  /**
   * Throws when a part is not one that Kubernetes accepts.
   *
   * @internal
   */
  public _requireValid(scope: IConstruct, property: string): void {
    if (Object.keys(this._labels).length === 0) {
      fail(scope, {
        property: `${property}.labels`, rule: 'name at least one label', value: {}, fix: 'name a label that only one node has',
      });
    }
    for (const [key, value] of Object.entries(this._labels)) {
      if (value === '' && key === HOSTNAME) {
        fail(scope, { property: `${property}.hostname`, rule: 'name a node', value, fix: 'write the node\'s label kubernetes.io/hostname' });
      }
    }
    requireLabels({ scope, property: `${property}.${this._property}` }, this._labels);
    requireMountPath({ scope, property: `${property}.path` }, this.path);
  }

  /**
   * Whether both may be the same folder of a node: the same path, and every label of the one is one of the other.
   *
   * @internal
   */
  public _coincidesWith(other: LocalVolume): boolean {
    return this.path === other.path && (this._isAmong(other) || other._isAmong(this));
  }

  /** @internal */
  public _toKube(): Record<string, unknown> {
    const matchExpressions = Object.entries(this._labels).sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ({ key, operator: 'In', values: [value] }));
    return { local: { path: this.path }, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } };
  }

  private _isAmong(other: LocalVolume): boolean {
    return Object.entries(this._labels).every(([key, value]) => other._labels[key] === value);
  }
}
