import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { kibibytes, quantity } from '../../core/quantity';
import { registerInApp } from '../../core/registry';
import { requireDnsLabel, requireDnsName, requireSize } from '../../core/validation';
import { VolumeClaim } from '../volume-claim';

/** A volume that claims can be bound to. */
export interface ReservableVolume {
  readonly name: string;
  readonly capacity: Size;
  readonly accessModes: PersistentVolumeAccessMode[];
  /** The empty string stands for none. */
  readonly storageClassName: string;
}

/** Which of a set of volumes is kept for which claim. */
export class Reservations {
  private readonly _claims: VolumeClaim[] = [];

  /** @param _property the property of `_scope` that says how many volumes there are */
  public constructor(
    private readonly _scope: Construct, private readonly _property: string, private readonly _volumes: ReservableVolume[],
  ) {}

  /** Gives each claim the next free volume, in order. Returns the index of the first one. */
  public add(claims: VolumeClaim[]): number {
    this._requireRoomFor(claims);
    const first = this._claims.length;
    for (const claim of claims) {
      const volume = this._volumes[this._claims.length];
      this._requireFit(claim, volume);
      this._requireFirst(claim);
      this._claims.push(claim);
    }
    return first;
  }

  /**
   * The volume's `claimRef`; undefined for a volume that is free. Complete but for uid and resourceVersion, which are the cluster's: a
   * reference without a namespace never binds (https://github.com/kubernetes/kubernetes/issues/71843).
   */
  public claimRef(index: number): Record<string, unknown> | undefined {
    const claim = this._claims[index];
    return claim && { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: claim.name, namespace: claim.namespace };
  }

  /** Two volumes that are reserved for one claim: it would be bound to either. */
  private _requireFirst(claim: VolumeClaim): void {
    const { path } = this._scope.node;
    const inApp = registerInApp(this._scope, 'claim', claim.namespace ?? '', claim.name);
    const before = claim._reserve(path) ?? inApp;
    if (before !== undefined) {
      fail(this._scope, {
        property: `claim ${claim.name}`,
        rule: 'have one volume reserved for it',
        value: `${claim.namespace}/${claim.name}`,
        fix: `'${before}' has reserved one already; leave this one out`,
      });
    }
  }

  private _requireRoomFor(claims: VolumeClaim[]): void {
    const wanted = this._claims.length + claims.length;
    if (claims.length === 0) {
      fail(this._scope, {
        property: 'claims', rule: 'name at least one claim', value: [],
        fix: 'give what you reserve for a claim template and at least one replica',
      });
    }
    if (wanted > this._volumes.length) {
      fail(this._scope, {
        property: this._property,
        rule: `make a volume for each of the ${wanted} claims that are reserved`,
        value: this._volumes.length,
        fix: `add ${wanted - this._volumes.length} more, or reserve for fewer claims`,
      });
    }
  }

  private _requireFit(claim: VolumeClaim, volume: ReservableVolume): void {
    if (!claim.namespace) {
      this._misfit(claim, 'namespace', 'be known, since a claimRef without one never binds', claim.namespace,
        'set the namespace of the chart that renders the claim');
    }
    const origin = (property: string) => ({ scope: this._scope, property: `${property} of claim ${claim.name}` });
    requireDnsName(origin('name'), claim.name);
    requireDnsLabel(origin('namespace'), claim.namespace);
    requireSize(origin('size'), claim.size);
    if (kibibytes(claim.size) > kibibytes(volume.capacity)) {
      this._misfit(claim, 'size', `be at most the ${quantity(volume.capacity)} of volume ${volume.name}`, claim.size,
        'raise the capacity of the volumes or lower the size of the claim');
    }
    if (!claim.accessModes.every((mode) => volume.accessModes.includes(mode))) {
      this._misfit(claim, 'accessModes', `be among those of volume ${volume.name} (${volume.accessModes.join(', ')})`, claim.accessModes,
        'give volumes and claim the same access modes');
    }
    if (!claim._agreeOn(volume.storageClassName)) {
      this._misfit(claim, 'storageClassName', `be ${JSON.stringify(volume.storageClassName)} as that of volume ${volume.name}`,
        claim.storageClassName,
        'give volumes and claim the same class, or leave it out of the claim template; a claim of another class never binds to the volume');
    }
  }

  private _misfit(claim: VolumeClaim, property: string, rule: string, value: unknown, fix: string): never {
    fail(this._scope, { property: `${property} of claim ${claim.name}`, rule, value, fix });
  }
}
