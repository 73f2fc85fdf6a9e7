import { ApiObject, Lazy } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { requireAccessModes } from '../private/claim-templates';
import { clusterScoped } from '../private/cluster-scoped';
import { fail } from '../private/errors';
import { commonLabels } from '../private/labels';
import { quantity } from '../private/quantity';
import { requireUniqueInApp } from '../private/registry';
import { Reservations } from '../private/reservations';
import { requireDnsName, requireOneOf, requirePath, requireServer, requireSize, requireText, requireUnique } from '../private/validation';
import { IClaimOwner } from '../storage/claim-owner';
import { ReserveOptions } from '../storage/reserve-options';
import { VolumeClaim } from '../storage/volume-claim';
import { NfsPersistentVolumesProps } from './nfs-persistent-volumes-props';

const { READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY } = PersistentVolumeAccessMode;
const DIGITS = 3;

/**
 * PersistentVolumes on folders that an NFS server exports already: one for each path, with names that do not change.
 *
 * Put them in a chart of their own, apart from the workloads that use them: Flux applies a StatefulSet before PersistentVolumes, and who
 * deletes a workload should not delete volumes with it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 * @throws when a server, path, name, size, class or access mode is not one that Kubernetes accepts of an NFS volume
 * @throws when two volumes have the same path, or another construct of the app has a volume of the same name
 */
export class NfsPersistentVolumes extends Construct {
  /** The names of the volumes, in the order of the paths. */
  public readonly volumeNames: string[];

  private readonly _volumes: ApiObject[];
  private readonly _reservations: Reservations;

  public constructor(scope: Construct, id: string, props: NfsPersistentVolumesProps) {
    super(scope, id);
    const accessModes = [...props.accessModes ?? [READ_WRITE_ONCE]];
    const namePrefix = props.namePrefix ?? `${id}-`;
    this.volumeNames = props.paths.map((_, index) => `${namePrefix}${String(index).padStart(DIGITS, '0')}`);
    this._requireValid(props, accessModes);

    const labels = commonLabels(this, { name: labelValue(namePrefix), component: 'storage', extra: props.labels });
    this._reservations = new Reservations(this, 'paths', this.volumeNames.map((name) => ({
      name, accessModes, capacity: props.capacity, storageClassName: props.storageClassName ?? '',
    })));
    this._volumes = props.paths.map((path, index) => clusterScoped(new ApiObject(this, this.volumeNames[index], {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: this.volumeNames[index], labels },
      spec: {
        accessModes,
        capacity: { storage: quantity(props.capacity) },
        claimRef: Lazy.any({ produce: () => this._reservations.claimRef(index) }),
        mountOptions: props.mountOptions && [...props.mountOptions],
        nfs: { path, server: props.server },
        persistentVolumeReclaimPolicy: PersistentVolumeReclaimPolicy.RETAIN,
        storageClassName: props.storageClassName || undefined,
      },
    })));
  }

  /** The PersistentVolumes in the order of the paths, to patch what no property says. */
  public get volumes(): ApiObject[] {
    return [...this._volumes];
  }

  /**
   * Reserves the next free volumes for the claims of a workload: the first volume for the first claim of pod 0, and so on, one volume
   * each. Reserved volumes are bound to no other claim. Claim templates that name no class get that of the volumes, so that a default
   * StorageClass cannot take their claims away.
   *
   * @throws when there are more claims than free volumes, or a claim does not fit its volume in size, access mode, class or namespace
   */
  public reserveFor(owner: IClaimOwner, options: ReserveOptions = {}): void {
    const templates = options.templates;
    if (templates !== undefined && owner.claims.length > 0) {
      const known = [...new Set(owner.claims.flatMap((claim) => claim.templateName ?? []))];
      templates.forEach((template, index) => requireOneOf(
        { scope: this, property: `templates[${index}]` }, template, known, 'name claim templates of the workload',
      ));
    }
    this.reserveClaims(...owner.claims.filter((claim) => templates?.includes(claim.templateName ?? '') ?? true));
  }

  /**
   * Reserves the next free volumes for claims in the order given, e.g. of a workload that something else renders.
   *
   * @throws when there are more claims than free volumes, or a claim does not fit its volume in size, access mode, class or namespace
   */
  public reserveClaims(...claims: VolumeClaim[]): void {
    this._reservations.add(claims);
  }

  private _requireValid(props: NfsPersistentVolumesProps, accessModes: PersistentVolumeAccessMode[]): void {
    const scope = this;
    requireServer({ scope, property: 'server' }, props.server);
    if (props.paths.length === 0) {
      fail(this, { property: 'paths', rule: 'name at least one path', value: [], cure: 'name the folders that the server exports' });
    }
    props.paths.forEach((path, index) => requirePath({ scope, property: `paths[${index}]` }, path));
    requireUnique(this, (index) => `paths[${index}]`, props.paths, 'path');
    requireSize({ scope, property: 'capacity' }, props.capacity);
    requireAccessModes(this, 'accessModes', accessModes);
    accessModes.forEach((mode, index) => requireOneOf(
      { scope, property: `accessModes[${index}]` }, mode, [READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY], 'the nfs volume type knows no other',
    ));
    requireOneOf({ scope, property: 'reclaimPolicy' }, props.reclaimPolicy ?? PersistentVolumeReclaimPolicy.RETAIN,
      [PersistentVolumeReclaimPolicy.RETAIN], 'the nfs volume type cannot delete files; delete them on the server');
    props.mountOptions?.forEach((option, index) => requireText(
      { scope, property: `mountOptions[${index}]` }, option, 'write one option, as in "hard"',
    ));
    if (props.storageClassName) {
      requireDnsName({ scope, property: 'storageClassName' }, props.storageClassName);
    }
    for (const name of this.volumeNames) {
      requireDnsName({ scope, property: 'namePrefix' }, name);
      requireUniqueInApp(this, {
        property: 'namePrefix', value: name, what: 'a PersistentVolume name', scoped: 'cluster', cure: 'give each set its own prefix',
      });
    }
  }
}

/** What the names of the volumes begin with, as a label may have it. */
function labelValue(namePrefix: string): string {
  return namePrefix.slice(0, 63).replace(/[^a-z0-9]+$/, '') || 'nfs';
}
