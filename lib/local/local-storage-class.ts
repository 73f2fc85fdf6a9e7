import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from '../core/cluster-scoped';
import { Labels } from '../core/labels';
import { requireUniqueInApp } from '../core/registry';
import { requireDnsName } from '../core/validation';

type Render = (scope: Construct, labels: Labels, annotations?: Labels) => ApiObject | undefined;

/** The StorageClass of local volumes, which makes claims wait for a pod, so that the scheduler chooses volume and node together. */
export class LocalStorageClass {
  /** A class that is rendered with the volumes, under a name that no other class of the cluster has. */
  public static create(name: string): LocalStorageClass {
    return new LocalStorageClass(name, (scope, labels, annotations) => {
      requireUniqueInApp(scope, {
        property: 'storageClass', value: name, what: 'a StorageClass name', scoped: 'cluster',
        fix: 'use LocalStorageClass.existing() for all sets of volumes but one',
      });
      return clusterScoped(new ApiObject(scope, 'StorageClass', {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name, labels, annotations },
        provisioner: 'kubernetes.io/no-provisioner',
        reclaimPolicy: 'Retain',
        volumeBindingMode: 'WaitForFirstConsumer',
      }));
    });
  }

  /** A class that something else renders. It must wait for the first consumer, else claims are bound before a node is chosen. */
  public static existing(name: string): LocalStorageClass {
    return new LocalStorageClass(name, () => undefined);
  }

  private constructor(
    /** The class that claims must name. */
    public readonly name: string,
    private readonly _renderClass: Render,
  ) {}

  /** @internal */
  public _render(scope: Construct, labels: Labels, annotations?: Labels): ApiObject | undefined {
    requireDnsName({ scope, property: 'storageClass' }, this.name);
    return this._renderClass(scope, labels, annotations);
  }
}
