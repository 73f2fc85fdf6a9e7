import { at, fieldsAt, Manifest, namespaceOf } from '../../manifests/manifest';

/** What a StatefulSet's claims are called and what becomes of them. */
export class Claims {
  /** The names of the claim templates. */
  public readonly templates: string[];

  public constructor(private readonly _statefulSet: Manifest) {
    const templates = at(_statefulSet, 'spec.volumeClaimTemplates');
    this.templates = Array.isArray(templates) ? templates.map((template) => String(at(template, 'metadata.name'))) : [];
  }

  /** The first ordinal. */
  public get first(): number {
    return Number(at(this._statefulSet, 'spec.ordinals.start') ?? 0);
  }

  /** The ordinal after the last one. Without `replicas` there is one pod. */
  public get end(): number {
    return this.first + Number(at(this._statefulSet, 'spec.replicas') ?? 1);
  }

  /** `web-0 and web-1`. */
  public get podNames(): string {
    return range(`${this._statefulSet.metadata.name}-`, this.first, this._knownEnd);
  }

  /** The domain below which pods have their names. */
  public get domain(): string {
    const namespace = namespaceOf(this._statefulSet);
    return `${String(at(this._statefulSet, 'spec.serviceName'))}${namespace && `.${namespace}`}`;
  }

  /** Something else scales what names no replicas: how many pods there are is not known then. */
  private get _knownEnd(): number {
    return at(this._statefulSet, 'spec.replicas') === undefined ? this.first : this.end;
  }

  /** `whenDeleted` or `whenScaled` of the retention policy. */
  public deletes(when: 'whenDeleted' | 'whenScaled'): boolean {
    return fieldsAt(this._statefulSet, 'spec.persistentVolumeClaimRetentionPolicy')[when] === 'Delete';
  }

  /** `www-web-0 and www-web-1`, `www-web-0 to www-web-4`. */
  public names(templates = this.templates): string {
    return this._names(templates, this.first, this._knownEnd);
  }

  /** The names of the claims whose pods another state of the StatefulSet lacks; empty if there are none. */
  public namesNotIn(other: Claims): string {
    const segments = [[this.first, Math.min(this.end, other.first)], [Math.max(this.first, other.end), this.end]];
    return segments.filter(([first, end]) => first < end).map(([first, end]) => this._names(this.templates, first, end)).join(', ');
  }

  private _names(templates: string[], first: number, end: number): string {
    return templates.map((template) => range(`${template}-${this._statefulSet.metadata.name}-`, first, end)).join(', ');
  }
}

function range(prefix: string, first: number, end: number): string {
  switch (end - first) {
    case 0: return `${prefix}*`;
    case 1: return `${prefix}${first}`;
    case 2: return `${prefix}${first} and ${prefix}${end - 1}`;
    default: return `${prefix}${first} to ${prefix}${end - 1}`;
  }
}
