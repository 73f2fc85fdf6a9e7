// https://dev.mysql.com/doc/refman/9.7/en/using-system-variables.html: a suffix of K, M, G, T, P or E
const BYTE_SIZE = /^(\d+)([KMGTPE]?)$/i;
const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** The bytes of a size as mysqld reads it; undefined when it is none. */
export function parseBytes(text: string): number | undefined {
  const [, digits, unit] = BYTE_SIZE.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * 1024 ** UNITS.indexOf(unit.toUpperCase());
}

/** The size in the largest unit up to G that keeps it whole. */
export function renderBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount > 0 && amount % 1024 === 0 && unit < UNITS.indexOf('G')) {
    amount /= 1024;
    unit++;
  }
  return `${amount}${UNITS[unit]}`;
}
