/** A port on which the container listens. */
export interface WebPort {
  /** The port's number, from 1 to 65535. */
  readonly port: number;

  /**
   * The port's name: at most 15 lower-case letters, digits and hyphens, with at least one letter.
   *
   * @default web
   */
  readonly name?: string;
}
