import { ApiObject } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../core/errors';
import { canonicalServer, requireServer, warnOfClusterName } from '../core/nfs-server';
import { requireDnsName, requireExportPath, requireOneOf, requireSize, requireText, requireUnique } from '../core/validation';
import { IClaimOwner } from '../storage/claim-owner';
import { requireAccessModes } from '../storage/render/claim-templates';
import { PersistentVolumeSet } from '../storage/render/persistent-volume-set';
import { ReserveOptions } from '../storage/reserve-options';
import { VolumeClaim } from '../storage/volume-claim';
import { requireMountOptions } from './mount-options';
import { NfsPersistentVolumesProps } from './nfs-persistent-volumes-props';
import { NfsVolumeType } from './nfs-volume-type';

const { READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
const DEFAULT_MOUNT_OPTIONS = ['nfsvers=4.1', 'hard', 'noatime'];
const NO_DATABASES = 'NFS does not keep two servers from one folder, and locks may outlive a server that died; '
  + 'see https://dev.mysql.com/doc/refman/8.4/en/disk-issues.html before you put a database here';

/** The folders of each app that are volumes already: `<server>:<path>` -> whether only one node may write there, and whose they are. */
const taken = new WeakMap<object, Map<string, { readonly single: boolean; readonly owner: string }>>();

/**
 * PersistentVolumes on folders that an NFS server exports already: one for each path, with names that do not change.
 *
 * Put them in a chart of their own, apart from the workloads that use them: Flux applies a StatefulSet before PersistentVolumes, and who
 * deletes a workload should not delete volumes with it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 * @throws when a server, path, name, size, class, access mode or mount option is not one that works with this type of volume
 * @throws when two volumes have the same path, or another construct of the app has a volume of the same name
 * @throws when another construct of the app has a volume of the same folder, unless both are for many pods (ReadOnlyMany, ReadWriteMany)
 */
export class NfsPersistentVolumes extends Construct {
  /** The names of the volumes, in the order of the paths. */
  public readonly volumeNames: string[];

  private readonly _set: PersistentVolumeSet;

  public constructor(scope: Construct, id: string, props: NfsPersistentVolumesProps) {
    super(scope, id);
    const { server, capacity, readOnly, storageClassName, labels, annotations, prune } = props;
    const type = (props.volumeType ?? NfsVolumeType.inTree())._rules;
    const accessModes = [...props.accessModes ?? [readOnly ? READ_ONLY_MANY : READ_WRITE_ONCE]];
    const reclaimPolicy = props.reclaimPolicy ?? PersistentVolumeReclaimPolicy.RETAIN;
    this._requireValid(props, accessModes);
    requireOneOf({ scope: this, property: 'reclaimPolicy' }, reclaimPolicy, type.reclaimPolicies, type.reclaimPolicyCure);
    accessModes.forEach((mode, index) => requireOneOf(
      { scope: this, property: `accessModes[${index}]` }, mode, type.accessModes, type.accessModesCure,
    ));
    type.requireValid(this, props.paths, reclaimPolicy);
    this._requireOwnFolders(props, accessModes);

    const mountOptions = [
      ...readOnly ? ['ro'] : [], // the kubelet does not read the source's readOnly of a PersistentVolume
      ...props.mountOptions ?? DEFAULT_MOUNT_OPTIONS,
      ...props.uncheckedMountOptions ?? [],
    ];
    this._set = new PersistentVolumeSet(this, {
      namePrefix: props.namePrefix ?? `${id}-`,
      capacity,
      accessModes,
      reclaimPolicy,
      storageClassName,
      labels,
      annotations,
      typeAnnotations: type.annotations(reclaimPolicy),
      prune,
      property: 'paths',
      databaseWarning: NO_DATABASES,
      specs: props.paths.map((path) => (name) => ({
        mountOptions: mountOptions.length > 0 ? mountOptions : undefined,
        ...type.source({ name, server, path, readOnly }),
      })),
    });
    this.volumeNames = this._set.names;
  }

  /** The PersistentVolumes in the order of the paths, as an escape hatch. */
  public get volumes(): ApiObject[] {
    return [...this._set.objects];
  }

  /**
   * Reserves the next free volumes for the claims of a workload: the first volume for the first claim of pod 0, and so on, one volume
   * each. Reserved volumes are bound to no other claim. Claim templates that name no class get that of the volumes, so that a default
   * StorageClass cannot take their claims away. A claim of a database gets a volume with a warning.
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

  private _requireValid(props: NfsPersistentVolumesProps, accessModes: PersistentVolumeAccessMode[]): void {
    const scope = this;
    requireServer({ scope, property: 'server' }, props.server);
    warnOfClusterName({ scope, property: 'server' }, props.server);
    if (props.paths.length === 0) {
      fail(this, { property: 'paths', rule: 'name at least one path', value: [], fix: 'name the folders that the server exports' });
    }
    props.paths.forEach((path, index) => requireExportPath({ scope, property: `paths[${index}]` }, path));
    requireUnique(this, (index) => `paths[${index}]`, props.paths, 'path');
    requireSize({ scope, property: 'capacity' }, props.capacity);
    requireAccessModes(this, 'accessModes', accessModes);
    if (props.readOnly && accessModes.some((mode) => mode !== READ_ONLY_MANY)) {
      fail(this, {
        property: 'accessModes', rule: `be ${READ_ONLY_MANY} for volumes that are read-only`, value: accessModes, fix: 'leave it out',
      });
    }
    requireMountOptions(this, 'mountOptions', props.mountOptions ?? []);
    props.uncheckedMountOptions?.forEach((option, index) => requireText(
      { scope, property: `uncheckedMountOptions[${index}]` }, option, 'write one option, as in "hard"',
    ));
    if (props.storageClassName) {
      requireDnsName({ scope, property: 'storageClassName' }, props.storageClassName);
    }
  }

  private _requireOwnFolders({ server, paths }: NfsPersistentVolumesProps, accessModes: PersistentVolumeAccessMode[]): void {
    const single = accessModes.some((mode) => mode === READ_WRITE_ONCE || mode === READ_WRITE_ONCE_POD);
    const folders = taken.get(this.node.root) ?? new Map<string, { single: boolean; owner: string }>();
    taken.set(this.node.root, folders);
    paths.forEach((path, index) => {
      const folder = `${canonicalServer(server)}:${path}`;
      const other = folders.get(folder);
      if (other !== undefined && (single || other.single)) {
        fail(this, {
          property: `paths[${index}]`, rule: 'be a folder of its own, unless it is for many pods everywhere', value: path,
          fix: `it is a volume of '${other.owner}' already; name another, or give both only ${READ_ONLY_MANY} or ${READ_WRITE_MANY}`,
        });
      }
      folders.set(folder, { single, owner: this.node.path });
    });
  }
}
