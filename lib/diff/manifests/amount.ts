const QUANTITY = /^([+-]?[0-9.]+)([eE][+-]?[0-9]+)?(n|u|m|k|[MGTPE]|[KMGTPE]i)?$/;
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = 'KMGTPE';

/** A Kubernetes quantity as a number, so that 1Gi is 1024Mi; undefined for what is none. */
export function amount(quantity: unknown): number | undefined {
  const match = QUANTITY.exec(String(quantity));
  if (match === null) {
    return undefined;
  }
  const [, digits, exponent = '', unit = ''] = match;
  const number = Number(digits + exponent);
  return unit.endsWith('i') ? number * 1024 ** (BINARY.indexOf(unit[0]) + 1) : Number(`${number}e${DECIMAL[unit] ?? 0}`);
}
