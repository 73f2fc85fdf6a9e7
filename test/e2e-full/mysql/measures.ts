/** Seconds that something took, several times. */
export class Measures {
  private readonly _times = new Map<string, number[]>();

  /** Measures how long the body takes. */
  public async of(what: string, body: () => Promise<void>): Promise<void> {
    const start = Date.now();
    await body();
    this.add(what, Date.now() - start);
  }

  public add(what: string, milliseconds: number): void {
    this._times.set(what, [...this._times.get(what) ?? [], milliseconds]);
  }

  /** Shows how often each was measured, the median and the maximum. */
  public report(): void {
    console.log([...this._times].map(([what, times]) => {
      const sorted = [...times].sort((a, b) => a - b);
      const middle = (sorted.length - 1) / 2;
      const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
      return `${what}: ${times.length} times, median ${seconds(median)}, at most ${seconds(sorted.at(-1)!)}`;
    }).join('\n'));
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
