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
      return `${what}: ${times.length} times, median ${seconds(this.median(what))}, at most ${seconds(this.most(what))}`;
    }).join('\n'));
  }

  /** Milliseconds. */
  public median(what: string): number {
    const sorted = [...this._times.get(what)!].sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  }

  /** Milliseconds. */
  public most(what: string): number {
    return Math.max(...this._times.get(what)!);
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
