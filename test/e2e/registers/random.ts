/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  private _state: number;

  public constructor(seed: number) {
    this._state = seed >>> 0;
  }

  /** From `from` up to, and without, `to`. */
  public between(from: number, to: number): number {
    this._state = (this._state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this._state ^ this._state >>> 15, this._state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return from + ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32 * (to - from);
  }

  public pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.between(0, all.length))];
  }

  /** Some of them, in an order of its own, each at most once. */
  public some<T>(count: number, all: readonly T[]): T[] {
    const rest = [...all];
    return [...Array(Math.min(count, all.length)).keys()].map(() => rest.splice(Math.floor(this.between(0, rest.length)), 1)[0]);
  }
}
