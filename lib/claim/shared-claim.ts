import { ApiObject, Chart, Lazy } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { commonLabels } from '../core/labels';
import { quantity } from '../core/quantity';
import { requireUniqueInApp } from '../core/registry';
import { requireDnsLabel, requireDnsName, requireSize } from '../core/validation';
import { PodVolume } from '../pod/pod-volume';
import { IClaimOwner } from '../storage/claim-owner';
import { ClaimTerms } from '../storage/claim-terms';
import { requireAccessModes } from '../storage/render/claim-templates';
import { dataAnnotations } from '../storage/render/data-guards';
import { VolumeClaim } from '../storage/volume-claim';
import { SharedClaimProps } from './shared-claim-props';

const LABEL_MAX = 63;

/**
 * A PersistentVolumeClaim for a volume that many pods share, as those of a web server share what users uploaded.
 *
 * Put it in a chart apart from the workloads, in their namespace: who deletes a workload should not delete its data with it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims
 * @throws when a name, size, class, label or access mode is not one that Kubernetes accepts
 * @throws when another construct of the app has a claim of this name
 */
export class SharedClaim extends Construct implements IClaimOwner {
  /** The name of the claim. */
  public readonly name: string;

  /** The PersistentVolumeClaim, as an escape hatch. */
  public readonly persistentVolumeClaim: ApiObject;

  private readonly _claim: VolumeClaim;

  public constructor(scope: Construct, id: string, props: SharedClaimProps) {
    super(scope, id);
    this.name = props.name ?? id;
    const accessModes = [...props.accessModes ?? [PersistentVolumeAccessMode.READ_WRITE_MANY]];
    this._requireValid(props, accessModes);
    this._claim = VolumeClaim._withTerms({
      name: this.name, namespace: Chart.of(this).namespace, size: props.size, accessModes,
    }, ClaimTerms.openUnlessNamed(props.storageClassName));

    const label = this.name.slice(0, LABEL_MAX).replace(/[^a-z0-9]+$/, '');
    this.persistentVolumeClaim = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: this.name,
        labels: commonLabels(this, { name: label, component: 'storage', extra: props.labels }),
        annotations: dataAnnotations(this, props),
      },
      spec: {
        accessModes,
        resources: { requests: { storage: quantity(props.size) } },
        storageClassName: Lazy.any({ produce: () => this._claim.storageClassName }),
      },
    });
  }

  /** The claim alone, so that volumes can be reserved for it. */
  public get claims(): VolumeClaim[] {
    return [this._claim];
  }

  /**
   * The volume for the `mounts` of a workload in the claim's namespace.
   *
   * @param name the volume's name in the pod, when it should not be that of the claim
   */
  public asVolume(name?: string): PodVolume {
    return PodVolume.persistentVolumeClaim(name ?? this.name, this.name);
  }

  private _requireValid(props: SharedClaimProps, accessModes: PersistentVolumeAccessMode[]): void {
    const { namespace } = Chart.of(this);
    if (namespace) {
      requireDnsLabel({ scope: this, property: 'namespace of the chart' }, namespace);
    }
    requireDnsName({ scope: this, property: 'name' }, this.name);
    requireSize({ scope: this, property: 'size' }, props.size);
    requireAccessModes(this, 'accessModes', accessModes);
    if (props.storageClassName) {
      requireDnsName({ scope: this, property: 'storageClassName' }, props.storageClassName);
    }
    requireUniqueInApp(this, {
      property: 'name', value: this.name, what: 'a PersistentVolumeClaim name', scoped: 'namespace', fix: 'give each its own name',
    });
  }
}
