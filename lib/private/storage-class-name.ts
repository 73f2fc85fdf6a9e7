/**
 * The `storageClassName` of a claim template, which is open until somebody names it: the user, or the volumes that are reserved for
 * the claims. All claims of a template share one.
 */
export class StorageClassName {
  /** What the user says of claims that this library does not render: nothing can be added. */
  public static fixed(value?: string): StorageClassName {
    return new StorageClassName(value, false);
  }

  /** What the user says of a claim template; left out, it takes the class of the volumes that are reserved. */
  public static openUnlessNamed(value?: string): StorageClassName {
    return new StorageClassName(value, value === undefined);
  }

  private constructor(public value: string | undefined, private readonly open: boolean) {}

  /** Takes the class when there is none yet. False when there is another one, or one that cannot be known. */
  public agreeOn(value: string): boolean {
    if (this.open && this.value === undefined) {
      this.value = value;
    }
    return this.value === value;
  }
}
