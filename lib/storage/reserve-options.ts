/** Which of an owner's claims to reserve volumes for. */
export interface ReserveOptions {
  /**
   * The claim templates by name.
   *
   * @default - all
   */
  readonly templates?: string[];
}
