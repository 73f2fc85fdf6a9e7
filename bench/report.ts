/** A limit that a figure must keep. */
export interface Bar {
  readonly what: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit: string;
}

/** Prints rows below a title, the first column to the left and the others to the right. */
export function printTable(title: string, header: string[], rows: string[][]): void {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const line = (row: string[]) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])));
  console.log(`\n${title}\n`);
  for (const row of [header, widths.map((width) => '-'.repeat(width)), ...rows]) {
    console.log(`  ${line(row).join('  ')}`);
  }
}

/** Prints each bar with its figure. False when one is missed. */
export function printBars(bars: Bar[]): boolean {
  const kept = (bar: Bar) => bar.figure <= bar.limit;
  printTable('Bars', ['bar', 'figure', 'at most', ''], bars.map((bar) => [
    bar.what, `${bar.figure.toFixed(Number.isInteger(bar.figure) ? 0 : 2)} ${bar.unit}`, `${bar.limit} ${bar.unit}`, kept(bar) ? 'ok' : 'MISSED',
  ]));
  return bars.every(kept);
}

/** Milliseconds with as many digits as mean something. */
export function milliseconds(value: number): string {
  return `${value.toFixed(Math.abs(value) < 10 ? 2 : 0)} ms`;
}
