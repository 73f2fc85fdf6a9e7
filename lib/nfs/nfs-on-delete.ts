/** How the CSI driver treats a folder when its volume is deleted. */
export enum NfsOnDelete {
  /** The folder and its files stay where they are. */
  RETAIN = 'retain',

  /** The folder is renamed to `archived-<name>`. */
  ARCHIVE = 'archive',

  /** The folder and its files are deleted. */
  DELETE = 'delete',
}
