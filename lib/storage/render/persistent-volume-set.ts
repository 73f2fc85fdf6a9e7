import { ApiObject, Lazy, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { clusterScoped } from '../../core/cluster-scoped';
import { commonLabels, Labels } from '../../core/labels';
import { quantity } from '../../core/quantity';
import { requireUniqueInApp } from '../../core/registry';
import { requireDnsName, requireOneOf } from '../../core/validation';
import { warn } from '../../core/warnings';
import { IClaimOwner } from '../claim-owner';
import { ClaimUse } from '../claim-use';
import { PrunePolicy } from '../prune-policy';
import { ReserveOptions } from '../reserve-options';
import { VolumeClaim } from '../volume-claim';
import { dataAnnotations } from './data-guards';
import { Reservations } from './reservations';

const DIGITS = 3;
const WARNING = 'cdk8s-stateful.github.io/warning';

/** What all volumes of a set have in common, and what each has of its own. */
export interface PersistentVolumeSetConfig {
  readonly namePrefix: string;
  readonly capacity: Size;
  readonly accessModes: PersistentVolumeAccessMode[];
  readonly reclaimPolicy: PersistentVolumeReclaimPolicy;
  /** Undefined and the empty string stand for none. */
  readonly storageClassName?: string;
  readonly labels?: Labels;
  /** The annotations of the user. */
  readonly annotations?: Labels;
  /** The annotations that the type of volume needs. */
  readonly typeAnnotations?: Labels;
  readonly prune?: PrunePolicy;
  /** The property of the construct that says how many volumes there are. */
  readonly property: string;
  /** What the `spec` of each volume adds: its source, where it may be used. Gets the volume's name. */
  readonly specs: ((name: string) => Record<string, unknown>)[];
  /** Why no database should be here; undefined when one may. */
  readonly databaseWarning?: string;
}

/** PersistentVolumes of fixed names that are reserved for claims: what the constructs of volumes share. */
export class PersistentVolumeSet {
  public readonly names: string[];
  public readonly objects: ApiObject[];

  private readonly _reservations: Reservations;

  public constructor(private readonly _scope: Construct, private readonly _config: PersistentVolumeSetConfig) {
    const { namePrefix, capacity, accessModes, storageClassName } = _config;
    this.names = _config.specs.map((_, index) => `${namePrefix}${String(index).padStart(DIGITS, '0')}`);
    this._requireNames();
    const labels = commonLabels(_scope, { name: labelValue(namePrefix), component: 'storage', extra: _config.labels });
    const annotations = { ...dataAnnotations(_scope, _config), ..._config.typeAnnotations };
    this._reservations = new Reservations(_scope, _config.property, this.names.map((name) => ({
      name, accessModes, capacity, storageClassName: storageClassName ?? '',
    })));
    this.objects = _config.specs.map((spec, index) => clusterScoped(new ApiObject(_scope, this.names[index], {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: this.names[index], labels, annotations },
      spec: {
        accessModes,
        capacity: { storage: quantity(capacity) },
        claimRef: Lazy.any({ produce: () => this._reservations.claimRef(index) }),
        persistentVolumeReclaimPolicy: _config.reclaimPolicy,
        storageClassName: storageClassName || undefined,
        ...spec(this.names[index]),
      },
    })));
  }

  /** Reserves the next free volumes for the claims of an owner, or for those of some of its templates. */
  public reserveFor(owner: IClaimOwner, { templates }: ReserveOptions): void {
    if (templates !== undefined && owner.claims.length > 0) {
      const known = [...new Set(owner.claims.flatMap((claim) => claim.templateName ?? []))];
      templates.forEach((template, index) => requireOneOf(
        { scope: this._scope, property: `templates[${index}]` }, template, known, 'name claim templates of the workload',
      ));
    }
    this.reserve(owner.claims.filter((claim) => templates?.includes(claim.templateName ?? '') ?? true));
  }

  /** Reserves the next free volumes for claims, in order. */
  public reserve(claims: VolumeClaim[]): void {
    const first = this._reservations.add(claims);
    claims.forEach((claim, index) => {
      if (claim.use === ClaimUse.DATABASE && this._config.databaseWarning !== undefined) {
        this.objects[first + index].metadata.addAnnotation(WARNING, this._config.databaseWarning);
        warn(this._scope, `claim ${claim.name} holds a database: ${this._config.databaseWarning}`);
      }
    });
  }

  private _requireNames(): void {
    for (const name of this.names) {
      requireDnsName({ scope: this._scope, property: 'namePrefix' }, name);
      requireUniqueInApp(this._scope, {
        property: 'namePrefix', value: name, what: 'a PersistentVolume name', scoped: 'cluster', fix: 'give each set its own prefix',
      });
    }
  }
}

/** What the names of the volumes begin with, as a label may have it. */
function labelValue(namePrefix: string): string {
  return namePrefix.slice(0, 63).replace(/[^a-z0-9]+$/, '') || 'volumes';
}
