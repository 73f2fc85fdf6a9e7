import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { ClaimTerms } from './claim-terms';
import { ClaimUse } from './claim-use';

/** The name and the requests of a claim. */
export interface VolumeClaimProps {
  /** The claim's `metadata.name`. */
  readonly name: string;

  /**
   * The claim's namespace.
   *
   * @default - not known; no volume can be reserved for such a claim, since a claimRef needs a namespace
   */
  readonly namespace?: string;

  /** How much storage it requests. */
  readonly size: Size;

  /**
   * How it asks to mount the volume.
   *
   * @default - ReadWriteOnce
   */
  readonly accessModes?: PersistentVolumeAccessMode[];

  /**
   * The claim's `storageClassName`; the empty string stands for a claim without a class.
   *
   * @default - the claim leaves it to the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * The kind of data on the volume.
   *
   * @default ClaimUse.FILES
   */
  readonly use?: ClaimUse;
}

/**
 * A PersistentVolumeClaim that volumes can be reserved for.
 *
 * Constructs of this library list their own as `claims`. Create one yourself for a claim that something else renders, e.g. a chart.
 */
export class VolumeClaim {
  /**
   * The claim that a StatefulSet makes from a template.
   *
   * @internal
   */
  public static _fromTemplate(props: VolumeClaimProps, templateName: string, terms: ClaimTerms): VolumeClaim {
    return new VolumeClaim(props)._bindTemplate(templateName, terms);
  }

  /**
   * A claim that this library renders, but for its class, which may be open.
   *
   * @internal
   */
  public static _withTerms(props: VolumeClaimProps, terms: ClaimTerms): VolumeClaim {
    return new VolumeClaim(props)._bindTemplate(undefined, terms);
  }

  /** The claim's `metadata.name`. */
  public readonly name: string;

  /** The claim's namespace; undefined when its chart names none. */
  public readonly namespace?: string;

  /** How much storage it requests. */
  public readonly size: Size;

  /** The kind of data on the volume. */
  public readonly use: ClaimUse;

  private readonly _accessModes: PersistentVolumeAccessMode[];
  private _templateName?: string;
  private _terms: ClaimTerms;

  /** A claim that something else renders. */
  public constructor(props: VolumeClaimProps) {
    this.name = props.name;
    this.namespace = props.namespace;
    this.size = props.size;
    this.use = props.use ?? ClaimUse.FILES;
    this._accessModes = [...props.accessModes ?? [PersistentVolumeAccessMode.READ_WRITE_ONCE]];
    this._terms = ClaimTerms.fixed(props.storageClassName);
  }

  /** How it asks to mount the volume. */
  public get accessModes(): PersistentVolumeAccessMode[] {
    return [...this._accessModes];
  }

  /** The claim's `storageClassName`: the empty string for none, undefined for the cluster's default class. */
  public get storageClassName(): string | undefined {
    return this._terms.storageClassName;
  }

  /** The name of the claim template that it comes from; undefined for a claim that something else renders. */
  public get templateName(): string | undefined {
    return this._templateName;
  }

  /**
   * Agrees on the class of the volume that is reserved for the claim. False when the claim names another one.
   *
   * @internal
   */
  public _agreeOn(storageClassName: string): boolean {
    return this._terms.agreeOn(storageClassName);
  }

  /**
   * Notes which construct reserves a volume for the claim; the path of the one that did so before.
   *
   * @internal
   */
  public _reserve(path: string): string | undefined {
    return this._terms.reserve(this.name, path);
  }

  private _bindTemplate(templateName: string | undefined, terms: ClaimTerms): VolumeClaim {
    this._templateName = templateName;
    this._terms = terms;
    return this;
  }
}
