import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';

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

/** By shape, not by class, here and below: an application may have loaded a package twice. */
export function isSize(value: unknown): value is Size {
  return typeof (value as Size | undefined)?.toKibibytes === 'function';
}

/** The processor time as a Kubernetes quantity: 500m, 2. */
export function cpuQuantity(cpu: Cpu): string {
  return cpu.amount;
}

/** The processor time in thousandths of a core. */
export function millis(cpu: Cpu): number {
  return cpu.amount.endsWith('m') ? Number(cpu.amount.slice(0, -1)) : Number(cpu.amount) * 1000;
}

export function isCpu(value: unknown): value is Cpu {
  return typeof (value as Cpu | undefined)?.amount === 'string';
}
