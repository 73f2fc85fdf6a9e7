/**
 * What the claims of one template agree on with volumes: their `storageClassName`, which is open until it is set (by the user, or by
 * the volumes that are reserved), and which of them have a volume already.
 */
export class ClaimTerms {
  /** Returns the terms of claims that this library does not render: they stay as the user declares them. */
  public static fixed(storageClassName?: string): ClaimTerms {
    return new ClaimTerms(storageClassName, false);
  }

  /** Returns the terms of a claim template: an unset class becomes the class of the reserved volumes. */
  public static openUnlessNamed(storageClassName?: string): ClaimTerms {
    return new ClaimTerms(storageClassName, storageClassName === undefined);
  }

  private readonly _reservedBy = new Map<string, string>();

  private constructor(private _storageClassName: string | undefined, private readonly _open: boolean) {}

  /** The class; undefined while it is open. */
  public get storageClassName(): string | undefined {
    return this._storageClassName;
  }

  /** Takes the class when there is none yet. False when there is another one, or one that cannot be known. */
  public agreeOn(storageClassName: string): boolean {
    if (this._open && this._storageClassName === undefined) {
      this._storageClassName = storageClassName;
    }
    return this._storageClassName === storageClassName;
  }

  /** Notes who reserves a volume for a claim; who did so before. */
  public reserve(claim: string, path: string): string | undefined {
    const before = this._reservedBy.get(claim);
    this._reservedBy.set(claim, before ?? path);
    return before;
  }
}
