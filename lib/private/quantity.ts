import { Size, SizeRoundingBehavior } from 'cdk8s';

const UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** The size as a Kubernetes quantity in the largest unit that keeps it whole: 1Gi, 512Mi, never 0.5Gi. */
export function quantity(size: Size): string {
  let amount = kibibytes(size);
  let unit = 0;
  while (amount > 0 && amount % 1024 === 0 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount}${UNITS[unit]}`;
}

/** The size in KiB, fractions of one dropped. */
export function kibibytes(size: Size): number {
  return Math.floor(size.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR }));
}

/** By shape, not by class: an application may have loaded cdk8s twice. */
export function isSize(value: unknown): value is Size {
  return typeof (value as Size | undefined)?.toKibibytes === 'function';
}
