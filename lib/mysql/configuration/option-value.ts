const PLAIN = /^[^#'"\\\s](?:[^#'"\\]*[^#'"\\\s])?$/;

/**
 * The value as my.cnf holds it: in quotes when mysqld would take a part of it for a comment, a quote or an escape.
 *
 * @see https://dev.mysql.com/doc/refman/9.7/en/option-files.html
 */
export function renderValue(value: string): string {
  return PLAIN.test(value) ? value : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
