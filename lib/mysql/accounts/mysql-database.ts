/** A database of the application. */
export interface MySqlDatabase {
  /** The name: at most 64 letters, digits, `_`, `-` and `$`. */
  readonly name: string;

  /**
   * The character set of tables that name none. A database that exists keeps its own.
   *
   * @default utf8mb4
   */
  readonly characterSet?: string;

  /**
   * The collation of tables that name none. A database that exists keeps its own.
   *
   * @default utf8mb4_0900_ai_ci
   */
  readonly collation?: string;
}
