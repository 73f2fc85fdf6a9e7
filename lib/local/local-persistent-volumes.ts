import { ApiObject } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { commonLabels } from '../core/labels';
import { requireOneOf, requireSize } from '../core/validation';
import { IClaimOwner } from '../storage/claim-owner';
import { requireAccessModes } from '../storage/render/claim-templates';
import { dataAnnotations } from '../storage/render/data-guards';
import { PersistentVolumeSet } from '../storage/render/persistent-volume-set';
import { ReserveOptions } from '../storage/reserve-options';
import { VolumeClaim } from '../storage/volume-claim';
import { LocalPersistentVolumesProps } from './local-persistent-volumes-props';
import { LocalStorageClass } from './local-storage-class';
import { LocalVolume } from './local-volume';

const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;

/** The folders of each app that are volumes already, with the paths of their constructs. Forgotten together with the app. */
const taken = new WeakMap<object, { readonly volume: LocalVolume; readonly owner: string }[]>();

/**
 * PersistentVolumes on folders of nodes, with names that do not change, and the StorageClass that makes the scheduler respect their nodes.
 * A pod with such a volume runs on the volume's node or not at all.
 *
 * Put them in a chart of their own, apart from the workloads that use them: Flux applies a StatefulSet before PersistentVolumes, and who
 * deletes a workload should not delete volumes with it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#local
 * @throws when a node's label, path, name, size, class or access mode is not one that Kubernetes accepts of a local volume
 * @throws when two volumes of the app are the same folder of a node, or have the same name
 */
export class LocalPersistentVolumes extends Construct {
  /** The names of the volumes, in the order given. */
  public readonly volumeNames: string[];

  /** The StorageClass, as an escape hatch; undefined when it is an existing one. */
  public readonly storageClass?: ApiObject;

  /** The name of the StorageClass, which claims must name. */
  public readonly storageClassName: string;

  private readonly _set: PersistentVolumeSet;

  public constructor(scope: Construct, id: string, props: LocalPersistentVolumesProps) {
    super(scope, id);
    const { capacity, labels, annotations, prune } = props;
    const accessModes = [...props.accessModes ?? [READ_WRITE_ONCE]];
    this._requireValid(props, accessModes);

    const storageClass = props.storageClass ?? LocalStorageClass.create(id);
    this.storageClassName = storageClass.name;
    this.storageClass = storageClass._render(
      this, commonLabels(this, { name: storageClass.name.slice(0, 63).replace(/[^a-z0-9]+$/, ''), component: 'storage', extra: labels }),
      dataAnnotations(this, { prune, annotations }),
    );
    this._set = new PersistentVolumeSet(this, {
      namePrefix: props.namePrefix ?? `${id}-`,
      capacity,
      accessModes,
      reclaimPolicy: PersistentVolumeReclaimPolicy.RETAIN,
      storageClassName: storageClass.name,
      labels,
      annotations,
      prune,
      property: 'volumes',
      specs: props.volumes.map((volume) => () => volume._toKube()),
    });
    this.volumeNames = this._set.names;
  }

  /** The PersistentVolumes in the order given, as an escape hatch. */
  public get volumes(): ApiObject[] {
    return [...this._set.objects];
  }

  /**
   * Reserves the next free volumes for the claims of a workload: the first volume for the first claim of pod 0, and so on, one volume
   * each. So every pod has its node, too. Reserved volumes are bound to no other claim. Claim templates that name no class get that of
   * the volumes.
   *
   * @throws when there are more claims than free volumes, or a claim does not fit its volume in size, access mode, class or namespace
   */
  public reserveFor(owner: IClaimOwner, options: ReserveOptions = {}): void {
    this._set.reserveFor(owner, options);
  }

  /**
   * Reserves the next free volumes for claims in the order given, e.g. of a workload that something else renders.
   *
   * @throws when there are more claims than free volumes, or a claim does not fit its volume in size, access mode, class or namespace
   */
  public reserveClaims(...claims: VolumeClaim[]): void {
    this._set.reserve(claims);
  }

  private _requireValid(props: LocalPersistentVolumesProps, accessModes: PersistentVolumeAccessMode[]): void {
    if (props.volumes.length === 0) {
      fail(this, {
        property: 'volumes', rule: 'name at least one folder', value: [], fix: 'as in LocalVolume.onHost("node-1", "/mnt/data")',
      });
    }
    props.volumes.forEach((volume, index) => {
      volume._requireValid(this, `volumes[${index}]`);
      this._requireOwnFolder(volume, `volumes[${index}]`);
    });
    requireSize({ scope: this, property: 'capacity' }, props.capacity);
    requireAccessModes(this, 'accessModes', accessModes);
    accessModes.forEach((mode, index) => requireOneOf(
      { scope: this, property: `accessModes[${index}]` }, mode, [READ_WRITE_ONCE, READ_WRITE_ONCE_POD], 'the disk is on one node',
    ));
  }

  private _requireOwnFolder(volume: LocalVolume, property: string): void {
    const others = taken.get(this.node.root) ?? [];
    taken.set(this.node.root, others);
    const same = others.find((other) => volume._coincidesWith(other.volume));
    if (same !== undefined) {
      fail(this, {
        property, rule: 'be a folder that is no other volume of this app', value: { ...volume.nodeLabels, path: volume.path },
        fix: `it may be that of ${JSON.stringify(same.volume.nodeLabels)} in '${same.owner}'; give each volume a folder or node of its own`,
      });
    }
    others.push({ volume, owner: this.node.path });
  }
}
